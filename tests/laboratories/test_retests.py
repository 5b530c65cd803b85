"""Retest (39 to 41) and test of a recheck (47) through the door: exactly the commissioned items, and nothing else told."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from spotcheck.docket.models import Entry, Evidence
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.inspection.models import ItemResult
from spotcheck.notices.models import Paper
from spotcheck.objections.offers import results_wanted
from spotcheck.planning.models import Task
from spotcheck.sampling.tables import Film
from tests.api.conftest import TODAY, Program, program_of
from tests.laboratories import later
from tests.laboratories.conftest import CODE, Bench
from tests.laboratories.later import FAILED, RECHECK_KEY, RETEST_KEY, SECOND

BY = {"by": SECOND, "on": TODAY.isoformat()}
FILM = {
    "sha256": "0f" * 32,
    "size": 734003200,
    "kept_by": "国家电线电缆质量检验检测中心 档案室",
    "started_at": "2024-06-05T09:00:00+08:00",
    "ended_at": "2024-06-05T09:25:00+08:00",
}
OWN = {"number": "1", "value": "7.39", "unit": "Ω/km"}


@dataclass
class Second:
    """The program of the laboratory that tests after the first one."""

    bench: Bench
    lims: Program
    root: str

    def get(self, last: str = "") -> Any:
        return self.lims.get(self.root + (f"/{last}" if last else ""))

    def post(self, last: str, body: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.lims.post(f"{self.root}/{last}", BY | (body or {}), **headers)

    def put(self, *results: dict[str, Any], **headers: str) -> Any:
        tag = self.get("results").headers["ETag"]
        return self.lims.put(f"{self.root}/results", BY | {"results": list(results)}, **({"If-Match": tag} | headers))

    def pdf(self) -> str:
        return Bench(self.bench.world, self.bench.dossier, self.lims).pdf("复检报告.pdf")


@pytest.fixture
def retest(bench: Bench) -> Second:
    """A retest of one failed item that was commissioned; the program is that of the retest laboratory."""
    later.taken_over(bench.world, bench.dossier, TODAY)
    later.reported(bench.world, bench.dossier, TODAY)
    later.commissioned(bench.world, bench.dossier, TODAY)
    return Second(bench, program_of(bench.world, "retest_lab"), f"/retests/{RETEST_KEY}")


@pytest.fixture
def recheck(bench: Bench) -> Second:
    """The test of a recheck that was commissioned."""
    later.taken_over(bench.world, bench.dossier, TODAY)
    later.reported(bench.world, bench.dossier, TODAY)
    bench.world.told(bench.dossier, "P", TODAY, TODAY)
    later.rechecked(bench.world, bench.dossier, TODAY)
    return Second(bench, program_of(bench.world, "retest_lab"), f"/rechecks/{RECHECK_KEY}")


def test_a_retest_is_told_what_its_bench_needs(retest: Second) -> None:
    (line,) = retest.lims.get("/retests").json()["retests"]
    assert (line["id"], line["code"], line["state"]) == (RETEST_KEY, CODE, "commissioned")
    said = retest.get().json()
    assert said["names"] == [FAILED]
    assert [(item["number"], item["name"], item["result"]) for item in said["items"]] == [("1", FAILED, None)]
    assert said["items"][0]["limit"]["high"] == "7.41"
    paper = Paper.objects.get(dossier=retest.bench.dossier, form=9)
    assert (said["paper"]["form"], said["paper"]["number"]) == (9, paper.number)
    assert (said["reserve"]["code"], said["reserve"]["state"]) == (f"{CODE}-R", "in_custody")
    assert [act["act"] for act in said["next_acts"]] == ["retest.hand_over_sample"]
    assert said["next_acts"][0]["href"] == f"/api/v1/retests/{RETEST_KEY}/hand-over"
    text = retest.get().content.decode()
    for word in ("7.92", "泰山红电缆有限公司", "历城", "J-77001", "王强", "fail"):
        assert word not in text


def _items(retest: Second, name: str) -> str:
    """The items of the sample on the page of somebody."""
    client = Client()
    client.force_login(retest.bench.world.posts[name].user)
    answer = client.get(f"/dossiers/{CODE}/?tab=items")
    assert answer.status_code == 200
    return str(answer.content.decode()).partition('id="tab"')[2]


def test_the_desk_shows_a_retest_to_who_may_see_it_and_the_first_test_to_nobody_who_tests_again(retest: Second) -> None:
    """The retest laboratory sees its own values alone, the province both, a county the retest once it is reported."""
    assert retest.post("hand-over", {"film": FILM}).status_code == 201
    assert retest.post("start").status_code == 201
    assert retest.put(OWN).status_code == 200
    own, province, first, county = (_items(retest, name) for name in ("retest_lab", "province", "lab", "county"))
    assert "7.39" in own
    assert "复检结果" in own
    for word in ("7.92", "报告中的项目", "不合格"):
        assert word not in own, word
    assert "7.39" in province
    assert "7.92" in province
    for shown in (first, county):
        assert "7.92" in shown
        assert "7.39" not in shown
    assert retest.post("report", {"number": "R-2024-9", "report": retest.pdf()}).status_code == 201
    assert "复检结果" in _items(retest, "county")


def test_a_retest_from_the_hand_over_to_its_report(retest: Second) -> None:
    bare = retest.post("hand-over", {"film": {}})
    assert bare.json()["reasons"][0]["guard"] == "filmed"
    handed = retest.post("hand-over", {"film": FILM})
    assert handed.status_code == 201, handed.content
    assert handed.json()["states"] == {"retest.1": "sample_handed_over"}
    assert retest.post("start").status_code == 201
    assert [act["act"] for act in retest.get().json()["next_acts"]] == ["retest.report", "results.record"]
    other = retest.put(OWN, {"number": "2", "value": "0.9", "unit": "mm"})
    assert (other.status_code, other.json()["reasons"][0]["guard"]) == (409, "item_not_commissioned")
    assert "2 " in other.json()["detail"]
    assert retest.put({"number": "99", "value": "1"}).status_code == 400
    blind = retest.lims.put(f"{retest.root}/results", BY | {"results": [OWN]})
    assert (blind.status_code, blind.json()["type"]) == (428, "/problems/match-missing")
    early = retest.post("report", {"number": "R-2024-9", "report": retest.pdf()})
    assert "results_given" in [reason["guard"] for reason in early.json()["reasons"]]
    assert retest.put(OWN).status_code == 200
    said = retest.get("results").json()
    assert (said["missing"], said["items"][0]["result"]["verdict"]) == ([], "pass")
    answer = retest.post("report", {"number": "R-2024-9", "report": retest.pdf()})
    assert answer.status_code == 201, answer.content
    entry = Entry.objects.get(dossier=retest.bench.dossier, act="retest.report")
    assert [(row["name"], row["value"], row["result"]) for row in entry.facts["items"]] == [(FAILED, "7.39", "pass")]
    assert Evidence.objects.get(entry=entry).about["number"] == "R-2024-9"
    phases = ItemResult.objects.filter(number="1").order_by("pk").values_list("phase", "label", "shown", "revision")
    assert list(phases) == [("first", "", "7.92", 1), ("retest", "1", "7.39", 1)]
    assert retest.get().json()["state"] == "reported"


def test_where_the_record_is_full_the_film_and_both_sides_stand_with_it(retest: Second) -> None:
    Task.objects.filter(dossier=retest.bench.dossier.parent).update(full_record=True)
    body = {
        "seal_state": "intact",
        "seal_number": "2024060502",
        "giver": "张伟",
        "witnesses": "陈明（申请人）",
        "film": FILM,
    }
    assert retest.post("hand-over", body).status_code == 201
    facts = Entry.objects.get(dossier=retest.bench.dossier, act="retest.hand_over_sample").facts
    assert (facts["receiver"], facts["giver"], facts["witnesses"]) == ("刘洋", "张伟", "陈明（申请人）")
    film = Film.objects.get(dossier=retest.bench.dossier)
    assert (film.sha256, film.size, film.kept_by) == (FILM["sha256"], FILM["size"], FILM["kept_by"])
    unknown = retest.post("hand-over", body | {"receiver": "R9999"})
    assert unknown.json()["type"] == "/problems/person-unknown"


def test_what_is_reported_is_what_was_recorded(retest: Second) -> None:
    """Also at the desk, whose form has the recorded results in it."""
    retest.post("hand-over", {"film": FILM})
    retest.post("start")
    retest.put(OWN)
    matter: Any = retest.bench.world.matter(retest.bench.dossier, "retest")
    filled = results_wanted(matter, retest.bench.world.actor("retest_lab"))
    assert [(row["name"], row["result"]) for row in filled["items"]] == [(FAILED, "pass")]
    stated = [{"name": FAILED, "result": "fail"}]
    with pytest.raises(ActNotPermitted) as refused:
        retest.bench.world.act(matter.report, by="retest_lab", on=TODAY, items=stated)
    assert [reason.guard for reason in refused.value.reasons] == ["items_of_record"]


def test_a_retest_is_that_of_the_body_commissioned_last(retest: Second) -> None:
    """Who was replaced finds nothing any more, and who comes after reads none of its results."""
    world, dossier = retest.bench.world, retest.bench.dossier
    retest.post("hand-over", {"film": FILM})
    retest.post("start")
    retest.put(OWN)
    later.another_laboratory(world)
    how = {"reason": "设备故障，不能按时完成", "time": True, "lab": "retest_lab", "retest_lab": "LAB03"}
    world.act(world.matter(dossier, "retest").recommission, by="province", on=TODAY, **how)
    assert retest.lims.get("/retests").json()["retests"] == []
    assert retest.get().status_code == 404
    third = program_of(world, "third_lab")
    said = third.get(f"/retests/{RETEST_KEY}").json()
    assert (said["state"], [item["result"] for item in said["items"]]) == ("commissioned", [None])
    assert "7.39" not in third.get(f"/retests/{RETEST_KEY}").content.decode()
    other = {"by": "T3001", "on": TODAY.isoformat()}
    third.post(f"/retests/{RETEST_KEY}/hand-over", other | {"film": FILM})
    third.post(f"/retests/{RETEST_KEY}/start", other)
    tag = third.get(f"/retests/{RETEST_KEY}/results").headers["ETag"]
    own = other | {"results": [OWN | {"value": "7.41"}]}
    answer = third.put(f"/retests/{RETEST_KEY}/results", own, **{"If-Match": tag})
    assert answer.status_code == 200, answer.content
    revisions = ItemResult.objects.filter(phase="retest").order_by("pk").values_list("shown", "revision")
    assert list(revisions) == [("7.39", 1), ("7.41", 2)]
    (item,) = third.get(f"/retests/{RETEST_KEY}/results").json()["items"]
    assert item["result"]["value"] == "7.41"


def test_of_a_retest_nobody_else_is_told(retest: Second) -> None:
    first = retest.bench.lims
    assert first.get("/retests").json()["retests"] == []
    same = {"X-Request-Id": "the-same-request"}
    foreign, unknown = (first.get(f"/retests/{key}", **same) for key in (RETEST_KEY, "SD2024-999.1"))
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert first.post(f"/retests/{RETEST_KEY}/start", BY | {"by": "J1001"}).status_code == 404
    assert retest.lims.get(f"/cases/{CODE}").status_code == 404


def test_the_test_of_a_recheck(recheck: Second) -> None:
    """Form 12 with its firm, the failed items with their limits, and no value of the first test (47)."""
    (line,) = recheck.lims.get("/rechecks").json()["rechecks"]
    assert (line["id"], line["state"]) == (RECHECK_KEY, "test_commissioned")
    said = recheck.get().json()
    assert (said["names"], said["paper"]["form"]) == ([FAILED], 12)
    assert said["party"]["name"] == "山东泰山红电缆有限公司"
    assert [item["number"] for item in said["items"]] == ["1"]
    for word in ("7.92", "J-77001", '"fail"', "王强"):
        assert word not in recheck.get().content.decode()
    other = recheck.put({"number": "3", "present": False, "lod": "0.01", "unit": "mg/kg"})
    assert other.json()["reasons"][0]["guard"] == "item_not_commissioned"
    assert recheck.put(OWN).status_code == 200
    body = {"number": "R-2024-10", "report": recheck.pdf()}
    wrong = recheck.post("report", body | {"conclusion": "nonconforming"})
    assert wrong.json()["reasons"][0]["guard"] == "items_of_record"
    answer = recheck.post("report", body | {"conclusion": "conforming"})
    assert answer.status_code == 201, answer.content
    assert answer.json()["states"] == {"recheck.P#1": "tested"}
    entry = Entry.objects.get(dossier=recheck.bench.dossier, act="recheck.test_done")
    assert (entry.facts["report_number"], entry.facts["conclusion"]) == ("R-2024-10", "conforming")
    assert ItemResult.objects.get(phase="recheck").label == "P#1"
