"""Owners, the pool, hand-overs and deputies: who brings a case on, and that the law does not see it."""

from datetime import date

import pytest

from spotcheck.casework import owning
from spotcheck.casework.doing import Done, do
from spotcheck.casework.models import Handover, Ownership
from spotcheck.casework.owning import Handed
from spotcheck.casework.privacy import Sight
from spotcheck.docket import clock, entries
from spotcheck.docket.models import Deadline, Record
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Post
from spotcheck.registers import absences, posts
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone
from tests.casework.conftest import TODAY


def refused(names, doing, *given, **more):
    before = (Record.objects.count(), list(Ownership.objects.order_by("pk").values("dossier", "post")))
    with pytest.raises(NotDone) as found:
        doing(*given, **more)
    assert set(found.value.names) == set(names)
    assert (Record.objects.count(), list(Ownership.objects.order_by("pk").values("dossier", "post"))) == before


def numbers(found):
    return sorted(dossier.number for dossier in found)


def test_everything_begins_in_the_pool_of_every_office_that_sees_it(county):
    world, first, second = county
    for name in ("county", "li", "city", "province"):
        assert {first.number, second.number} <= set(numbers(owning.pool_of(world.posts[name])))
    for name in ("other", "wei"):
        assert numbers(owning.pool_of(world.posts[name])) == []


def test_an_officer_takes_a_case_and_the_other_offices_keep_their_pools(county):
    world, first, second = county
    owning.name_owner(first, world.posts["li"], by=world.posts["li"])
    assert numbers(owning.owned_by(world.posts["li"])) == [first.number]
    assert numbers(owning.pool_of(world.posts["qian"])) == [second.number]
    assert first.number in numbers(owning.pool_of(world.posts["city"]))
    line = Record.objects.get()
    assert (line.kind, line.dossier, line.before, line.after) == (
        "people.own",
        first,
        {"owner": None},
        {"owner": "li"},
    )


def test_who_coordinates_names_owners_and_nobody_takes_from_a_colleague(county):
    world, first, _second = county
    li, qian, head = (world.posts[name] for name in ("li", "qian", "county"))
    owning.name_owner(first, li, by=head)
    refused({"coordinates"}, owning.name_owner, first, qian, by=qian)
    refused({"owned"}, owning.name_owner, first, li, by=head)
    refused({"colleague"}, owning.name_owner, first, world.posts["city"], by=head)
    refused({"colleague"}, owning.name_owner, first, world.posts["wei"], by=head)
    refused({"coordinates", "sees_it"}, owning.name_owner, first, qian, by=world.posts["wei"])
    owning.name_owner(first, qian, by=head)
    assert owning.owner_of(first, head) == qian
    refused({"coordinates"}, owning.release, first, by=li)
    owning.release(first, by=qian)
    refused({"in_pool"}, owning.release, first, by=head)
    assert owning.owner_of(first, head) is None


def both_with_li(county):
    world, first, second = county
    for dossier in (first, second):
        owning.name_owner(dossier, world.posts["li"], by=world.posts["li"])
    return world, first, second


def test_cases_are_handed_over_each_with_a_note_in_one_confirmation(county):
    world, first, second = both_with_li(county)
    li, qian = world.posts["li"], world.posts["qian"]
    before = list(Deadline.objects.order_by("pk").values())
    made = owning.hand_over([Handed(first, qian, "先催回执"), Handed(second, None)], of=li, by=li)
    assert [(each.to_post, each.cases.get().note) for each in made] == [(qian, "先催回执"), (None, "")]
    assert owning.owner_of(first, li) == qian
    assert second.number in numbers(owning.pool_of(li))
    assert list(owning.to_answer(qian)) == [made[0]]
    assert made[0].answer_until == date(2024, 6, 11)  # three working days; the tenth is the Dragon Boat holiday
    assert Record.objects.filter(kind="people.hand_over").count() == 2
    assert list(Deadline.objects.order_by("pk").values()) == before


def test_what_is_not_ones_own_is_not_handed_over(county):
    world, first, second = county
    li, qian = world.posts["li"], world.posts["qian"]
    owning.name_owner(first, li, by=li)
    refused({"not_owned"}, owning.hand_over, [Handed(first, qian), Handed(second, qian)], of=li, by=li)
    refused({"coordinates"}, owning.hand_over, [Handed(first, qian)], of=li, by=qian)
    refused({"coordinates"}, owning.hand_over, [Handed(first, qian)], of=li, by=world.posts["province"])
    refused({"colleague"}, owning.hand_over, [Handed(first, world.posts["city"])], of=li, by=li)
    refused({"owned"}, owning.hand_over, [Handed(first, li)], of=li, by=li)
    refused({"missing"}, owning.hand_over, [], of=li, by=li)
    assert owning.hand_over([Handed(first, qian)], of=li, by=world.posts["county"])


def test_a_handover_is_accepted_or_given_back_within_its_days(county):
    world, first, second = both_with_li(county)
    li, qian = world.posts["li"], world.posts["qian"]
    (one,) = owning.hand_over([Handed(first, qian)], of=li, by=li)
    (two,) = owning.hand_over([Handed(second, qian)], of=li, by=li)
    refused({"answered"}, owning.accept, one, by=li)
    owning.accept(one, by=qian)
    refused({"answered"}, owning.give_back, one, by=qian, reason="忙")
    refused({"missing"}, owning.give_back, two, by=qian, reason=" ")
    owning.give_back(two, by=qian, reason="须回避")
    assert owning.owner_of(second, li) == li
    assert owning.owner_of(first, li) == qian
    (late,) = owning.hand_over([Handed(second, qian)], of=li, by=li)
    with clock.simulated(date(2024, 6, 12)):
        refused({"answered"}, owning.give_back, late, by=qian, reason="忙")


