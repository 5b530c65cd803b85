"""Persons, numbers, locks, one-time links, the first administrators, offices: rules and one line of the book each."""

from datetime import date, time
from hashlib import sha256

import pytest

from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Office, Post, User
from spotcheck.registers import first, links, offices, proposals, rights, standing
from spotcheck.registers import people as people_module
from spotcheck.registers.doer import Doer
from spotcheck.registers.models import OneTimeLink, Proposal, Review
from spotcheck.registers.refusals import NotDone
from tests.registers.conftest import DAY

COMMAND = Doer(account="root@machine")


def refused(names, doing, *given, **more):
    """What is refused by exactly these reasons writes nothing."""
    before = Record.objects.count()
    with pytest.raises(NotDone) as found:
        doing(*given, **more)
    assert set(found.value.names) == set(names)
    assert Record.objects.count() == before


def kinds():
    return list(Record.objects.order_by("pk").values_list("kind", flat=True))


def added(cast, by="li", code="370102", **more):
    given = {"username": "he", "full_name": "何洁", "number": "777"} | more
    return people_module.add(cast.office(code), by=cast.by(by), **given)


# persons


def test_a_person_is_added_without_a_password_under_a_number(people):
    user = added(people, mobile="13900000000")
    assert (user.has_usable_password(), user.must_change_password) == (False, True)
    assert user.staff_numbers.get().number == "777"
    assert Record.objects.get().after["number"] == "777"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"username": "WANG"}, {"username"}),
        ({"number": "006"}, {"number"}),
        ({"full_name": " "}, {"missing"}),
        ({"code": "370103"}, {"manages"}),
        ({"by": "wang"}, {"manages"}),
        ({"by": "shen"}, {"manages"}),
    ],
)
def test_who_is_not_added(people, given, names):
    refused(names, added, people, **given)


def test_the_province_adds_the_first_person_of_a_body(people):
    assert added(people, by="jia", code="YS-JY")


def test_particulars_are_changed_by_whoever_manages_the_person(people):
    wang = people.user("wang")
    people_module.change(wang, by=people.by("li"), mobile="1", full_name=wang.full_name)
    line = Record.objects.get()
    assert (line.before, line.after) == ({"mobile": ""}, {"mobile": "1"})
    people_module.change(wang, by=people.by("li"), mobile="1")
    assert kinds() == ["people.change"]
    refused({"missing"}, people_module.change, wang, by=people.by("li"), full_name=" ")
    refused({"manages"}, people_module.change, wang, by=people.by("qing"), mobile="2")
    refused({"not_oneself"}, people_module.change, people.user("li"), by=people.by("li"), mobile="2")


def test_a_number_is_given_once_and_never_passed_on(people):
    xin, office = people.user("xin"), people.office("370102")
    people_module.give_number(xin, office, "900", by=people.by("li"))
    refused({"once"}, people_module.give_number, xin, office, "901", by=people.by("li"))
    refused({"number"}, people_module.give_number, people.user("ji"), office, "900", by=people.by("li"))
    refused({"manages"}, people_module.give_number, xin, people.office("370103"), "1", by=people.by("li"))


def test_nobody_reaches_a_higher_office_by_way_of_somebody_who_works_there_too(people):
    Post.objects.create(user=people.user("wang"), office=people.office("370000"), role="officer", since=DAY)
    for doing in (people_module.lock, lambda user, by, reason: links.issue(user, by=by)):
        refused({"manages"}, doing, people.user("wang"), by=people.by("li"), reason="x")
    assert people_module.lock(people.user("wang"), by=people.by("jia"), reason="可疑登录")


# locks


def test_an_account_is_locked_by_one_person_and_opened_again(people):
    people_module.lock(people.user("wang"), by=people.by("li"), reason="可疑登录")
    assert not people.user("wang").is_active
    refused({"locked"}, people_module.lock, people.user("wang"), by=people.by("li"), reason="又一次")
    people_module.unlock(people.user("wang"), by=people.by("li"), reason="已核实")
    assert people.user("wang").is_active
    refused({"not_locked"}, people_module.unlock, people.user("wang"), by=people.by("li"), reason="又一次")
    assert kinds() == ["people.lock", "people.unlock"]


