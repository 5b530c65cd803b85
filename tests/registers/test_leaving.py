"""Leaving for good and coming back; staff numbers that are never passed on."""

from datetime import date

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Post, StaffNumber, User
from spotcheck.registers import leaving, posts, rights
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone
from tests.registers.conftest import DAY
from tests.registers.test_posts import refused

YESTERDAY = date(2025, 3, 2)


def test_who_leaves_loses_all_posts_with_the_last_day_and_gets_none(people):
    wang = people.user("wang")
    done = leaving.leave(wang, last_day=DAY, by=people.by("li"), reason="调离")
    assert (done.left_on, done.is_active) == (DAY, True)
    assert Post.objects.get(user=wang).until == DAY
    line = Record.objects.get(kind="people.leave")
    assert (line.subject_id, line.reason, line.after["left_on"]) == (str(wang.pk), "调离", DAY.isoformat())
    assert Record.objects.filter(kind="people.end_post").count() == 1
    wanted = posts.Wanted(User.objects.get(pk=wang.pk), people.office("370102"), "officer", date(2025, 3, 10))
    refused({"has_left"}, posts.grant, wanted, by=people.by("li"))
    refused({"has_left"}, leaving.leave, wang, last_day=DAY, by=people.by("li"), reason="调离")
    with clock.simulated(date(2025, 3, 4)):
        assert wang in rights.lock_unused(by=Doer(account="nightly"))
        assert Record.objects.get(kind="people.lock").reason == "已离职"


def test_who_left_yesterday_is_locked_at_once(people):
    assert not leaving.leave(people.user("wang"), last_day=YESTERDAY, by=people.by("li"), reason="调离").is_active


def test_leaving_is_refused_whole(people):
    wang, li = people.user("wang"), people.by("li")
    refused({"missing"}, leaving.leave, wang, last_day=DAY, by=li, reason=" ")
    refused({"not_backdated"}, leaving.leave, wang, last_day=date(2025, 3, 1), by=li, reason="调离")
    refused({"not_oneself"}, leaving.leave, people.user("li"), last_day=DAY, by=li, reason="调离")
    refused({"manages"}, leaving.leave, wang, last_day=DAY, by=people.by("qing"), reason="调离")
    refused({"has_not_left"}, leaving.come_back, wang, by=li, reason="复职")


def test_who_comes_back_may_be_given_posts_again(people):
    wang, li = people.user("wang"), people.by("li")
    leaving.leave(wang, last_day=YESTERDAY, by=li, reason="调离")
    back = leaving.come_back(wang, by=people.by("ji"), reason="复职")
    assert (back.left_on, back.is_active) == (None, False)
    assert posts.grant(posts.Wanted(back, people.office("370102"), "officer", DAY), by=li)


def test_a_second_number_is_of_another_office_and_none_is_passed_on(people):
    from spotcheck.registers import people as registered

    wang, zhao, ji = people.user("wang"), people.user("zhao"), people.by("ji")
    city, county = people.office("370100"), people.office("370102")
    registered.give_number(wang, city, "888", by=ji)
    refused({"once"}, registered.give_number, wang, county, "889", by=ji)
    refused({"number"}, registered.give_number, zhao, city, "888", by=ji)
    refused({"manages"}, registered.give_number, zhao, city, "890", by=people.by("li"))
    leaving.leave(wang, last_day=YESTERDAY, by=ji, reason="调离")
    refused({"number"}, registered.give_number, zhao, city, "888", by=ji)
    assert StaffNumber.objects.filter(user=wang).count() == 2


def test_the_page_of_somebody_who_left_says_so(people):
    client = Client()
    client.force_login(people.user("li"))
    assert (
        client.post("/administration/people/wang/leave/", {"last_day": "2025-03-03", "reason": "调离"}).status_code
        == 302
    )
    shown = client.get("/administration/people/wang/").content.decode()
    assert ("2025-03-03 离职" in shown, "登记复职" in shown) == (True, True)
    with pytest.raises(NotDone):
        posts.end_post(people.posts["wang"], by=people.by("li"), reason="调离", last_day=DAY)


def test_standing_deputies_are_named_and_ended_on_pages(people):
    client = Client()
    client.force_login(people.user("li"))
    wang, zhao = people.posts["wang"], people.posts["zhao"]
    assert client.post(f"/administration/posts/{wang.pk}/deputy/", {"other": zhao.pk}).status_code == 302
    assert client.post(f"/administration/posts/{zhao.pk}/deputy/", {"other": wang.pk}).status_code == 409
    shown = client.get("/administration/absences/").content.decode()
    assert "AB角" in shown
    key = wang.deputyships.union(wang.deputyships_of_others.all()).get().pk
    assert client.post(f"/administration/deputyships/{key}/end/").status_code == 302
    assert "wang 某 · zhao 某" not in client.get("/administration/absences/").content.decode()
