"""A tablet is enrolled by a code, people sign in on it, and a revoked one is nobody's any more."""

from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

import pytest

from spotcheck.api.problems import Problem
from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.parties.models import Post
from spotcheck.tablet import devices
from spotcheck.tablet.models import Device, DeviceToken, Enrolment
from tests.desk.world import World, entitle
from tests.tablet.conftest import FIELD, Tablet, tablet_of
from tests.tablet.keys import Key


def _code(world: World, by: str = "province", office: str = "sampling_body") -> str:
    return devices.make_code(world.offices[office], by=world.posts[by], name="外勤一号", inventory="ZC-0001").text


def _kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_code_enrols_one_tablet_and_its_repetition_is_the_same_answer(world: World, today: date) -> None:
    code, tablet = _code(world), Tablet(Key(3))
    first, again = tablet.enrol(code), tablet.enrol(code)
    assert first.status_code == again.status_code == 201
    assert first.json()["device"] == again.json()["device"]
    assert first.json()["office"] == "山东省产品抽样技术中心"
    assert _kind(Tablet(Key(4)).enrol(code)) == (410, "code-used")
    assert Device.objects.count() == 1


def test_a_code_is_over_after_ten_minutes(world: World, today: date) -> None:
    code = _code(world)
    with clock.simulated(today, time(9, 41)):
        assert _kind(Tablet(Key(3)).enrol(code)) == (410, "code-used")
    assert _kind(Tablet(Key(3)).enrol("nothing")) == (410, "code-used")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"encrypted": False}, (400, "invalid")),
        ({"public_key": Key(3).private}, (400, "invalid")),
        ({"public_key": Key(4).public}, (403, "proof-wrong")),
        ({"more": 1}, (400, "invalid")),
    ],
)
def test_what_is_enrolled_holds_its_key_and_is_encrypted(
    world: World, today: date, said: dict[str, Any], answer: tuple[int, str]
) -> None:
    assert _kind(Tablet(Key(3)).enrol(_code(world), **said)) == answer


def test_who_makes_codes(world: World, today: date) -> None:
    """An officer for his bureau, one of the province for every office, who coordinates a body for that body."""
    _code(world, "province"), _code(world, "county", "county")
    for by, office in (("county", "sampling_body"), ("sampler", "sampling_body"), ("administrator", "province")):
        with pytest.raises(Problem) as refused:
            _code(world, by, office)
        assert refused.value.kind == "not-yours"
    entitle(world, "sampler", "sample", "coordinates")
    _code(world, "sampler")
    assert Enrolment.objects.count() == 3
    assert Record.objects.filter(kind="device.code").count() == 3


def test_ten_codes_an_hour_for_one_office(world: World, today: date) -> None:
    for _each in range(10):
        _code(world)
    with pytest.raises(Problem) as refused:
        _code(world)
    assert refused.value.kind == "too-often"


def test_the_session_of_the_site_is_given_up_for_a_token(world: World, today: date) -> None:
    tablet = tablet_of(world, "sampler")
    assert tablet.client.get("/").status_code == 302  # the session has ended
    token = DeviceToken.objects.get()
    assert (token.post, token.token_sha256 == tablet.tokens[tablet.lead]) == (world.posts["sampler"], False)
    assert tablet.call("DELETE", "/sessions/current").status_code == 204
    assert _kind(tablet.call("DELETE", "/sessions/current")) == (401, "unauthenticated")


def test_nobody_gets_a_token_without_session_signature_and_post(world: World, today: date) -> None:
    tablet = tablet_of(world, "sampler")
    assert _kind(tablet.call("POST", "/sessions", {}, proven=True)) == (401, "unauthenticated")
    tablet.client.force_login(world.posts["lina"].user)
    assert _kind(tablet.call("POST", "/sessions", {})) == (403, "proof-wrong")
    for who in ("county", "lab", "administrator"):
        assert _kind(tablet.sign_in(world.posts[who])) == (403, "post-missing")
    assert _kind(tablet.sign_in(world.posts["lina"], post=world.posts["sampler"].pk)) == (403, "post-missing")
    other = Tablet(tablet.key, str(uuid4()))
    assert _kind(other.sign_in(world.posts["lina"])) == (401, "unauthenticated")


def test_a_signature_is_of_now(world: World, today: date) -> None:
    tablet = tablet_of(world, "sampler")
    proof = tablet.key.proof("POST", f"{FIELD}/sessions", b"{}", "2024-06-05T01:20:00.000Z")
    answer = tablet.call("POST", "/sessions", {}, **{"Device-Proof": proof})
    assert _kind(answer) == (403, "proof-stale")
    assert answer.json()["server_time"].startswith("2024-06-05T09:30")
    assert answer.json()["retry"] == "once"


def test_a_revoked_tablet_is_refused_from_the_next_request_on(world: World, tablet: Tablet) -> None:
    with pytest.raises(Problem):
        devices.revoke(UUID(tablet.device), by=world.posts["county"], reason="丢失")
    devices.revoke(UUID(tablet.device), by=world.posts["province"], reason="丢失")
    assert _kind(tablet.call("DELETE", "/sessions/current")) == (403, "device-revoked")
    assert _kind(tablet.sign_in(world.posts["sampler"])) == (403, "device-revoked")
    assert not DeviceToken.objects.filter(ended_at=None).exists()
    assert Record.objects.get(kind="device.revoke").reason == "丢失"


def test_a_token_slides_with_each_contact_and_is_over_after_thirty_days(world: World, tablet: Tablet) -> None:
    with clock.simulated(date(2024, 7, 4)):
        assert tablet.call("DELETE", "/sessions/current", post=world.posts["lina"].pk).status_code == 204
    with clock.simulated(date(2024, 7, 6)):
        assert _kind(tablet.call("DELETE", "/sessions/current")) == (401, "unauthenticated")


def test_a_token_is_good_on_its_tablet_only(world: World, tablet: Tablet) -> None:
    other = tablet_of(world, "hetao", secret=12)
    other.tokens[other.lead] = tablet.tokens[tablet.lead]
    assert _kind(other.call("DELETE", "/sessions/current")) == (401, "unauthenticated")


def test_everybody_is_told_how_late_it_is(world: World, today: date) -> None:
    answer = Tablet(Key(3)).call("GET", "/time")
    assert answer.json() == {"now": "2024-06-05T09:30:00.000+08:00"}


def test_a_tablet_that_asks_too_often_waits(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spotcheck.tablet.doors.BURST", 2)
    answers = [tablet.status() for _each in range(8)]
    assert _kind(answers[-1]) == (429, "too-often")


def test_a_person_whose_post_samples_no_more_gets_no_token(world: World, today: date) -> None:
    tablet = tablet_of(world, "sampler")
    Post.objects.filter(pk=world.posts["lina"].pk).update(until=date(2024, 6, 4))
    assert _kind(tablet.sign_in(world.posts["lina"])) == (403, "post-missing")