def test_the_lock_of_an_administrator_is_lifted_by_two(people):
    people_module.lock(people.user("li"), by=people.by("ji"), reason="可疑登录")
    proposal = people_module.unlock(people.user("li"), by=people.by("ji"), reason="已核实")
    assert isinstance(proposal, Proposal)
    assert not people.user("li").is_active
    refused({"another_person"}, proposals.confirm, proposal, by=people.by("ji"))
    proposals.confirm(proposal, by=people.by("jin"))
    assert people.user("li").is_active
    assert kinds() == ["people.lock", "people.propose", "people.confirm"]


def test_a_command_lifts_it_at_once_only_where_nobody_could_confirm(people):
    people_module.lock(people.user("jia"), by=people.by("yi"), reason="可疑登录")
    assert isinstance(people_module.unlock(people.user("jia"), by=COMMAND, reason="已核实"), Proposal)
    refused({"last_administrator"}, people_module.lock, people.user("yi"), by=people.by("jia"), reason="x")
    people_module.lock(people.user("yi"), by=COMMAND, reason="可疑登录")
    assert isinstance(people_module.unlock(people.user("jia"), by=COMMAND, reason="无人可确认"), User)
    assert people.user("jia").is_active


# links


def test_a_link_is_used_once_within_a_day_and_only_its_hash_is_kept(people):
    secret = links.issue(people.user("wang"), by=people.by("li"))
    kept = OneTimeLink.objects.get()
    assert kept.secret_sha256 == sha256(secret.encode()).hexdigest()
    assert secret not in str(Record.objects.values_list())
    assert links.look(secret) == people.user("wang")
    assert links.use(secret, address="10.0.0.9") == people.user("wang")
    refused({"link"}, links.look, secret)
    refused({"link"}, links.use, secret)
    assert kinds() == ["people.link", "sign_in.link_used"]


@pytest.mark.parametrize(("day", "at", "holds"), [(4, time(9, 29), True), (4, time(9, 31), False)])
def test_a_link_runs_out_after_a_day(people, day, at, holds):
    secret = links.issue(people.user("wang"), by=people.by("li"))
    with clock.simulated(date(2025, 3, day), at):
        if holds:
            assert links.use(secret)
        else:
            refused({"link"}, links.use, secret)


def test_a_later_link_ends_the_one_before(people):
    before = links.issue(people.user("wang"), by=people.by("li"))
    after = links.issue(people.user("wang"), by=people.by("ji"))
    refused({"link"}, links.look, before)
    assert links.look(after)
    refused({"link"}, links.look, "guessed")


def test_who_gets_no_link(people):
    refused({"not_oneself"}, links.issue, people.user("li"), by=people.by("li"))
    refused({"manages"}, links.issue, people.user("wang"), by=people.by("qing"))
    refused({"manages"}, links.issue, people.user("jia"), by=people.by("ji"))
    User.objects.filter(username="wang").update(sso_only=True)
    refused({"sso_only"}, links.issue, people.user("wang"), by=people.by("li"))


def test_the_province_issues_a_link_to_the_administrator_of_a_body_and_to_nobody_else_there(people):
    assert links.issue(people.user("yan"), by=people.by("jia"))
    refused({"manages"}, links.issue, people.user("liu"), by=people.by("jia"))


def test_whom_the_province_registered_for_a_body_it_manages_until_he_works_there(people):
    """Or its page of him would be without the way to his first post."""
    made, province = added(people, by="jia", code="YS-JY"), people.by("jia")
    assert standing.manages_person(province, made)
    assert not standing.manages_person(people.by("ji"), made)
    Post.objects.create(user=made, office=people.office("YS-JY"), role="analyst", since=DAY)
    assert not standing.manages_person(province, made)


# the first two

JIA, YI = first.Person("jia.1", "甲"), first.Person("yi.1", "乙", "yi@example.org")


def test_the_first_two_administrators_come_with_a_link_each(db):
    made = first.first_administrators(JIA, YI, by=COMMAND)
    assert [user.username for user, _ in made] == ["jia.1", "yi.1"]
    for user, secret in made:
        post = user.posts.get()
        assert (post.office.code, post.role, post.entitlements) == ("370000", "administrator", ["manages", "registers"])
        assert not user.has_usable_password()
        assert links.look(secret) == user
    assert set(Record.objects.values_list("kind", "address")) == {("people.first_admin", "root@machine")}


