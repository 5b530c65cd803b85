"""What a sample is of stands in its file; the dossier says the same for one release, whichever version has written."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from spotcheck.docket import clock
from spotcheck.docket.acts import perform
from spotcheck.docket.models import Dossier, Party
from spotcheck.parties.models import Enterprise
from spotcheck.planning.operations import PartySpec, TargetSpec, open_sample
from spotcheck.sampling import consequences
from spotcheck.sampling.models import SampleFile
from tests.sampling.agreeing import differing
from tests.story import Story

DAY = date(2025, 3, 3)


def with_its_batch(story: Story, act: str) -> None:
    """Do an act that states what the label says."""
    with story.day(DAY):
        line, matter, by = story.prepare(act)
        facts = story.facts(line, DAY) | {"batch": "20250117"}
        perform(getattr(matter, line.spec.method), by=by, on=DAY, facts=facts)


def written_by_the_version_before() -> None:
    """Let what the version before has written be copied now, as at its commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS sampling_file_in_step IMMEDIATE")
        cursor.execute("SET CONSTRAINTS sampling_file_in_step DEFERRED")


@pytest.mark.parametrize("channel", ["on_site", "online"])
@pytest.mark.usefixtures("db")
def test_a_drawn_sample_has_a_file_with_its_first_act(channel):
    story = Story({"stage": "drawn", "day": date(2025, 2, 24), "channel": channel, "product": "电缆"})
    with story.day(DAY):
        assert differing() == []
        assert SampleFile.objects.get().product_kind == "电缆"
        assert SampleFile.objects.get().producer == Party.objects.get().enterprise


@pytest.mark.usefixtures("db")
def test_a_sample_handed_over_has_a_file_before_its_conclusion_comes():
    story = Story({"stage": "handed_over", "origin": "national", "day": DAY, "product": "玩具"})
    with story.day(DAY):
        assert SampleFile.objects.get(dossier__number="D1").product_name == "玩具"
        assert differing() == []
        assert not story.dossier().entries.exists()


@pytest.mark.usefixtures("db")
def test_art15_the_nominal_producer_is_the_producer_of_both():
    maker = Enterprise.objects.create(name="甲厂", credit_code="91370303MA3C0A0K8Q", actual_place="370303")
    story = Story({"stage": "drawn", "day": date(2025, 2, 24)})
    story.do("sampling.present_notice", DAY, by="sampler")
    facts = {"commissioned": True, "contract": True, "nominal_recorded": False, "nominal_producer": maker.credit_code}
    with story.day(DAY):
        line, visit, sampler = story.prepare("sampling.pass_precheck", by="sampler")
        perform(visit.pass_precheck, by=sampler, on=DAY, facts=story.facts(line, DAY) | facts)
    assert SampleFile.objects.get().producer == maker
    assert differing() == []


@pytest.mark.usefixtures("db")
def test_what_the_version_before_opens_and_changes_is_copied_at_its_commit():
    firm = Enterprise.objects.create(name="乙厂", credit_code="91370303MA3C0A0K8Q", actual_place="370303")
    party = PartySpec("P", Party.Role.SAMPLED_PRODUCER, firm.pk, "370303", "370303")
    spec = TargetSpec("D1", "电线电缆", "软线", "A", [party], brand="泰山", standard="GB/T 5023")
    with clock.simulated(DAY):
        dossier = open_sample(spec, on=DAY, task=None)  # and nothing more, as the version before does
    assert differing() == ["D1"]
    written_by_the_version_before()
    assert differing() == []
    other = Enterprise.objects.create(name="丙厂", credit_code="91370303MA3C0A0L6X", actual_place="370303")
    Dossier.objects.filter(pk=dossier.pk).update(producer=other)
    assert differing() == ["D1"]
    written_by_the_version_before()
    assert differing() == []
    assert SampleFile.objects.get().producer == other


@pytest.mark.usefixtures("db")
def test_files_of_plans_and_tasks_are_of_no_sample():
    Story({"stage": "drawn", "day": date(2025, 2, 24)})
    Dossier.objects.create(kind=Dossier.Kind.PLAN, number="JH2031", opened_on=DAY)
    written_by_the_version_before()
    assert not SampleFile.objects.exclude(dossier__kind=Dossier.Kind.SAMPLE).exists()


@pytest.mark.parametrize(
    ("given", "act"),
    [
        ({"stage": "drawn", "day": date(2025, 2, 24)}, "sampling.complete_sampling"),
        ({"stage": "drawn", "day": date(2025, 2, 24), "channel": "online"}, "purchase.seal_and_notify"),
        ({"stage": "handed_over", "origin": "national", "day": DAY}, "conclusion.import_external"),
    ],
)
@pytest.mark.usefixtures("db")
def test_art17_the_batch_on_the_label_is_that_of_the_sample_from_the_act_that_states_it(given, act):
    story = Story(given)
    before = {
        "sampling.complete_sampling": ("sampling.present_notice", "sampling.pass_precheck"),
        "purchase.seal_and_notify": ("purchase.place_order", "purchase.receive_parcel", "purchase.unseal_and_check"),
    }
    for step in before.get(act, ()):
        story.do(step, DAY)
    with story.day(DAY):
        assert SampleFile.objects.get().batch == ""
    with_its_batch(story, act)
    assert SampleFile.objects.get().batch == story.dossier().batch == "20250117"
    assert differing() == []


@pytest.mark.usefixtures("db")
def test_a_sample_taken_before_batches_were_kept_gets_the_one_that_its_act_states(monkeypatch):
    monkeypatch.setattr(consequences, "record_batch", lambda *_: None)  # as the version before did
    story = Story({"stage": "drawn", "day": date(2025, 2, 24)})
    for step in ("sampling.present_notice", "sampling.pass_precheck"):
        story.do(step, DAY)
    with_its_batch(story, "sampling.complete_sampling")
    assert SampleFile.objects.get().batch == ""
    with connection.cursor() as cursor:
        for statement in import_module("spotcheck.sampling.migrations.0011_batches_are_on_record").WRITE:
            cursor.execute(statement)
    assert SampleFile.objects.get().batch == story.dossier().batch == "20250117"
