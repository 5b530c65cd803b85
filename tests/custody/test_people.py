"""Who of a laboratory does what: by entitlement, and never whoever sampled, told apart as persons (10, 27, 29, 31)."""

from datetime import date

import pytest

from spotcheck.casework.doing import Done
from spotcheck.casework.entitling import Entitled
from spotcheck.parties.models import Post, StaffNumber, User
from spotcheck.rules.refused import Refused
from spotcheck.sampling.models import SampleUnit
from tests.custody.conftest import DAY
from tests.desk.world import entitle

pytestmark = pytest.mark.django_db


def hired(world, key, name, number, *entitlements):
    """Somebody new in the laboratory."""
    user = User.objects.create_user(key, password=None, full_name=name)
    lab = world.offices["lab"]
    world.posts[key] = Post.objects.create(
        user=user, office=lab, role="analyst", since=date(2021, 1, 1), entitlements=list(entitlements)
    )
    StaffNumber.objects.create(office=lab, user=user, number=number)
    return world.posts[key]


def guards(answer):
    assert isinstance(answer, Refused), answer
    return [reason.guard for reason in answer.reasons]


def test_in_a_laboratory_that_has_not_divided_its_work_everybody_may_do_everything(bench):
    assert isinstance(bench.send(), Done)
    assert isinstance(bench.receive(), Done)


def test_once_somebody_is_entitled_each_act_wants_its_entitlement(bench):
    world = bench.world
    bench.send()
    hired(world, "signer", "赵一鸣", "0001", "sign")
    refused = bench.receive()
    assert guards(refused) == ["person_entitled"]
    assert (refused.kind, refused.status) == ("person-not-entitled", 403)
    assert "收样" in refused.reasons[0].says.zh
    entitle(world, "lab", "receive")
    assert isinstance(bench.receive(), Done)
    unit = SampleUnit.objects.get(dossier=bench.dossier, label="T")
    start = world.matter(bench.dossier, "inspection").spec_of("start_testing")
    assert not Entitled(world.posts["lab"], DAY).may(start)
    assert unit.state == "in_custody"


def test_a_danger_is_reported_by_whoever_tests_reviews_or_signs(bench):
    world, spec = bench.world, bench.world.matter(bench.dossier, "inspection").spec_of("report_serious")
    for key, entitlement in (("tester", "test"), ("reviewer", "review"), ("signer", "sign")):
        assert Entitled(hired(world, key, f"某{key}", key, entitlement), DAY).may(spec)
    assert Entitled(world.posts["sampler"], DAY).may(spec)


def test_art10_a_namesake_of_the_sampler_may_test_and_the_sampler_himself_may_not(bench):
    """张伟 sampled; the laboratory has another 张伟. Persons are told apart where both are known."""
    world = bench.world
    namesake = hired(world, "namesake", "张伟", "0088")
    bench.send()
    bench.receive()
    done = bench.do(bench.unit(), "issue", "lab", inspector="0088")
    assert isinstance(done, Done)
    unit = bench.unit()
    assert (unit.inspector_post, unit.inspector) == (namesake, "张伟")


@pytest.mark.parametrize("typed", ["张伟", "张 伟", "张\u3000伟", "李 娜"])
def test_art10_who_is_only_a_name_is_told_apart_by_it_however_it_is_written(bench, typed):
    bench.send()
    bench.receive()
    assert guards(bench.do(bench.unit(), "issue", "lab", inspector=typed)) == ["not_the_sampler"]


def test_art10_the_sampler_in_a_post_of_the_laboratory_is_the_same_person(bench):
    world = bench.world
    sampler = world.posts["sampler"].user
    Post.objects.create(user=sampler, office=world.offices["lab"], role="analyst", since=date(2021, 1, 1))
    StaffNumber.objects.create(office=world.offices["lab"], user=sampler, number="0099")
    bench.send()
    bench.receive()
    assert guards(bench.do(bench.unit(), "issue", "lab", inspector="0099")) == ["not_the_sampler"]


def test_art27_the_test_begins_with_the_person_to_whom_the_unit_was_issued(bench):
    world = bench.world
    hired(world, "one", "陈晨", "0101")
    hired(world, "second", "陈晨", "0102")
    bench.send()
    bench.receive()
    inspection = world.matter(bench.dossier, "inspection")
    bench.do(inspection, "receive_sample", "lab")
    bench.do(world.matter(bench.dossier, "inspection"), "clear_qualification", "lab", licence="valid")
    bench.do(bench.unit(), "issue", "lab", inspector="0101")
    inspection = world.matter(bench.dossier, "inspection")
    assert guards(bench.do(inspection, "start_testing", "lab", inspector="0102")) == ["unit_issued"]
    assert guards(bench.do(inspection, "start_testing", "lab", inspector="王强")) == ["unit_issued"]
    assert isinstance(bench.do(inspection, "start_testing", "lab", inspector="0101"), Done)
    inspection = world.matter(bench.dossier, "inspection")
    assert (inspection.inspector, inspection.inspector_post) == ("陈晨", world.posts["one"])
