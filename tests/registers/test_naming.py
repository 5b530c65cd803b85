"""What people and offices are called by: kept in one way of writing, told apart in every other, fit for an address."""

import pytest

from spotcheck.parties.models import StaffNumber, User
from spotcheck.registers import first, naming, offices
from spotcheck.registers import people as registered
from tests.registers.test_people import COMMAND, added, refused


@pytest.mark.parametrize("username", ["..", ".", "-he", "_he", "he/lu", "he lu", "he？", "①", "何\x00", "@he"])
def test_a_username_that_no_address_can_hold_is_not_given(people, username):
    refused({"username_form"}, added, people, username=username)


def test_it_is_kept_in_half_width_and_without_what_nobody_sees(people):
    user = added(people, username=" ｈｅ＠ｌｉｘｉａ\u200b", number="０１-２Ａ")
    assert (user.username, user.staff_numbers.get().number) == ("he@lixia", "01-2A")
    for typed in ("HE@lixia", "ｈｅ@lixia", "he\u200b@lixia"):
        assert registered.find(typed) == user
        refused({"username"}, added, people, username=typed, number="778")


@pytest.mark.parametrize("typed", ["００６", "006 ", "\u200b006", "０06"])
def test_a_number_is_one_in_every_width(people, typed):
    refused({"number"}, added, people, number=typed)


@pytest.mark.parametrize("number", ["0 1", "1@2", "-", "⑦"])
def test_a_number_that_nobody_could_type_at_the_entrance_is_not_given(people, number):
    refused({"number_form"}, added, people, number=number)
    refused(
        {"number_form"},
        registered.give_number,
        people.user("wang"),
        people.office("370100"),
        number,
        by=people.by("ji"),
    )


def test_numbers_differ_by_more_than_their_case(people):
    added(people, number="A-7")
    refused({"number"}, added, people, username="lu", number="ａ-7")


@pytest.mark.parametrize("code", ["..", "a/b", "a b", "-", "x"])
def test_the_code_of_a_body_can_stand_in_an_address(people, code):
    refused({"code_form"}, offices.create_body, code=code, kind="laboratory", name="某中心", by=people.by("jia"))


def test_a_code_and_a_short_name_are_given_once_however_they_are_typed(people):
    made = offices.create_body(
        code="ＹＳ-ＸＸ", kind="laboratory", name="某中心", short_name="某检Ａ", by=people.by("jia")
    )
    assert (made.code, made.short_name) == ("YS-XX", "某检A")
    again = {"kind": "laboratory", "name": "另一中心", "by": people.by("jia")}
    refused({"code"}, offices.create_body, code="ys-xx", **again)
    refused({"short_name"}, offices.create_body, code="YS-YY", short_name="某检a", **again)
    refused({"short_name_form"}, offices.create_body, code="YS-YY", short_name="某 检", **again)
    assert offices.rename_short(made, "某检a", by=people.by("jia")).short_name == "某检a"


def test_the_first_two_are_called_as_everybody_is(db):
    def make(one, other):
        return first.first_administrators(first.Person(one, "甲"), first.Person(other, "乙"), by=COMMAND)

    refused({"two_people"}, make, "jia", "ＪＩＡ")
    refused({"username_form"}, make, "jia", "..")
    assert {user.username for user, _secret in make("ｊｉａ", "yi")} == {"jia", "yi"}


@pytest.mark.parametrize("typed", ["何 洁", "何\u3000洁", "ｈｅ", "HE", "７７７", "he\u200b", "何"])
def test_a_person_is_found_however_the_box_was_filled(people, typed):
    user = added(people, full_name="何洁" if "洁" not in typed else "何 洁")
    found = registered.called(registered.in_sight(people.by("li")), typed, StaffNumber.objects.all())
    assert user in found
    assert people.user("zhao") not in found


def test_who_was_registered_before_is_still_found(people):
    """A username of an earlier day, in full width, which is nobody else's."""
    user = User.objects.create(username="ｏｌｄ")
    assert naming.person("old") == naming.person("ｏｌｄ") == user
