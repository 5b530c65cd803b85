"""Films show that something was filmed, and the retest rests on an unbroken custody of the reserve unit (26, 39, 41)."""

from datetime import date

import pytest

from spotcheck.casework.doing import Done, do
from spotcheck.docket import clock
from spotcheck.docket.flow import MATTERS
from spotcheck.rules.refused import Refused
from spotcheck.sampling import custody
from spotcheck.sampling.models import Film
from tests.desk import world as cast
from tests.worlds import played

pytestmark = pytest.mark.django_db

SAMPLED, REPORTED, TOLD, FILED, DECIDED = (date(2025, 3, day) for day in (3, 10, 11, 17, 20))
HASH = "0f" * 32
FILM = {
    "film_sha256": HASH,
    "film_size": 734003200,
    "film_kept_by": "山东省产品抽样技术中心 档案室",
    "film_began": "2025-03-20T09:00",
    "film_ended": "2025-03-20T09:25",
}


@played
def commissioned():
    """A retest that was commissioned; from then on the task keeps a full record."""
    world = cast.build()
    dossier = world.reported("JC2025010-01", SAMPLED, REPORTED)
    world.told(dossier, "P", TOLD, TOLD)
    world.act(MATTERS["objection"].new(dossier, dossier.parties.get()).file, by="enterprise", on=FILED)
    for method in ("start_verification", "order_retest"):
        world.act(getattr(world.matter(dossier, "objection"), method), by="province", on=FILED)
    world.act(world.matter(dossier, "objection").record_decision_receipt, by="province", on=FILED)
    world.act(world.matter(dossier, "retest").complete_formalities, by="enterprise", on=FILED)
    world.act(world.matter(dossier, "retest").commission, by="province", on=FILED)
    MATTERS["task"].objects.filter(dossier=dossier.parent).update(full_record=True)
    return world, dossier


@pytest.fixture
def act(commissioned):
    world, dossier = commissioned

    def done(by, chart, method, label=None, **facts):
        with clock.simulated(DECIDED):
            matter = world.matter(dossier, chart, label)
            return do(world.actor(by), matter, method, on=DECIDED, facts=facts, post=world.posts[by], proved=True)

    return done


def guards(answer):
    assert isinstance(answer, Refused), answer
    return [reason.guard for reason in answer.reasons]


@pytest.mark.parametrize(
    "claimed",
    [
        {},
        {"filmed": True},
        {"film_sha256": HASH},
        {"film_sha256": "0f", "film_kept_by": "档案室"},
        FILM | {"filmed": False},
    ],
)
def test_art39_a_tick_is_no_film(act, claimed):
    assert guards(act("retest_lab", "retest", "hand_over_sample", **claimed)) == ["filmed"]
    assert not Film.objects.exists()


def test_art39_the_hand_over_keeps_its_film_and_its_link(act, commissioned):
    seal = {"seal_state": "intact", "giver": "张伟", "receiver": "刘洋"}
    done = act("retest_lab", "retest", "hand_over_sample", **FILM, **seal)
    assert isinstance(done, Done)
    assert done.entry.facts["filmed"] is True
    film = Film.objects.get()
    assert (film.unit.label, film.sha256, film.kept_by) == ("R", HASH, "山东省产品抽样技术中心 档案室")
    assert film.started_at.astimezone(clock.SHANDONG).hour == 9
    last = custody.links_of(commissioned[1], "R")[-1]
    assert (last.kind, last.giver_name, last.receiver_name) == ("released", "张伟", "刘洋")
    assert last.receiver_office == commissioned[0].offices["retest_lab"]


def test_art41_no_retest_report_rests_on_a_broken_custody(act, commissioned):
    act("retest_lab", "retest", "hand_over_sample", **FILM, seal_state="intact")
    assert isinstance(act("retest_lab", "retest", "start", lab="retest_lab"), Done)
    report = {"items": [{"name": "20℃导体电阻", "result": "pass"}], "no_file_reason": "复检报告另行邮寄"}
    assert guards(act("retest_lab", "retest", "report", **report)) == ["custody_unbroken"]
    gaps = custody.open_faults(custody.links_of(commissioned[1], "R"))
    assert [gap.key for gap in gaps] == ["no_seal.1"]
    for gap in gaps:
        act("province", "sample", "accept_gap", "R", fault=gap.key, reason="抽样单原件载有封条编号，经核对一致")
    assert isinstance(act("retest_lab", "retest", "report", **report), Done)
