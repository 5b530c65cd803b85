"""Written conclusions on an objection: filed by both writers, and what the province decides rests on them (36, 38)."""

from datetime import date

import pytest

from spotcheck.casework.doing import Done, do
from spotcheck.casework.worklist import worklist_of
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Message
from spotcheck.objections.models import Verification
from spotcheck.rules.refused import Refused
from tests.desk import world as cast
from tests.worlds import played

pytestmark = pytest.mark.django_db

SAMPLED, REPORTED, TOLD, FILED = date(2025, 3, 3), date(2025, 3, 10), date(2025, 3, 11), date(2025, 3, 17)
REASONS = "复核了原始记录和仪器校准记录，测量过程符合标准，测量不确定度远小于超差，原结论成立"


@played
def disputed():
    """A reported sample whose task keeps a full record, with an objection that is being verified."""
    world = cast.build()
    dossier = world.reported("JC2025009-01", SAMPLED, REPORTED)
    world.told(dossier, "P", TOLD, TOLD)
    party = dossier.parties.get()
    world.act(MATTERS["objection"].new(dossier, party).file, by="enterprise", on=FILED)
    world.act(world.matter(dossier, "objection").start_verification, by="province", on=FILED)
    MATTERS["task"].objects.filter(dossier=dossier.parent).update(full_record=True)
    return world, dossier


@pytest.fixture
def file(disputed):
    world, dossier = disputed

    def filed(by, method="file_verification", **facts):
        with clock.simulated(FILED):
            matter = world.matter(dossier, "objection")
            return do(world.actor(by), matter, method, on=FILED, facts=facts, post=world.posts[by], proved=True)

    return filed


def guards(answer):
    assert isinstance(answer, Refused), answer
    return [reason.guard for reason in answer.reasons]


GOOD = {"position": "upholds", "reasons": REASONS, "document": "检验机构核实报告 2025-7"}


def test_art36_each_writer_files_with_reasons_and_the_province_is_told(file, disputed):
    short = "数据没有问题，结论成立"
    assert guards(file("lab", **GOOD | {"reasons": short})) == ["verification_reasoned"]
    assert guards(file("lab", position="upholds", reasons=REASONS)) == ["handed_in"]
    assert "by_whom" in guards(file("province", **GOOD))
    done = file("lab", **GOOD)
    assert isinstance(done, Done)
    assert (done.entry.act, done.entry.from_state, done.entry.to_state) == (
        "verification.file",
        "verifying",
        "verifying",
    )
    row = Verification.objects.get()
    assert (row.writer, row.position, row.reasons, row.post) == ("lab", "upholds", REASONS, disputed[0].posts["lab"])
    told = Message.objects.filter(entry=done.entry).values_list("office__code", flat=True)
    assert list(told) == ["370000"]


def test_art36_the_province_decides_on_what_is_filed_and_ticks_nothing(file):
    claimed = {"written_conclusions": ["sampling_body", "lab"], "reason": "unfounded", "verdicts": "support"}
    refused = file("province", "maintain", **claimed)
    assert guards(refused) == ["written_conclusions", "decision_reasoned"]
    assert "检验机构" in refused.reasons[0].says.zh
    file("lab", **GOOD)
    assert "written_conclusions" in guards(file("province", "revoke", reason="sampling_process"))
    file("sampler", **GOOD | {"document": "抽样机构核实报告 2025-3"})
    done = file("province", "maintain", reason="unfounded")
    assert isinstance(done, Done)
    assert sorted(done.entry.facts["written_conclusions"]) == ["lab", "sampling_body"]
    assert done.entry.facts["verdicts"] == "support"


def test_art36_a_writer_who_doubts_forbids_to_maintain_and_the_newest_filing_counts(file):
    file("lab", **GOOD | {"position": "doubts"})
    file("sampler", **GOOD)
    assert guards(file("province", "maintain", reason="unfounded")) == ["decision_reasoned"]
    assert guards(file("province", "maintain", reason="unfounded", verdicts="support")) == ["decision_reasoned"]
    file("lab", **GOOD)
    assert isinstance(file("province", "maintain", reason="unfounded"), Done)


def test_art38_a_revocation_and_a_retest_rest_on_both_too(file):
    file("lab", **GOOD | {"position": "doubts"})
    file("sampler", **GOOD | {"position": "cannot_tell"})
    how = {"reproducible": True, "lab": "retest_lab", "retest_lab": "LAB02"}
    assert isinstance(file("province", "order_retest", **how), Done)


def test_art36_each_writer_has_it_on_its_list_until_it_has_filed(file, disputed):
    """The province has the decisions on its own list, and no conclusion to write."""
    world, dossier = disputed

    def on_the_list(who):
        duties = worklist_of(world.actor(who), today=FILED).duties
        lines = [one for one in duties if one.track is not None and one.track.chart == "objection"]
        assert {one.dossier.pk for one in lines} <= {dossier.pk}
        return [act.name for one in lines for act in one.duty.acts]

    assert (on_the_list("lab"), on_the_list("sampler")) == (["verification.file"], ["verification.file"])
    assert "verification.file" not in on_the_list("province")
    assert "objection.maintain" in on_the_list("province")
    assert isinstance(file("lab", **GOOD), Done)
    assert (on_the_list("lab"), on_the_list("sampler")) == ([], ["verification.file"])
