"""What a tablet hears of: decisions, settled records, returned visits; each once by its id, none lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from spotcheck.casework import field_returns, field_settling
from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.sampling.models import FieldAct, FieldReturn
from tests.desk.world import World
from tests.tablet.conftest import NUMBER, TODAY, Tablet, tablet_of
from tests.tablet.writing import Log


@pytest.fixture
def log(world: World, dossier: Dossier, tablet: Tablet) -> Log:
    return Log(tablet, NUMBER, [world.posts["sampler"].pk, world.posts["lina"].pk])


def _feed(tablet: Tablet, after: str = "") -> tuple[list[dict[str, Any]], str]:
    answer = tablet.call("GET", f"/feed?after={after}")
    assert answer.status_code == 200, answer.content
    return answer.json()["changes"], answer.json()["next"]


def test_decisions_and_settled_records_are_told_to_those_of_the_visit(world: World, log: Log, dossier: Dossier) -> None:
    other = tablet_of(world, "hetao", secret=12)
    changes, after = _feed(log.tablet)
    assert [one["type"] for one in changes] == ["assigned"]
    log.notice()
    log.write("sampling.claim_refusal", {"ground": "19(1)", "proven": False})
    log.precheck()
    log.send()
    with clock.simulated(TODAY + timedelta(days=1)):
        world.act(world.matter(dossier, "sampling").reject_refusal, by="province", on=TODAY, reason="人员与通知书一致")
        parked = FieldAct.objects.get(outcome="parked")
        field_settling.settle(parked, "again", by=world.posts["province"], reason="已驳回")
        changes, later = _feed(log.tablet, after)
        assert [one["type"] for one in changes] == ["decided", "settled"]
        assert (changes[1]["act"], changes[1]["outcome"]) == (str(parked.pk), "done")
        again, _after = _feed(log.tablet, later)  # what is a moment old comes once more, by the same id
        assert {one["id"] for one in again} <= {one["id"] for one in changes}
    with clock.simulated(TODAY + timedelta(days=2)):
        _again, latest = _feed(log.tablet, later)
        assert _feed(log.tablet, latest)[0] == []
        assert _feed(other)[0] == []


def test_a_cursor_is_of_one_tablet_and_person(world: World, log: Log) -> None:
    other = tablet_of(world, "hetao", secret=12)
    _changes, after = _feed(log.tablet)
    answer = other.call("GET", f"/feed?after={after}")
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/cursor-unknown")


def test_a_visit_is_returned_for_correction_and_corrected(world: World, log: Log, dossier: Dossier) -> None:
    """The first picture and the first text stay; what is supplemented comes after them."""
    log.whole()
    log.send()
    post = world.posts["province"]
    client = Client()
    client.force_login(post.user)
    sent = {"reason": "封条照片不清晰", "slots": ["seal_test"], "as_post": post.pk}
    assert client.post(f"/field-records/of/{NUMBER}/return/", sent).status_code == 302
    (told,) = [one for one in _feed(log.tablet)[0] if one["type"] == "returned"]
    assert (told["visit"], told["reason"], told["slots"]) == (NUMBER, "封条照片不清晰", ["seal_test"])
    kept = FieldAct.objects.count()
    log.write("correct", {"changes": []}, evidence=[log.photo("seal_test", supplement=True)])
    changes = [{"field": "sampling.unit_price", "old": "3.20", "new": "3.30"}]
    log.write("correct", {"changes": changes})
    log.write("sampling.correct_sheet", {"confirmed_by": ["samplers", "party"], "text": "单价 3.20 更正为 3.30"})
    answer = log.send().json()
    assert [one["outcome"] for one in answer["acts"]] == ["noted", "noted", "done"]
    assert FieldAct.objects.count() == kept + 3


@pytest.mark.parametrize(
    ("who", "said", "name"),
    [
        ("county", {}, ""),
        ("lina", {}, ""),
        ("province", {"reason": " "}, "reason"),
        ("province", {"slots": []}, "slots"),
        ("province", {"slots": ["nothing"]}, "slots"),
        ("province", {"fields": ["nothing.here"]}, "fields"),
    ],
)
def test_a_return_has_its_reason_and_says_what_is_meant(
    world: World, log: Log, dossier: Dossier, who: str, said: dict[str, Any], name: str
) -> None:
    log.notice()
    log.send()
    asked: dict[str, Any] = {"reason": "照片不清晰", "slots": ["outside"]} | said
    with pytest.raises(field_settling.NotSettled) as refused:
        field_returns.send_back(dossier, by=world.posts[who], **asked)
    assert set(refused.value.errors) == {name}
    assert not FieldReturn.objects.exists()