def test_they_are_made_again_with_new_links_until_one_has_a_password(db):
    (_, old), _second = first.first_administrators(JIA, YI, by=COMMAND)
    (user, new), _second = first.first_administrators(JIA, YI, by=COMMAND)
    refused({"link"}, links.look, old)
    assert links.look(new) == user
    assert Post.objects.count() == 2
    user.set_password("abundant-larch-47")
    user.save()
    refused({"has_administrators"}, first.first_administrators, JIA, YI, by=COMMAND)


def test_the_first_two_are_two_new_persons(db):
    refused({"two_people"}, first.first_administrators, JIA, first.Person("JIA.1", "乙"), by=COMMAND)
    refused({"missing"}, first.first_administrators, JIA, first.Person("yi.1", ""), by=COMMAND)
    User.objects.create(username="yi.1", full_name="某")
    refused({"username"}, first.first_administrators, JIA, YI, by=COMMAND)


# offices


def test_the_province_creates_a_body_that_administers_itself(people):
    body = offices.create_body(code="YS-CY", kind="sampling_body", name="某抽样中心", by=people.by("jia"))
    assert (body.parent, body.since) == (None, DAY)
    assert kinds() == ["office.add"]
    given = {"code": "YS-CY", "kind": "laboratory", "name": "另一中心"}
    refused({"code"}, offices.create_body, **given, by=people.by("jia"))
    refused({"registers"}, offices.create_body, **given | {"code": "YS-X"}, by=people.by("ji"))
    refused({"fits_office"}, offices.create_body, **given | {"code": "YS-X", "kind": "city"}, by=people.by("jia"))


def test_short_names_are_kept_by_whoever_keeps_master_data(people):
    office = people.office("370100")
    offices.rename_short(office, "济市监", by=people.by("jia"))
    offices.rename_short(office, "济市监", by=people.by("jia"))
    assert Office.objects.get(pk=office.pk).short_name == "济市监"
    assert kinds() == ["office.change"]
    refused({"short_name"}, offices.rename_short, people.office("370200"), "济市监", by=people.by("jia"))
    refused({"registers"}, offices.rename_short, office, "济", by=people.by("ji"))


# rights and their review


def test_rights_of_before_this_period_are_looked_through_once(people):
    city = Office.objects.filter(code__in=("370100", "370102"))
    with clock.simulated(date(2025, 7, 1)):
        names = {line.post.user.username for line in rights.to_review(city, date(2025, 7, 1))}
        assert names == {"ji", "jin", "li", "li.audit"}  # half a year for what is worth four eyes
        rights.keep([people.posts["li"], people.posts["li"]], by=people.by("ji"))
        assert {line.post.user.username for line in rights.to_review(city, date(2025, 7, 1))} == {
            "ji",
            "jin",
            "li.audit",
        }
        refused({"not_oneself"}, rights.keep, [people.posts["ji"]], by=people.by("ji"))
        refused({"manages"}, rights.keep, [people.posts["jia"]], by=people.by("ji"))
    assert (Review.objects.get().period, kinds()) == ("2025H2", ["people.review"])
    with clock.simulated(date(2026, 1, 5)):
        names = {line.post.user.username for line in rights.to_review(city, date(2026, 1, 5))}
        assert names == {"ji", "jin", "li", "li.audit", "li.data", "hai", "wang", "zhao", "sun"}


def test_accounts_that_nobody_uses_are_listed_and_then_locked(people):
    def used(name, day):
        User.objects.filter(username=name).update(last_login=clock.now() if day is None else day)

    User.objects.update(last_login=f"{date(2025, 3, 2)} 00:00+00")
    for name in ("wang", "li"):
        used(name, "2024-08-01 00:00+00")
    used("zhao", "2024-11-01 00:00+00")
    assert {user.username for user in rights.unused(DAY)} == {"wang", "li", "zhao"}
    assert [user.username for user in rights.lock_unused(by=COMMAND)] == ["wang"]
    assert people.user("li").is_active  # whoever manages people is not locked by a clock
    assert kinds() == ["people.lock"]
