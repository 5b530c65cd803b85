"""Samples tested by a rule of detail, item by item, with everything a full record has (18, 26 to 31, 36 to 41).

What the laboratory's program was refused came through its door like everything that a program sends.
"""

from collections.abc import Mapping
from typing import Any, Final

from spotcheck.demo.file import File
from spotcheck.demo.laboratory import (
    ANALYST,
    SIGNATORY,
    TESTER,
    Program,
    found,
    handed_in,
    paper,
    picture,
    publish_rule,
)
from spotcheck.demo.stories.parts import lag
from spotcheck.demo.timeline import Story
from spotcheck.docket.evidence import Attached
from spotcheck.inspection.models import Inspection
from spotcheck.inspection.results import lines_of, reported
from spotcheck.notices.particulars import state
from spotcheck.parties.models import PROVINCE_CODE
from spotcheck.planning.models import Task

CARRIER: Final = "海雀快运（演示）"
FILM: Final = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
RESISTANCE: Final = "20℃导体电阻"
_TOO_HIGH: Final = {"4": {"value": "7.92"}}
_WORDS_OF_UNITS: Final = {"T": "test", "R": "reserve"}


def choose_rule(file: File) -> None:
    """The province publishes its rule of detail, and the samples of the task are tested by it (Article 9)."""
    rule = publish_rule(on=file.today, by=file.world.cast.posts[PROVINCE_CODE][0])
    file.do("task.choose_rule", rule=rule.pk)
    assert Task.objects.get(dossier=file.dossier).detail_rule_id == rule.pk


def seal_of(file: File, label: str) -> str:
    """The number of the seal that a unit got."""
    return f"YS{lag(file, 100000, 899999, 'seal')}{1 if label == 'T' else 2}"


# What all of them share


def _sampled(file: File) -> None:
    """Sampled and sealed, and given to a carrier (Articles 12 to 18)."""
    file.do("sampling.present_notice")
    file.do("sampling.pass_precheck")
    visit = file.matter("sampling", "complete_sampling", "", "")
    seals = {f"sampling.{word}_seal": f"封条完好，NO.{seal_of(file, label)}" for label, word in _WORDS_OF_UNITS.items()}
    state(visit, visit.spec_of("complete_sampling"), seals, by=file.actor("sampler", visit, "complete_sampling"))
    file.do("sampling.complete_sampling")
    for label in _WORDS_OF_UNITS:
        way: dict[str, Any] = {"carrier": CARRIER, "waybill": f"HQ{lag(file, 10**8, 9 * 10**8, f'way {label}')}"}
        file.do("sample.dispatch", label=label, by="sampling_body", **way)


def _received(file: File, label: str, **otherwise: str) -> None:
    """A unit is taken over from the carrier with its seal (Article 27)."""
    seen: dict[str, Any] = {
        "seal_state": "intact",
        "seal_number": seal_of(file, label),
        "condition": "外包装干燥、无破损",
    }
    file.do("sample.receive", label=label, **seen | otherwise)


def _tested_from(file: File) -> None:
    """The producer's licence is verified, and the unit goes to who tests (Articles 27 to 29)."""
    file.do("inspection.receive_sample")
    file.do("inspection.clear_qualification")
    file.do("sample.issue", label="T")
    file.do("inspection.start_testing")


def _recorded(file: File, results: list[dict[str, Any]]) -> None:
    tested = {"tested_by": TESTER, "tested_on": file.today.isoformat()}
    file.do("inspection.record_results", results=[tested | one for one in results])


def _completed(file: File) -> None:
    file.do("sample.record_tested", label="T")
    file.do("sample.retain", label="T", kept_at="样品库 3 号架")
    file.do("inspection.complete")


def _report(file: File, conclusion: str) -> None:
    """The report is signed and sent in, with its file, and where it is bad with the analysis (Article 31)."""
    number = f"JB-{file.dossier.number}"
    files = _paper_of(file, "report", "检验报告", number, conclusion)
    bad = conclusion == "nonconforming"
    if bad:
        files += paper("analysis", "不合格项目质量分析报告", [("报告编号", number), ("不合格项目", RESISTANCE)])
    file.do(
        "inspection.issue_report",
        conclusion=conclusion,
        report_number=number,
        analysis=bad or None,
        items=[],
        evidence=files,
    )


