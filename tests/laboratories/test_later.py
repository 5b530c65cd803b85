"""What a laboratory is asked for after its report: its conclusion on an objection (36), the summary of a task (34)."""

from datetime import date
from typing import Any

import pytest

from spotcheck.docket.models import Entry, Evidence
from spotcheck.objections.models import Objection, Verification
from spotcheck.planning.facts import HEADS
from spotcheck.planning.models import Task
from tests.api.conftest import TODAY, Program, program_of
from tests.desk.world import World
from tests.laboratories.conftest import BY, CODE, Bench

SAMPLED, REPORTED = date(2024, 5, 6), date(2024, 5, 27)
REASONS = "复核原始记录和仪器校准记录，测量不确定度远小于超差，原结论成立"
HEADLINES = dict.fromkeys(HEADS, "已写明，详见附件")


@pytest.fixture
def disputed(world: World, lims: Program, media: Any) -> Bench:
    """A sample whose result is objected to, and of which the province wants to know what its laboratory concludes."""
    dossier = world.reported(CODE, SAMPLED, REPORTED)
    world.told(dossier, "P", date(2024, 5, 28), date(2024, 5, 30))
    objection: Any = Objection.new(dossier, dossier.parties.get(label="P"))
    world.act(objection.file, by="enterprise", on=date(2024, 6, 3), items=["20℃导体电阻"])
    return Bench(world, dossier, lims)


def wanted(disputed: Bench) -> str:
    """The province has it verified; the id under which a program finds it."""
    disputed.world.act(
        disputed.world.matter(disputed.dossier, "objection").start_verification, by="province", on=date(2024, 6, 4)
    )
    (line,) = disputed.lims.get("/verifications").json()["verifications"]
    return str(line["id"])


def test_an_objection_is_there_once_its_verification_is_wanted(disputed: Bench) -> None:
    """Before, it is none of the laboratory's business; then it reads what is disputed and why, and not by whom."""
    assert disputed.lims.get("/verifications").json() == {"verifications": [], "next": None}
    assert disputed.lims.get(f"/verifications/{CODE}.1/conclusion").status_code == 404
    assert "verifications" not in disputed.lims.get(f"/cases/{CODE}").json()
    key = wanted(disputed)
    (hint,) = disputed.lims.get(f"/cases/{CODE}").json()["verifications"]
    assert hint == {"id": key, "href": f"/api/v1/verifications/{key}/conclusion", "since": "2024-06-04"}
    answer = disputed.lims.get("/verifications")
    (line,) = answer.json()["verifications"]
    assert (key, line["code"], line["grounds"], line["items"]) == (f"{CODE}.1", CODE, "test_result", ["20℃导体电阻"])
    assert (line["since"], line["filed"]) == ("2024-06-04", None)
    for word in ("泰山红电缆", "陈明", "370112", '"P"'):
        assert word not in answer.content.decode()


def test_a_conclusion_is_filed_once_and_replaced_by_who_has_read_it(disputed: Bench) -> None:
    path = f"/verifications/{wanted(disputed)}/conclusion"
    body: Any = lambda **more: BY | {"position": "upholds", "reasons": REASONS, "document": disputed.pdf()} | more  # noqa: E731
    short = disputed.lims.post(path, body(reasons="成立"))
    assert short.json()["reasons"][0]["guard"] == "verification_reasoned"
    first = disputed.lims.post(path, body())
    assert first.status_code == 201, first.content
    assert "verifications" not in disputed.lims.get(f"/cases/{CODE}").json()
    assert disputed.lims.post(path, body()).status_code == 200  # the same once more
    other = body(position="doubts", reasons="复核时发现第三次读数记录有误，重新计算后接近限值，结论存疑")
    again = disputed.lims.post(path, other)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-filed")
    assert disputed.lims.put(path, other).status_code == 428
    tag = disputed.lims.get(path).headers["ETag"]
    assert disputed.lims.put(path, other, **{"If-Match": tag}).status_code == 200
    assert disputed.lims.put(path, body(), **{"If-Match": tag}).status_code == 412
    assert disputed.lims.get(path).json()["filed"]["position"] == "doubts"
    filed = list(Verification.objects.order_by("pk").values_list("writer", "position"))
    assert filed == [("lab", "upholds"), ("lab", "doubts")]
    assert Evidence.objects.filter(kind="verification").count() == 2


