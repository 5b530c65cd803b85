"""What is kept of people, posts and offices: who stands above whom, numbers that are not passed on, nobody deleted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import RestrictedError

from spotcheck.cli.main import main
from spotcheck.parties.loading import set_parents
from spotcheck.parties.models import Absence, Deputyship, Office, Post, StaffNumber, User
from spotcheck.rules import entitlements

DAY = date(2025, 3, 3)


def office(code):
    return Office.objects.get(code=code)


def a_post(name, code="370100", **more):
    user = User.objects.create(username=name, full_name=name)
    return Post.objects.create(user=user, office=office(code), **{"role": "officer", "since": DAY} | more)


@pytest.mark.parametrize(
    ("code", "above"), [("370000", None), ("370100", "370000"), ("370102", "370100"), ("371302", "371300")]
)
def test_every_bureau_stands_below_that_of_the_region_above(db, code, above):
    parent = office(code).parent
    assert (parent.code if parent else None) == above


def test_nobody_but_the_province_and_bodies_stands_alone(db):
    Office.objects.create(code="YS-X", kind="laboratory", name="某检验中心")
    Office.objects.filter(code="370102").update(parent=None)
    set_parents()
    assert set(Office.objects.filter(parent=None).values_list("code", flat=True)) == {"370000", "YS-X"}


def test_an_office_that_was_put_elsewhere_stays_there(db):
    Office.objects.filter(code="370102").update(parent=office("371300"))
    set_parents()
    assert office("370102").parent.code == "371300"


def test_a_number_repeats_between_offices_and_is_given_once_in_each(db):
    first, second = a_post("a"), a_post("b")
    StaffNumber.objects.create(office=first.office, user=first.user, number="001")
    StaffNumber.objects.create(office=office("370200"), user=second.user, number="001")
    for user, number in ((second.user, "001"), (first.user, "002"), (second.user, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffNumber.objects.create(office=first.office, user=user, number=number)


def test_a_person_with_a_post_is_never_deleted(db):
    post = a_post("a")
    with pytest.raises((ProtectedError, RestrictedError)):
        post.user.delete()


def test_short_names_are_given_once(db):
    Office.objects.filter(code="370100").update(short_name="济市监")
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(code="370200").update(short_name="济市监")


def test_an_absence_is_a_span_with_somebody_else(db):
    first, second = a_post("a"), a_post("b")
    for deputy, last in ((first, DAY), (second, date(2025, 3, 2))):
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(post=first, first_day=DAY, last_day=last, reason="培训", deputy=deputy)


def test_two_posts_stand_in_for_each_other_once(db):
    first, second = a_post("a"), a_post("b")
    Deputyship.objects.create(post=first, other=second, since=DAY)
    for one, other in ((first, second), (second, first), (first, first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deputyship.objects.create(post=one, other=other, since=DAY)


def test_first_and_last_day_of_a_post_are_included(db):
    a_post("a", until=date(2025, 3, 5))
    days = [date(2025, 3, number) for number in (2, 3, 5, 6)]
    assert [Post.objects.valid_on(day).filter(user__username="a").exists() for day in days] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("command", "instead"), [("createsuperuser", "people first-admin"), ("changepassword", "people link")]
)
def test_what_django_offers_and_we_do_not_names_our_own_command(capsys, command, instead):
    assert main(["manage", command]) == 2
    assert f"spotcheck {instead}" in capsys.readouterr().err


def test_entitlements_are_those_of_bodies_of_bureaus_or_of_the_administration():
    names = set(entitlements.ENTITLEMENTS)
    assert entitlements.OF_BODIES | entitlements.OF_BUREAUS | set(entitlements.DUTIES) == names
    assert set(entitlements.DUTIES).isdisjoint(entitlements.OF_BODIES | entitlements.OF_BUREAUS)
    assert set(entitlements.DUTY_WORDS) == set(entitlements.DUTIES.values())
    assert names >= entitlements.FOUR_EYES