def _paper_of(file: File, kind: str, title: str, number: str, conclusion: str) -> list[Attached]:
    sample = file.dossier.sample_file
    rows = reported(lines_of(Inspection.objects.get(dossier=file.dossier)))
    shown = {"pass": "合格", "fail": "不合格"}
    about = [
        ("报告编号", number),
        ("样品编号", file.dossier.number),
        ("样品名称", f"{sample.product_name} {sample.product_model}"),
        ("检验结论", "不合格" if conclusion == "nonconforming" else "合格"),
    ]
    items = [(row["name"], f"{row['limit']} {row['unit']}", row["value"], shown[row["result"]]) for row in rows]
    return paper(kind, title, about, [("检验项目", "限值", "实测值", "单项判定"), *items])


def _refused(method: str, path: str, body: Mapping[str, Any], **headers: str) -> None:
    """The laboratory's program is refused something, and a person reads why."""
    status = Program.of_the_laboratory().ask(method, path, body, **headers)
    assert status >= 400, (path, status)


# The stories


def seal_broken(file: File) -> Story:
    """The seal of the test unit is torn: it is not taken over, and province and sampling body are told (18, 27)."""
    yield file.ago(3)
    _sampled(file)
    yield file.ago(1)
    _received(file, "R")
    what = "封条左侧撕开约三厘米，封条编号可辨；外包装该侧受压变形。"
    file.do(
        "sample.refuse_unit", label="T", reason="broken_seal", seal_number=seal_of(file, "T"), explanation=what,
        evidence=picture(),
    )  # fmt: skip


def at_the_bench(file: File) -> Story:
    """Half of the items have their results; one was corrected, and one more is sought in vain (Article 29)."""
    yield file.ago(12)
    _sampled(file)
    yield file.ago(10)
    for label in _WORDS_OF_UNITS:
        _received(file, label)
    yield file.ago(8)
    _tested_from(file)
    yield file.ago(5)
    first = [one for one in found({"2": {"value": "0.68"}}) if one["number"] in "124"]
    _recorded(file, first)
    yield file.ago(4)
    reason = "原始记录第3页读数误抄，经复核更正"
    _recorded(file, [one | {"reason": reason} for one in found() if one["number"] == "2"])
    yield file.ago(1)
    body = {"by": ANALYST, "on": file.today.isoformat()}
    key = {"Idempotency-Key": f"demo-{file.dossier.number}-completion"}
    _refused("POST", f"/cases/{file.dossier.number}/completion", body, **key)


def gap_in_the_custody(file: File) -> Story:
    """The unit was on its way for nine days, and nobody says why: no report until the province accepts it (18, 27)."""
    yield file.ago(34)
    _sampled(file)
    yield file.ago(25)
    for label in _WORDS_OF_UNITS:
        _received(file, label)
    yield file.ago(22)
    _tested_from(file)
    yield file.ago(6)
    _recorded(file, found())
    _completed(file)
    yield file.ago(2)
    number = f"JB-{file.dossier.number}"
    body = {"by": SIGNATORY, "on": file.today.isoformat(), "number": number, "conclusion": "conforming"}
    body |= {"report": handed_in(_paper_of(file, "report", "检验报告", number, "conforming"))}
    key = {"Idempotency-Key": f"demo-{file.dossier.number}-report"}
    _refused("POST", f"/cases/{file.dossier.number}/report", body, **key)


