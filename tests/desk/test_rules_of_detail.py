"""Rules of detail and results on the screens (Articles 9, 29, 31)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spotcheck.docket import clock
from spotcheck.docket.models import Entry, Evidence, Record
from spotcheck.inspection.models import ItemResult
from spotcheck.planning import detail_rules
from spotcheck.planning.models import DetailRule, Task
from tests.files.good import photograph
from tests.inspection.conftest import DAY, HEAD, TESTED, bench, item  # noqa: F401 -- a world
from tests.registers.test_imports import LINES, workbook

pytestmark = pytest.mark.usefixtures("media")

GOOD = {"value-1": "7.40", "value-2": "0.85", "value-3": "未检出", "lod-3": "0.005", "value-4": "完整", "verdict-4": "pass",
        "value-5": "3.9"}  # fmt: skip


@pytest.fixture
def of(bench):  # noqa: F811 -- the world
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(bench.world.posts[name].user)
        return client

    with clock.simulated(TESTED):
        yield signed_in


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def results(bench):  # noqa: F811 -- the world
    return f"/dossiers/{bench.dossier.number}/results/"


def test_a_table_is_filled_in_and_only_what_changed_is_recorded(bench, of):  # noqa: F811
    lab = of("lab")
    assert "登记检验结果" in words(lab.get(f"/dossiers/{bench.dossier.number}/"))
    assert lab.post(results(bench), GOOD | {"tested_on": "2025-03-09"}).status_code == 302
    assert {row.number: row.verdict for row in ItemResult.objects.all()} == {
        "1": "pass", "2": "pass", "3": "pass", "4": "pass", "5": "",
    }  # fmt: skip
    assert ItemResult.objects.get(number="1").reported["tested_on"] == "2025-03-09"
    entries = Entry.objects.count()
    assert lab.post(results(bench), GOOD | {"value-1": "7.39", "reason-1": "抄录有误"}).status_code == 302
    assert (Entry.objects.count(), ItemResult.objects.count()) == (entries + 1, 6)
    shown = words(lab.get(f"/dossiers/{bench.dossier.number}/?tab=items"))
    assert "7.39" in shown
    assert "抄录有误" in shown


def test_what_the_label_declares_is_recorded_with_its_photograph(bench, of):  # noqa: F811
    lab, sent = of("lab"), {"what": "declare", "number": "1", "limit": "≤7.00"}
    assert "没有附上标明明示要求" in words(lab.post(results(bench), sent))
    assert lab.post(results(bench), sent | {"limit": "大约7"}).status_code == 422
    weaker = sent | {"limit": "≤8.00", "no_file_reason": "标签已随样品封存"}
    assert "低于强制性标准" in words(lab.post(results(bench), weaker))
    picture = SimpleUploadedFile("标签.jpg", photograph())
    assert lab.post(results(bench), sent | {"files": picture}).status_code == 302
    assert [row.kind for row in Evidence.objects.filter(entry__act="results.record")] == ["photo"]
    assert "≤7.00" in words(lab.get(results(bench)))
    lab.post(results(bench), {"value-1": "7.20"})
    assert ItemResult.objects.get(number="1").verdict == "fail"
    assert "登记明示要求" not in words(lab.get(results(bench)))


def test_a_value_is_judged_while_it_is_typed_and_nothing_is_written(bench, of):  # noqa: F811
    answer = of("lab").post(results(bench), {"what": "judge", "value-1": "7.92", "value-2": "0,8"})
    assert answer.status_code == 200
    assert "高于上限" in words(answer)
    assert "不属于数值" in words(answer)
    assert ItemResult.objects.count() == 0


def test_what_is_refused_is_said_and_what_was_typed_stays(bench, of):  # noqa: F811
    lab = of("lab")
    answer = lab.post(results(bench), {"value-1": "7.92", "verdict-1": "pass"})
    assert answer.status_code == 409
    assert "判定与按限值计算的结果不一致" in words(answer)
    assert 'value="7.92"' in answer.content.decode()
    wrong = lab.post(results(bench), {"value-1": "7.40", "value-4": "完整"})
    assert wrong.status_code == 422
    assert "需要写明合格或者不合格" in words(wrong)
    approved = {"verdict-1": "pass", "reason-1": "经复核仪器并重新测定后判定合格", "approved_by-1": "0001"}
    assert lab.post(results(bench), {"value-1": "7.92"} | approved).status_code == 302
    seen = words(of("province").get(f"/dossiers/{bench.dossier.number}/?tab=items"))
    assert "判定与计算不一致" in seen
    assert "赵一鸣" in seen
    assert "不一致" in words(of("province").get("/"))


def test_nobody_but_province_and_laboratory_sees_results_before_the_report(bench, of):  # noqa: F811
    of("lab").post(results(bench), GOOD)
    for name in ("sampler", "county"):
        shown = words(of(name).get(f"/dossiers/{bench.dossier.number}/?tab=items"))
        assert "≤7.41" in shown
        assert "7.40" not in shown
    assert "7.40" not in words(of("county").get(f"/dossiers/{bench.dossier.number}/?tab=entries"))


def test_a_version_is_imported_published_compared_and_withdrawn(bench, of):  # noqa: F811
    province = of("province")
    bad = SimpleUploadedFile("细则.xlsx", workbook([["1", "铅", "安全", "", "大约90", "", "", "", ""]]))
    looked = province.post("/imports/detail_rules/", {"file": bad})["Location"]
    assert "E7" in words(province.get(looked))
    assert province.post(looked).status_code == 422
    good = SimpleUploadedFile("细则.xlsx", workbook(LINES))
    looked = province.post("/imports/detail_rules/", {"file": good})["Location"]
    here = province.post(looked)["Location"]
    rule = DetailRule.objects.get(name="玩具实施细则")
    assert here == f"/rules/{rule.pk}/"
    assert of("lab").get(here).status_code == 404, "a draft is the province's"
    assert of("lab").post(here, {"what": "publish"}).status_code == 404
    province.post(here, {"what": "publish"})
    assert "已发布" in words(of("lab").get(here))
    assert of("lab").post(here, {"what": "withdraw"}).status_code == 403
    province.post(here, {"what": "publish"})
    assert Record.objects.filter(kind="rule.publish", subject_id=str(rule.pk)).count() == 1
    province.post(here, {"what": "withdraw"})
    assert "已撤下" in words(province.get("/rules/?kind=玩具"))
    assert "已撤下" in words(province.get("/rules/?kind=玩\u200b具 "))
    newer = detail_rules.add(HEAD | {"version": "2025年第2版"}, [item("1", "20℃导体电阻", "≤7.00", unit="Ω/km")])
    beside = words(province.get(f"/rules/{newer.pk}/?beside={bench.rule.pk}"))
    assert "有变化" in beside
    assert "只在另一版本" in beside


def test_a_task_chooses_its_rule_once_and_is_told_why_not_later(bench, of):  # noqa: F811
    province, task = of("province"), bench.dossier.parent
    here = f"/dossiers/{task.number}/rule/"
    assert "不再更换" in words(province.get(here))
    refused = province.post(here, {"rule": str(bench.rule.pk)})
    assert refused.status_code == 409
    assert "另立任务" in words(refused)
    other = bench.world.task(DAY, bench.world.target("JC2025009-01", ("P", "sampled_producer", "cable")))
    Task.objects.filter(pk=other.pk).update(full_record=True)
    page = f"/dossiers/{other.dossier.number}/"
    assert "选定实施细则" in words(province.get(page))
    act = f"{page}acts/task/{other.pk}/choose_rule/"
    assert province.get(act)["Location"] == f"{page}rule/"
    assert province.post(f"{page}rule/", {"rule": "x"}).status_code == 409
    assert province.post(f"{page}rule/", {"rule": str(bench.rule.pk)}).status_code == 302
    assert bench.rule.version in words(province.get(page))


@pytest.mark.parametrize(
    "address", ["/rules/", "/rules/{rule}/", "/imports/detail_rules/", "/dossiers/{number}/results/"]
)
def test_english_pages_are_english(bench, of, address):  # noqa: F811
    client = of("lab" if "results" in address else "province")
    answer = client.get(
        address.format(rule=bench.rule.pk, number=bench.dossier.number), headers={"accept-language": "en"}
    )
    assert answer.status_code == 200
    assert "实测值" not in words(answer)
    assert "产品种类" not in words(answer).replace("产品种类", "", 0) or "Kind" in words(answer)
