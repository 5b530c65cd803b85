"""What a tablet takes along: visits with their papers, in parts by hash; numbers; what was checked lately."""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Dossier
from spotcheck.notices import prepared
from spotcheck.notices.models import NumberBlock, Paper, PreparedPaper, VoidedNumber
from spotcheck.parties.models import Post
from spotcheck.planning.models import Task
from spotcheck.rules import bar_index, canonical
from spotcheck.tablet import packages
from spotcheck.tablet.models import DayPackage, PackagePart
from tests.desk.world import World
from tests.tablet.conftest import NUMBER, TODAY, Tablet, tablet_of
from tests.tablet.writing import Log

ID = "0197f4aa-1111-7abc-8def-000000000001"


def _kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def test_a_package_is_complete_and_says_what_the_visit_needs(world: World, dossier: Dossier, tablet: Tablet) -> None:
    manifest = tablet.day()
    for one in manifest["parts"]:
        answer = tablet.call("GET", f"/parts/{one['sha256']}")
        assert (answer.status_code, len(answer.content)) == (200, one["size"])
        assert hashlib.sha256(answer.content).hexdigest() == one["sha256"]
        if one["type"] == "application/json":
            assert canonical.text_of(json.loads(answer.content)).encode() == answer.content
    (visit,) = tablet.visits()
    assert (visit["visit"], visit["chart"], visit["state"], visit["seq"]) == (NUMBER, "sampling", "assigned", 0)
    assert {one["name"] for one in visit["samplers"]} == {"张伟", "李娜"}
    assert [one["is_me"] for one in visit["samplers"]] == [True, False]
    assert visit["form1"]["number"].startswith("鲁市监质抽通〔2024〕")
    assert visit["form1"]["data"]["sampling"]["samplers"] == ["张伟", "李娜"]
    assert visit["form2"]["number"] == Paper.objects.get(form=2).number
    assert visit["bar"] == "91370112MA3C0T1A04"[:17] + visit["bar"][17:]
    assert {"forms", "fields", "acts", "law", "regions", "bar/0", "visits"} == {
        one["name"] for one in manifest["parts"]
    }
    assert len(tablet.part("law")["articles"]) == 15
    assert {one["form"] or one["letter"] for one in tablet.part("forms")["forms"]} >= {1, 2, 3, 4, 5, 6}