def verdict_differs(file: File) -> Story:
    """The laboratory answers for a verdict that is not the computed one; its gap was accepted (Articles 18, 27, 31)."""
    yield file.ago(40)
    _sampled(file)
    yield file.ago(31)
    for label in _WORDS_OF_UNITS:
        _received(file, label)
    yield file.ago(30)
    why = "承运单位书面证明：暴雨停运五日，样品一直存放于其恒温仓库，运单可查。"
    file.do("sample.accept_gap", label="T", fault="too_long.3", reason=why, by="province")
    yield file.ago(28)
    _tested_from(file)
    yield file.ago(12)
    own = {"value": "12.44", "verdict": "fail", "approved_by": SIGNATORY}
    own |= {"reason": "五个试样中有两个在标距外断裂，按方法标准重做后仍低于限值，判为不合格"}
    _recorded(file, found({"6": own}))
    _completed(file)
    yield file.ago(10)
    _report(file, "nonconforming")
    yield file.ago(8)
    file.do("result_notice.send", "P", by="province")


def dangerous(file: File) -> Story:
    """An item that failed shows a danger by itself: it was reported at once, with its report (Article 30)."""
    yield file.ago(20)
    _sampled(file)
    yield file.ago(18)
    for label in _WORDS_OF_UNITS:
        _received(file, label)
    yield file.ago(16)
    _tested_from(file)
    yield file.ago(2)
    _recorded(file, [one for one in found({"5": {"present": True}}) if one["number"] in "1235"])
    rows = reported(lines_of(Inspection.objects.get(dossier=file.dossier)))
    failed = [row for row in rows if row["result"] == "fail"]
    about = [("样品编号", file.dossier.number), ("不合格项目", failed[0]["name"])]
    files = paper("partial_report", "不合格项目检验报告", about)
    file.do("inspection.report_serious", items=failed, danger=True, evidence=files)


def retested(file: File) -> Story:
    """Objected to, verified in writing, and tested again by another laboratory, whose report is to come (36 to 41)."""
    yield file.ago(60)
    _sampled(file)
    yield file.ago(58)
    for label in _WORDS_OF_UNITS:
        _received(file, label)
    yield file.ago(55)
    _tested_from(file)
    yield file.ago(44)
    _recorded(file, found(_TOO_HIGH))
    _completed(file)
    yield file.ago(42)
    _report(file, "nonconforming")
    yield file.ago(40)
    file.do("result_notice.send", "P", by="province")
    yield file.ago(36)
    file.do("result_notice.record_receipt", "P", by="province")
    yield file.ago(31)
    file.do("objection.file", "P", items=[RESISTANCE])
    yield file.ago(30)
    file.do("objection.start_verification", label="1")
    yield file.ago(27)
    _verified(
        file, "lab", "upholds", "复核原始记录和仪器校准记录，电桥在校准有效期内，测量不确定度远小于超差，原结论成立。"
    )
    _verified(
        file, "sampling_body", "upholds", "抽样过程全程录像，样品在企业成品库随机抽取并当场封样，抽样程序符合规定。"
    )
    yield file.ago(25)
    file.do("objection.order_retest", label="1")
    yield file.ago(22)
    file.do("objection.record_decision_receipt", label="1")
    yield file.ago(19)
    file.do("retest.complete_formalities", label="1")
    yield file.ago(14)
    file.do("retest.commission", label="1")
    yield file.ago(9)
    shown: dict[str, Any] = {
        "film_sha256": FILM,
        "film_size": 734003200,
        "film_kept_by": "萤火河产品抽样服务中心 档案室",
    }
    file.do("retest.hand_over_sample", label="1", seal_state="intact", seal_number=seal_of(file, "R"), **shown)
    yield file.ago(7)
    file.do("retest.start", label="1")
    yield file.ago(2)
    file.do(
        "retest.record_results",
        label="1",
        by="retest_lab",
        results=[one for one in found({"4": {"value": "7.88"}}) if one["number"] == "4"],
    )


def _verified(file: File, writer: str, position: str, reasons: str) -> None:
    """One of the two writers puts its conclusion on the objection in writing (Article 36)."""
    about = [("样品编号", file.dossier.number), ("理由", reasons)]
    file.do(
        "objection.file_verification", label="1", by=writer, writer=writer, position=position, reasons=reasons,
        evidence=paper("verification", "异议核实结论", about),
    )  # fmt: skip
