"""Rules and holidays of the whole site take two people who keep the master data of the province."""

from datetime import date
from typing import Any

import pytest

from spotcheck.docket import calendar_notices, calendars, clock, rule_sets
from spotcheck.docket.models import CalendarNotice, Record, RuleSetRecord
from spotcheck.docket.rule_sets import Document
from spotcheck.network import counting
from spotcheck.registers import proposals, site_rules
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import Proposal
from spotcheck.registers.refusals import NotDone
from spotcheck.rules.refused import Refused
from tests.docket.test_calendar_notices import NOTICE
from tests.registers.conftest import DAY, People

MACHINE = Doer(account="root@here")


def document(number: str = "鲁市监质监字〔2025〕1号", **other: Any) -> Document:
    said = {"issued_on": DAY, "valid_from": date(2026, 5, 3), "valid_until": date(2027, 5, 2)} | other
    return Document(number=number, **said)


def continued(by: Doer, number: str = "鲁市监质监字〔2025〕1号") -> Proposal:
    return site_rules.propose_document("continue", "SD-2021-1", document(number), by=by)


def refused(names: set[str], what: Any, *given: Any, **named: Any) -> None:
    with pytest.raises(NotDone) as told:
        what(*given, **named)
    assert set(told.value.names) == names


def test_a_notice_is_in_force_once_another_person_confirms_it(
    people: People, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    woken = []
    monkeypatch.setattr(counting, "wake", lambda task, *_: woken.append(task.name))
    proposal = site_rules.propose_notice(NOTICE, by=people.by("jia"), reason="国务院办公厅通知")
    assert not CalendarNotice.objects.exists()
    assert proposals.open_for(people.by("yi")).get() == proposal
    with django_capture_on_commit_callbacks(execute=True):
        proposals.confirm(proposal, by=people.by("yi"))
    row = CalendarNotice.objects.get()
    assert (row.proposed_by, row.confirmed_by) == ("jia 某 (jia)", "yi 某 (yi)")
    assert calendars.current().announced_years[-1] == 2027
    assert woken == ["spotcheck.docket.tasks.watch_calendar"]
    lines = Record.objects.filter(kind__startswith="settings.").order_by("pk")
    assert [(line.kind, line.user.username, line.subject_id) for line in lines] == [
        ("settings.propose", "jia", "notice"),
        ("settings.confirm", "yi", "notice"),
    ]
    assert lines[1].second_user.username == "jia"
    assert all("text" not in line.after and line.after["year"] == 2027 for line in lines)


def test_a_document_is_recorded_for_good_under_both_names(people: People) -> None:
    proposal = continued(people.by("jia"))
    with clock.simulated(date(2026, 5, 4)):
        assert rule_sets.governing(clock.today()) is None
    proposals.confirm(proposal, by=people.by("yi"))
    record = RuleSetRecord.objects.get()
    assert (record.recorded_by, record.document) == ("jia 某 (jia)、yi 某 (yi)", "鲁市监质监字〔2025〕1号")
    assert rule_sets.governing(date(2026, 5, 4)) == "SD-2021-1"
    refused({"undecided"}, proposals.confirm, proposal, by=people.by("yi"))


def test_one_person_is_never_two(people: People) -> None:
    proposal = continued(people.by("jia"))
    refused({"another_person"}, proposals.confirm, proposal, by=people.by("jia"))
    of_machine = continued(MACHINE, "鲁市监质监字〔2025〕2号")
    refused({"another_person"}, proposals.confirm, of_machine, by=Doer(account="other@here"))
    proposals.confirm(of_machine, by=people.by("jia"))
    proposals.confirm(proposal, by=MACHINE)
    assert {row.recorded_by for row in RuleSetRecord.objects.all()} == {
        "root@here、jia 某 (jia)",
        "jia 某 (jia)、root@here",
    }


@pytest.mark.parametrize("who", ["shen", "yun", "zhou", "ji", "li", "li.data", "yan"])
def test_only_who_keeps_the_master_data_of_the_province_has_a_say(people: People, who: str) -> None:
    """Managing people of the province, a duty elsewhere, or master data of a county are not enough."""
    for what in (continued, lambda by: site_rules.propose_notice(NOTICE, by=by)):
        refused({"registers"}, what, people.by(who))
    proposal = continued(people.by("jia"))
    with pytest.raises(NotDone) as told:
        proposals.confirm(proposal, by=people.by(who))
    assert "registers" in told.value.names
    refused({"registers"}, proposals.decline, proposal, by=people.by(who), reason="不同意")
    assert proposal not in proposals.seen_by(people.by(who))
    assert proposal not in proposals.open_for(people.by(who))


def test_who_manages_people_of_the_province_and_nothing_else_has_no_say(people: People) -> None:
    post = people.posts["yi"]
    post.entitlements = ["manages"]
    proposal = continued(people.by("jia"))
    refused({"registers"}, proposals.confirm, proposal, by=Doer(post=post))
    assert proposal not in proposals.open_for(Doer(post=post))


def test_the_same_is_proposed_once_and_again_when_it_has_fallen(people: People) -> None:
    first = site_rules.propose_notice(NOTICE, by=people.by("jia"))
    refused({"once_proposed"}, site_rules.propose_notice, NOTICE, by=people.by("yi"))
    proposals.decline(first, by=people.by("yi"), reason="网址不对")
    again = site_rules.propose_notice(NOTICE, by=people.by("yi"))
    with clock.simulated(date(2025, 3, 11)):
        refused({"in_time"}, proposals.confirm, again, by=people.by("jia"))
        last = site_rules.propose_notice(NOTICE, by=people.by("yi"))
        proposals.confirm(last, by=people.by("jia"))
        with pytest.raises(Refused, match="in force"):
            site_rules.propose_notice(NOTICE, by=people.by("yi"))
    continued(people.by("jia"))
    refused({"once_proposed"}, continued, people.by("yi"))


def test_what_was_imported_by_the_version_before_is_proposed_anew(people: People) -> None:
    """Its row, which two typed names would have put into force, stays without effect."""
    calendar_notices.propose(NOTICE, by="张伟")
    proposals.confirm(site_rules.propose_notice(NOTICE, by=people.by("jia")), by=people.by("yi"))
    rows = [(row.proposed_by, row.confirmed_by) for row in CalendarNotice.objects.order_by("pk")]
    assert rows == [("张伟", ""), ("jia 某 (jia)", "yi 某 (yi)")]


def test_everything_is_judged_once_more_as_it_is_then(people: People) -> None:
    """What somebody else has put into force meanwhile is refused, and the proposal stays undecided."""
    proposal = continued(people.by("jia"))
    rule_sets.continue_("SD-2021-1", document(), by="x")
    with pytest.raises(Refused, match="recorded already"):
        proposals.confirm(proposal, by=people.by("yi"))
    proposal.refresh_from_db()
    assert (proposal.outcome, RuleSetRecord.objects.count()) == ("", 1)
    assert not Record.objects.filter(kind="settings.confirm").exists()


@pytest.mark.parametrize("wrong", [{"valid_until": date(2026, 5, 2)}, {"issued_on": date(2025, 3, 4)}, {"number": " "}])
def test_what_could_not_be_confirmed_is_not_proposed(people: People, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        site_rules.propose_document("continue", "SD-2021-1", document(**wrong), by=people.by("jia"))
    with pytest.raises(Refused):
        site_rules.propose_notice("nothing", by=people.by("jia"))
    assert not Proposal.objects.exists()