def test_what_is_given_back_to_somebody_who_left_goes_into_the_pool(county):
    world, first, _second = county
    li, qian = world.posts["li"], world.posts["qian"]
    owning.name_owner(first, li, by=li)
    (one,) = owning.hand_over([Handed(first, qian)], of=li, by=li)
    posts.end_post(li, by=Doer(post=world.posts["wei"]), reason="调离")
    owning.give_back(one, by=qian, reason="须回避")
    assert first.number in numbers(owning.pool_of(qian))


def test_a_post_ends_only_when_its_cases_are_handed_over(county):
    world, first, _second = county
    li, wei = world.posts["li"], Doer(post=world.posts["wei"])
    owning.name_owner(first, li, by=li)
    refused({"open_cases"}, posts.end_post, li, by=wei, reason="调离")
    owning.hand_over([Handed(first, None)], of=li, by=li)
    assert posts.end_post(li, by=wei, reason="调离").until == date(2024, 6, 4)


def test_a_deputy_acts_in_his_own_name_and_the_entry_says_for_whom(county):
    from spotcheck.docket.flow import MATTERS

    world, first, second = county
    li, qian = world.posts["li"], world.posts["qian"]
    owning.name_owner(first, li, by=li)
    absences.record(li, first_day=TODAY, last_day=TODAY, deputy=qian, reason="培训", by=Doer(post=li))
    assert {user.username: numbers(found) for user, found in owning.stood_in_for(qian, TODAY).items()} == {
        "li": [first.number]
    }
    said = {}
    for dossier in (first, second):
        case = MATTERS["rectification"].new(dossier, dossier.parties.get(label="P"))
        done = do(of_post(qian), case, "receive_report", on=TODAY, facts={}, post=qian)
        assert isinstance(done, Done), done
        said[dossier.number] = (done.entry.user, done.entry.deputy_for)
        assert list(entries.verify(dossier.__class__.objects.get(pk=dossier.pk))) == []
    assert said == {first.number: (qian.user, li.user), second.number: (qian.user, None)}
    entry = first.entries.get(act="rectification.receive_report")
    assert "钱宁（代 李进）" in Sight(of_post(li)).who(entry)
    assert "李进" not in Sight(of_post(world.posts["lab"])).who(entry)


def test_standing_in_gives_no_right(county):
    """A deputy without standing of his own is refused like anybody; his post decides."""
    world, first, _second = county
    li = world.posts["li"]
    sampler = Post.objects.create(
        user=world.posts["qian"].user, office=li.office, role="sampler", since=date(2021, 1, 1)
    )
    owning.name_owner(first, li, by=li)
    with pytest.raises(NotDone):
        absences.record(li, first_day=TODAY, last_day=TODAY, deputy=sampler, reason="培训", by=Doer(post=li))


def test_notes_stay_with_the_case_and_in_the_office(county):
    world, first, _second = county
    li, qian = world.posts["li"], world.posts["qian"]
    owning.write_note(first, "企业已电话答复", by=li)
    refused({"missing"}, owning.write_note, first, " ", by=li)
    refused({"sees_it"}, owning.write_note, first, "x", by=world.posts["other"])
    assert [note.text for note in owning.notes_of(first, qian)] == ["企业已电话答复"]
    assert list(owning.notes_of(first, world.posts["city"])) == []
    assert not Handover.objects.exists()


def test_who_manages_people_empties_a_desk_without_seeing_it(county):
    """Nobody's cases are stuck when he is gone and nobody coordinates; a reason stands in the book."""
    world, first, second = both_with_li(county)
    li, qian, wei = world.posts["li"], world.posts["qian"], Doer(post=world.posts["wei"])
    refused({"manages"}, owning.empty, li, by=Doer(post=qian), reason="调离")
    refused({"missing"}, owning.empty, li, by=wei, reason=" ")
    handover = owning.empty(li, by=wei, reason="调离")
    assert (handover.cases.count(), handover.to_post, owning.owned_by(li).count()) == (2, None, 0)
    line = Record.objects.get(kind="people.hand_over")
    assert (line.user, line.reason, line.after["cases"]) == (wei.user, "调离", 2)
    assert {first.number, second.number} <= set(numbers(owning.pool_of(qian)))
    assert owning.empty(li, by=wei, reason="调离") is None
    assert posts.end_post(li, by=wei, reason="调离")


def test_ending_a_post_says_where_its_cases_are_handed_over(county):
    from django.test import Client

    world, first, _second = both_with_li(county)
    li = world.posts["li"]
    client = Client()
    client.force_login(world.posts["wei"].user)
    answer = client.post(f"/administration/posts/{li.pk}/end/", {"reason": "调离"})
    link = f"/administration/posts/{li.pk}/cases/"
    assert (answer.status_code, link in answer.content.decode()) == (409, True)
    shown = client.get(link).content.decode()
    assert f"/cases/?of={li.pk}" in shown
    assert world.posts["county"].user.full_name in shown
    assert first.number not in shown
    assert client.post(link, {"reason": "调离"}).status_code == 302
    assert client.post(f"/administration/posts/{li.pk}/end/", {"reason": "调离"}).status_code == 302
