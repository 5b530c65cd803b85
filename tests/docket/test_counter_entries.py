"""Counter-entries: what can be taken back, by whom, and that both entries stay."""

from datetime import date

import pytest

from spotcheck.docket import entries, register
from spotcheck.docket.consequences import FOLLOWS
from spotcheck.docket.counter_entries import take_back
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Entry, Message
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sessions import hold, session
from spotcheck.parties.actors import Actor, of_office
from spotcheck.parties.models import Office
from spotcheck.rules.sd_2021_1.letters import LETTERS
from tests.story import Story
from tests.worlds import played

pytestmark = pytest.mark.django_db

DAY = date(2025, 3, 3)
WHY = "检验人员因病住院，样品完好退回样品库"


@played
def story():
    """A unit that was issued, and whose test has not begun."""
    told = Story({"stage": "drawn", "day": DAY})
    for act in ("present_notice", "pass_precheck", "complete_sampling"):
        told.do(f"sampling.{act}", DAY)
    told.do("sample.dispatch", DAY, unit="T")
    told.do("sample.receive", DAY, unit="T")
    for act in ("receive_sample", "clear_qualification"):
        told.do(f"inspection.{act}", DAY)
    told.do("sample.issue", DAY, unit="T")
    return told


def last(act):
    return Entry.objects.filter(act=act).latest("sequence")


def back(story, entry, *, by=None, reason=WHY):
    with story.day(DAY):
        return take_back(entry, by=by or of_office(entry.office), reason=reason)


def refused(story, entry, **how):
    before = Entry.objects.count()
    with pytest.raises(ActNotPermitted) as refusal:
        back(story, entry, **how)
    assert Entry.objects.count() == before
    return [reason.guard for reason in refusal.value.reasons]


def test_art27_an_issue_is_taken_back_and_everything_is_as_it_was(story):
    dossier, issued = story.dossier(), last("sample.issue")
    counter = back(story, issued)
    unit = MATTERS["sample"].objects.get(label="T")
    assert (unit.state, unit.inspector, register.state(dossier, "sample", "T")) == ("in_custody", "", "in_custody")
    assert (counter.from_state, counter.to_state) == ("issued", "in_custody")
    assert counter.facts == {"entry": issued.sequence, "act": "sample.issue", "reason": WHY}
    assert {10, 27} <= set(counter.articles)
    assert Entry.objects.filter(pk=issued.pk, hash=issued.hash).exists()
    assert list(entries.verify(story.dossier())) == []
    assert list(checking.check()) == []
    assert not Message.objects.filter(entry=counter).exists()


def test_it_can_be_issued_and_taken_back_again(story):
    back(story, last("sample.issue"))
    story.do("sample.issue", DAY, unit="T", with_={"inspector": "赵敏"})
    back(story, last("sample.issue"))
    story.do("sample.issue", DAY, unit="T")
    story.do("inspection.start_testing", DAY)
    assert list(checking.check()) == []


def test_only_the_newest_act_on_which_nothing_rests_is_taken_back(story):
    issued = last("sample.issue")
    for act in ("sample.receive", "sample.dispatch", "sampling.complete_sampling"):
        assert refused(story, Entry.objects.filter(act=act).latest("sequence")) == ["can_be_taken_back"]
    story.do("inspection.start_testing", DAY)
    assert refused(story, issued) == ["can_be_taken_back"]


def test_what_was_taken_back_is_not_taken_back_twice(story):
    issued = last("sample.issue")
    counter = back(story, issued)
    assert refused(story, issued) == refused(story, counter) == ["can_be_taken_back"]


def test_only_the_office_that_entered_it_takes_it_back_and_says_why(story):
    issued = last("sample.issue")
    for stranger in (Actor(), of_office(Office.objects.get(code="370000"))):
        assert refused(story, issued, by=stranger) == ["by_whom"]
    assert refused(story, issued, reason="  ") == ["taking_back_reasoned"]


def test_the_invariant_sees_a_counter_entry_that_goes_elsewhere(story):
    issued = last("sample.issue")
    with story.day(DAY):
        unit = MATTERS["sample"].objects.get(label="T")
        type(unit).objects.filter(pk=unit.pk).update(state="sealed")
        register.write(MATTERS["sample"].objects.get(pk=unit.pk), DAY)
    entries_of = {"entry": issued.sequence, "act": "sample.issue", "reason": WHY}
    with story.day(DAY), session():
        sides = {"chart": "sample", "label": "T", "from_state": "issued", "to_state": "sealed"}
        dossier = hold(issued.dossier_id)
        entries.append(
            dossier, act="docket.counter_entry", by=of_office(issued.office), on=DAY, facts=entries_of, **sides
        )
    assert any("no chart allows issued -> sealed" in str(fault) for fault in checking.check())


@pytest.mark.parametrize(
    "spec", [s for model in MATTERS.values() for s in model.specs() if s.takes_back is not None], ids=lambda s: s.name
)
def test_what_can_be_taken_back_has_changed_nothing_but_its_matter(spec):
    assert not any((*spec.opens, *spec.closes, *spec.forms, spec.dates, spec.creates))
    # a link of custody is not taken back: the unit goes back by another one, which follows the counter-entry
    assert {handler.__module__ for handler in FOLLOWS.get(spec.name, ())} <= {"spotcheck.sampling.custody_links"}
    assert not spec.words.told
    assert not any(spec.name in letter.issued_by for letter in LETTERS.values())
    fields = MATTERS[spec.name.partition(".")[0]]._meta
    assert all(fields.get_field(name).has_default() or fields.get_field(name).blank for name in spec.takes_back)
