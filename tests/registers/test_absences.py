"""Absences and deputies: who stands in, never two at a time, nothing in the past."""

from datetime import date

import pytest

from spotcheck.docket import clock
from spotcheck.docket.invariants import checking
from spotcheck.docket.models import Record
from spotcheck.parties.models import Absence, Post, User
from spotcheck.registers import absences
from spotcheck.registers.refusals import NotDone
from tests.registers.conftest import DAY


def away(people, who="wang", deputy="zhao", first=3, last=7, by="li", reason="培训"):
    return absences.record(
        people.posts[who],
        first_day=date(2025, 3, first),
        last_day=date(2025, 3, last),
        deputy=people.posts[deputy],
        reason=reason,
        by=people.by(by),
    )


def refused(names, doing, *given, **more):
    before = (Record.objects.count(), Absence.objects.count())
    with pytest.raises(NotDone) as found:
        doing(*given, **more)
    assert set(found.value.names) == set(names)
    assert (Record.objects.count(), Absence.objects.count()) == before


@pytest.mark.parametrize("by", ["li", "ji", "jia", "wang"])
def test_whoever_manages_and_the_person_record_it(people, by):
    absence = away(people, by=by)
    line = Record.objects.get()
    assert (line.kind, line.user.username, line.subject_id) == ("people.absence", by, str(absence.post.user_id))
    assert list(absences.stood_in_for(people.posts["zhao"], date(2025, 3, 7))) == [absence]
    assert list(absences.stood_in_for(people.posts["zhao"], date(2025, 3, 8))) == []
    assert list(checking.check(["I16"])) == []


REFUSED = {
    "by a colleague": ({"by": "zhao"}, {"manages"}),
    "by another city": ({"by": "qing"}, {"manages"}),
    "for no reason": ({"reason": " "}, {"missing"}),
    "from yesterday": ({"first": 2}, {"not_backdated"}),
    "the wrong way round": ({"first": 8, "last": 7}, {"span"}),
    "by oneself": ({"deputy": "wang"}, {"deputy_fits"}),
    "by somebody of another office": ({"deputy": "zhou"}, {"deputy_fits"}),
    "by somebody in another role": ({"deputy": "li"}, {"deputy_fits"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(people, what):
    given, names = REFUSED[what]
    refused(names, away, people, **given)


def test_nobody_is_away_twice_nor_while_standing_in_nor_stood_in_for_by_somebody_away(people):
    away(people, first=3, last=7)
    refused({"absent_once"}, away, people, first=7, last=9, deputy="sun")
    refused({"stands_in"}, away, people, "zhao", "sun", first=5, last=5)
    refused({"deputy_present"}, away, people, "sun", "wang", first=5, last=9)
    assert away(people, first=8, last=9)
    assert away(people, "sun", "zhao", first=3, last=9)


def test_a_deputy_is_there_on_all_days(people):
    Post.objects.filter(pk=people.posts["zhao"].pk).update(until=date(2025, 3, 6))
    refused({"deputy_present"}, away, people)
    User.objects.filter(username="sun").update(is_active=False)
    refused({"deputy_present"}, away, people, deputy="sun")


def test_an_absence_ends_early_or_is_forgotten_before_it_begins(people):
    now, later = away(people), away(people, first=20, last=21)
    refused({"not_backdated"}, absences.end_early, now, last_day=date(2025, 3, 1), by=people.by("li"))
    refused({"has_ended"}, absences.end_early, now, last_day=date(2025, 3, 7), by=people.by("li"))
    refused({"manages"}, absences.end_early, now, last_day=DAY, by=people.by("zhao"))
    assert absences.end_early(now, last_day=DAY, by=people.by("wang")).last_day == DAY
    assert absences.end_early(later, last_day=DAY, by=people.by("li")) is None
    refused({"has_ended"}, absences.end_early, later, last_day=DAY, by=people.by("li"))
    kinds = list(Record.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["people.absence"] * 2 + ["people.absence_end"] * 2


def test_standing_deputies_are_proposed_first(people):
    wang, sun = people.posts["wang"], people.posts["sun"]
    names = lambda: [post.user.username for post in absences.colleagues(wang, DAY)]  # noqa: E731
    assert names() == ["zhao", "sun"]
    pair = absences.name_deputy(sun, wang, by=people.by("li"))
    assert names() == ["sun", "zhao"]
    refused({"once"}, absences.name_deputy, wang, sun, by=people.by("li"))
    refused({"deputy_fits"}, absences.name_deputy, wang, people.posts["zhou"], by=people.by("jia"))
    refused({"manages"}, absences.name_deputy, wang, people.posts["zhao"], by=people.by("wang"))
    with clock.simulated(date(2025, 4, 1)):
        absences.end_deputyship(pair, by=people.by("li"))
    refused({"has_ended"}, absences.end_deputyship, pair, by=people.by("li"))
    assert names() == ["zhao", "sun"]