def test_of_others_nothing_is_there(disputed: Bench) -> None:
    key = wanted(disputed)
    other = program_of(disputed.world, "retest_lab")
    assert other.get("/verifications").json()["verifications"] == []
    same = {"X-Request-Id": "the-same-request"}
    foreign, unknown = (other.get(f"/verifications/{one}/conclusion", **same) for one in (key, "SD2024-999.1"))
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert disputed.lims.get(f"/verifications/{CODE}.2/conclusion").status_code == 404


# The summary of a task


def _done(world: World) -> Task:
    """A task whose only sample has come to its end."""
    return Task.objects.get(dossier=world.reported(CODE, SAMPLED, REPORTED).parent)


def test_a_summary_has_its_six_heads_and_its_document(world: World, lims: Program, media: Any) -> None:
    task = _done(world)
    bench = Bench(world, task.dossier, lims)
    (line,) = lims.get("/tasks").json()["tasks"]
    assert (line["number"], line["state"], line["summary_wanted"]) == (task.dossier.number, "testing_done", True)
    path = f"/tasks/{line['number']}/summary"
    body = BY | {"heads": HEADLINES, "number": "鲁质检〔2024〕12号", "document": bench.pdf("总结.pdf")}
    five = {name: said for name, said in HEADLINES.items() if name != "guidance"}
    refused = lims.post(path, body | {"heads": five})
    assert (refused.status_code, refused.json()["reasons"][0]["guard"]) == (409, "six_heads")
    assert lims.post(path, body | {"heads": HEADLINES | {"seventh": "x"}}).status_code == 400
    answer = lims.post(path, body)
    assert answer.status_code == 201, answer.content
    assert answer.json()["states"] == {"task": "closed"}
    entry = Entry.objects.get(dossier=task.dossier, act="task.file_summary")
    assert (set(entry.facts["heads"]), entry.facts["document"]) == (set(HEADS), "鲁质检〔2024〕12号")
    assert "监督抽查概况：已写明" in entry.facts["remark"]
    assert lims.get("/tasks").json()["tasks"][0]["summary_wanted"] is False


def test_figures_are_those_of_the_laboratorys_own_reports(world: World, lims: Program) -> None:
    task = _done(world)
    said = lims.get(f"/tasks/{task.dossier.number}/figures").json()
    assert (said["samples"], said["states"]) == (1, {"reported": 1})
    assert (said["conforming"], said["nonconforming"], said["dangers"]) == (0, 1, 0)
    assert {"name": "20℃导体电阻", "kind": "safety", "reported": 1, "failed": 1} in said["items"]


def test_a_summary_waits_for_the_last_sample_and_a_task_of_others_is_not_there(
    world: World, lims: Program, media: Any
) -> None:
    dossier = world.sampled(CODE, TODAY)
    assert dossier.parent is not None
    number, bench = dossier.parent.number, Bench(world, dossier, lims)
    body = BY | {"heads": HEADLINES, "number": "鲁质检〔2024〕12号", "document": bench.pdf()}
    early = lims.post(f"/tasks/{number}/summary", body)
    assert (early.status_code, early.json()["reasons"][0]["guard"]) == (409, "state")
    other = program_of(world, "retest_lab")
    assert other.get("/tasks").json()["tasks"] == []
    assert other.get(f"/tasks/{number}/figures").status_code == 404
    assert other.post(f"/tasks/{number}/summary", body | {"by": "R2001"}).status_code == 404
    assert lims.post(f"/tasks/{number}/summary", body | {"by": "R2001"}).json()["type"] == "/problems/person-unknown"