def test_what_has_not_changed_is_the_same_package(dossier: Dossier, tablet: Tablet) -> None:
    first = tablet.call("GET", "/day")
    while first.status_code == 409:
        first = tablet.call("GET", "/day")
    again = tablet.call("GET", "/day", **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    with clock.simulated(TODAY + timedelta(days=1)):
        next_day = tablet.day()
    assert next_day["package"] != first.json()["package"]
    assert DayPackage.objects.count() == 2


def test_nobody_takes_along_what_is_not_his(world: World, dossier: Dossier, tablet: Tablet) -> None:
    other = tablet_of(world, "hetao", secret=12)
    assert other.visits() == []
    hashed = next(one["sha256"] for one in tablet.day()["parts"] if one["name"] == "visits")
    assert _kind(other.call("GET", f"/parts/{hashed}")) == (404, "not-found")
    assert _kind(tablet.call("GET", f"/parts/{'0' * 64}")) == (404, "not-found")


def test_who_has_no_post_any_more_takes_nothing_along(world: World, dossier: Dossier, tablet: Tablet) -> None:
    Post.objects.filter(pk=world.posts["sampler"].pk).update(until=TODAY - timedelta(days=1))
    assert _kind(tablet.call("GET", "/day")) == (403, "post-missing")
    assert _kind(tablet.call("POST", "/blocks", _asked(), proven=True)) == (403, "post-missing")


def test_the_notice_that_is_shown_is_the_one_that_is_issued(dossier: Dossier, tablet: Tablet, client: Client) -> None:
    (visit,) = tablet.visits()
    shown = visit["form1"]
    page = client.get(f"/p/{shown['code']}").content.decode()
    assert "出示之后生效" in page
    assert shown["number"] in page
    assert "文书待上传" in client.get(f"/p/{visit['code']}").content.decode()
    log = Log(tablet, NUMBER, [one["post"] for one in visit["samplers"]])
    log.notice()
    assert log.send().json()["acts"][-1]["outcome"] == "done"
    paper = Paper.objects.get(dossier=dossier, form=1)
    assert (paper.number, paper.code, paper.snapshot["data"]) == (shown["number"], shown["code"], shown["data"])
    assert PreparedPaper.objects.get().paper == paper
    assert "有效" in client.get(f"/p/{shown['code']}").content.decode()
    assert shown["number"] in client.get(f"/p/{visit['code']}").content.decode()
    (visit,) = tablet.visits()
    assert (visit["state"], visit["seq"], visit["log"], visit["head"]) == (
        "notice_presented",
        3,
        log.package,
        log.acts[-1]["hash"],
    )
    assert visit["form1"]["number"] == shown["number"]


def test_another_notice_than_the_prepared_one_is_none(dossier: Dossier, tablet: Tablet) -> None:
    (visit,) = tablet.visits()
    for said in ({"form1": "鲁市监质抽通〔2024〕99号"}, {"form2": None}):
        log = Log(tablet, NUMBER, [one["post"] for one in visit["samplers"]])
        log.notice(**said)
        (reason,) = log.send().json()["acts"][-1]["reasons"]
        assert reason["guard"] in {"notice_matches", "mandate_copy"}


def test_when_a_sampler_is_replaced_the_notice_is_made_anew(world: World, dossier: Dossier, tablet: Tablet) -> None:
    """A tablet that shows the voided one is parked; its number stays in the list with the reason."""
    (visit,) = tablet.visits()
    world.act(world.matter(dossier, "sampling").replace_sampler, by="province", on=TODAY, out="李娜", reason="illness")
    assert VoidedNumber.objects.get().number == visit["form1"]["number"]
    (renewed,) = tablet.visits()
    assert renewed["form1"]["number"] != visit["form1"]["number"]
    assert "李娜" not in renewed["form1"]["data"]["sampling"]["samplers"]
    log = Log(tablet, NUMBER, [world.posts["sampler"].pk, world.posts["lina"].pk])
    log.notice(form1=visit["form1"]["number"])
    guards = {one["guard"] for one in log.send().json()["acts"][-1]["reasons"]}
    assert guards >= {"notice_matches", "samplers_as_drawn"}


def test_what_is_never_shown_is_voided(world: World, dossier: Dossier, tablet: Tablet) -> None:
    (visit,) = tablet.visits()
    facts = {"cause": "closed", "verified": ["records", "workshop", "warehouse"]}
    world.act(world.matter(dossier, "sampling").record_not_sampled, by="sampler", on=TODAY, **facts)
    assert VoidedNumber.objects.get().number == visit["form1"]["number"]
    assert VoidedNumber.objects.get().reason == "未出示"
    assert prepared.in_force(dossier, 1) is None


def test_what_was_prepared_for_a_cancelled_task_is_voided(world: World, dossier: Dossier, tablet: Tablet) -> None:
    (visit,) = tablet.visits()
    task = Task.objects.get(dossier=dossier.parent)
    world.act(task.cancel, by="province", on=TODAY, reason="计划调整")
    assert (VoidedNumber.objects.get().number, VoidedNumber.objects.get().reason) == (
        visit["form1"]["number"],
        "任务已取消",
    )


def test_many_notices_are_prepared_request_by_request(world: World, tablet: Tablet) -> None:
    targets = [
        world.target(f"SD2024-{number:03d}", ("P", "sampled_producer", "cable"), product_model=f"M{number}")
        for number in range(1, 9)
    ]
    world.task(TODAY - timedelta(days=1), *targets)
    first = tablet.call("GET", "/day")
    assert (_kind(first), first.headers["Retry-After"]) == ((409, "being-prepared"), "1")
    assert not DayPackage.objects.exists()
    drawn = [one for one in tablet.visits() if one["form1"]]
    assert PreparedPaper.objects.count() == len(drawn) > 0


def _asked(**said: Any) -> dict[str, Any]:
    return {"id": ID, "county": "370112", "count": 10} | said


def test_numbers_of_a_county_are_a_block_of_the_tablet(tablet: Tablet, dossier: Dossier) -> None:
    first = tablet.call("POST", "/blocks", _asked(), proven=True).json()
    again = tablet.call("POST", "/blocks", _asked(), proven=True).json()
    assert first == again
    assert first["numbers"][0].startswith("SC24370112SB010001")
    assert len(set(first["numbers"])) == 10
    block = NumberBlock.objects.get(holder__startswith="device:")
    assert (block.place, block.last - block.first + 1) == ("370112", 10)
    other = tablet.call("POST", "/blocks", _asked(id=ID[:-1] + "2", county="370102"), proven=True).json()
    assert other["numbers"][0].startswith("SC24370102SB010011")
    for said in ({"count": 11}, {"county": "370102"}):
        assert _kind(tablet.call("POST", "/blocks", _asked(**said), proven=True)) == (409, "other-block")


@pytest.mark.parametrize("said", [{"count": 201}, {"count": 0}, {"county": "999999"}, {"id": "x"}])
def test_a_block_has_its_form(tablet: Tablet, said: dict[str, Any]) -> None:
    assert _kind(tablet.call("POST", "/blocks", _asked(**said), proven=True)) == (400, "invalid")


def test_a_block_is_signed_for(tablet: Tablet) -> None:
    assert _kind(tablet.call("POST", "/blocks", _asked())) == (403, "proof-wrong")


def test_a_sheet_has_its_number_from_the_block_of_its_county(tablet: Tablet, dossier: Dossier) -> None:
    (visit,) = tablet.visits()
    number = tablet.call("POST", "/blocks", _asked(), proven=True).json()["numbers"][3]
    log = Log(tablet, NUMBER, [one["post"] for one in visit["samplers"]])
    log.notice()
    log.precheck()
    log.sheet(sheet_number=number)
    assert log.send().json()["acts"][-1]["outcome"] == "done"
    assert Paper.objects.get(dossier=dossier, form=4).number == number


def test_a_number_of_nobody_is_parked(tablet: Tablet, dossier: Dossier) -> None:
    (visit,) = tablet.visits()
    log = Log(tablet, NUMBER, [one["post"] for one in visit["samplers"]])
    log.notice()
    log.precheck()
    log.sheet(sheet_number="SC24370112SB019999X")
    act = log.send().json()["acts"][-1]
    assert (act["outcome"], act["reasons"][0]["guard"]) == ("parked", "bad-facts")
    assert "sheet_number" in act["reasons"][0]["says"]


def test_what_was_sampled_within_six_months_is_in_the_index(world: World, dossier: Dossier, tablet: Tablet) -> None:
    world.sampled("SD2024-090", date(2024, 3, 4))
    world.sampled("SD2024-091", date(2023, 11, 1), product_model="old")
    (visit,) = [one for one in tablet.visits() if one["visit"] == NUMBER]
    index = tablet.part("bar/0")
    assert bar_index.look_up(index, visit["bar"]) == bar_index.Hit(date(2024, 3, 4), samr=False)
    answer = tablet.call("GET", f"/bar?key={_quoted(visit['bar'])}").json()
    assert answer["hit"] == {"day": "2024-03-04", "samr": False}
    other = bar_index.key("91370112MA3C0T1A04", "x", "y", "z")
    assert tablet.call("GET", f"/bar?key={_quoted(other)}").json()["hit"] is None
    assert _kind(tablet.call("GET", "/bar?key=x")) == (400, "invalid")


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def test_one_tablet_leads_a_visit(world: World, dossier: Dossier, tablet: Tablet) -> None:
    other = tablet_of(world, "sampler", "lina", secret=12)
    path = f"/visits/{NUMBER}/lease"
    first = tablet.call("POST", path, {"do": "take"}, proven=True)
    assert first.json() == {"held": True, "log": None, "head": None, "seq": 0}
    assert tablet.call("POST", path, {"do": "take"}, proven=True).status_code == 200
    assert _kind(other.call("POST", path, {"do": "take"}, proven=True)) == (409, "held-by-another")
    log = Log(tablet, NUMBER, [world.posts["sampler"].pk, world.posts["lina"].pk])
    log.notice()
    log.send()
    assert tablet.call("POST", path, {"do": "release"}, proven=True).json()["held"] is False
    taken = other.call("POST", path, {"do": "take"}, proven=True).json()
    assert (taken["log"], taken["head"], taken["seq"]) == (log.package, log.acts[-1]["hash"], 3)
    log.precheck()
    for content in log.files.values():
        other.send(content)
    assert log.put(log.batch(), tablet=other).json()["acts"][-1]["outcome"] == "done"
    stranger = tablet_of(world, "hetao", secret=13)
    assert _kind(stranger.call("POST", path, {"do": "take"}, proven=True)) == (404, "not-found")


def test_old_packages_are_forgotten(tablet: Tablet, dossier: Dossier) -> None:
    tablet.day()
    assert packages.forget_old(clock.later(clock.now(), 41 * 24 * 3600)) == PackagePart.objects.count() + 7
    assert not DayPackage.objects.exists()
