"""A laboratory's day through its door, from the receipt to the report, and what each step refuses (26 to 32)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from spotcheck.api.models import KeptAnswer, RefusedRequest
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Entry, Evidence, Message, Record
from spotcheck.files.models import Upload
from spotcheck.inspection.models import Item, ItemResult
from spotcheck.parties.models import StaffNumber
from spotcheck.planning.models import Task
from tests.api.conftest import NUMBER, TODAY, program_of
from tests.desk.world import _post, entitle
from tests.laboratories.conftest import BY, GOOD, Bench

COST_OF_RESULTS, COST_OF_A_REPORT, COST_OF_READING, COST_OF_A_RECEIPT = 7, 23, 7, 19
"""Statements, with the two of the transaction: of results 5 and of reading a sample 5 besides them."""

UNITS = {"units": [{"unit": "T", "seal_state": "intact"}, {"unit": "R", "seal_state": "intact"}]}


def test_the_whole_day(bench: Bench) -> None:
    """Every step says what comes next; at the end the report is issued as it would be at the desk."""
    acts = [act["act"] for act in bench.lims.get(bench.path()).json()["next_acts"]]
    assert "sample.receive" in acts
    bench.completed()
    assert bench.lims.get(bench.path("results")).json()["missing"] == []
    answer = bench.post("report", {"number": "J2024-0001", "conclusion": "conforming", "report": bench.pdf()})
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert said["states"]["inspection"] == "reported"
    entry = Entry.objects.get(dossier=bench.dossier, act="inspection.issue_report")
    assert said["entries"] == [
        {
            "act": "inspection.issue_report",
            "sequence": entry.sequence,
            "on": TODAY.isoformat(),
            "hash": entry.hash,
        }
    ]
    assert entry.user == bench.world.posts["lab"].user
    assert entry.facts["report_number"] == "J2024-0001"
    assert Item.objects.filter(dossier=bench.dossier).count() == 4
    assert Evidence.objects.get(entry=entry).kind == "report"
    assert not Upload.objects.exists()
    assert bench.lims.get(bench.path()).json()["phase"] == "reported"


def test_what_is_sent_again_under_its_key_is_done_once(bench: Bench) -> None:
    key = str(uuid4())
    first = bench.post("receipts", UNITS, **{"Idempotency-Key": key})
    again = bench.post("receipts", UNITS, **{"Idempotency-Key": key})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert Entry.objects.filter(dossier=bench.dossier, act="sample.receive").count() == 2
    other = bench.post("receipts", {"units": UNITS["units"][:1]}, **{"Idempotency-Key": key})
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")


def test_the_same_under_another_key_is_answered_by_what_was_done(bench: Bench) -> None:
    first, again = bench.post("receipts", UNITS), bench.post("receipts", UNITS)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["entries"] == first.json()["entries"]


def test_what_may_be_done_again_and_again_is_no_repetition_of_something_earlier(bench: Bench) -> None:
    """A unit goes from one shelf to another and back, a value is corrected and set right again: each is on record."""
    bench.testing()
    places = ("一号架", "二号架", "一号架")
    moves = [bench.post("custody", {"unit": "T", "kind": "moved", "place": place}) for place in places]
    assert [answer.status_code for answer in moves] == [201, 201, 201]
    assert bench.post("custody", {"unit": "T", "kind": "moved", "place": places[2]}).status_code == 200
    assert Entry.objects.filter(dossier=bench.dossier, act="custody.link").count() == 3
    for value in ("7.40", "7.30", "7.40"):
        said = {"number": "1", "value": value, "unit": "Ω/km", "reason": "复核后更正记录"}
        assert bench.put("results", {"results": [said]}).status_code == 200
    results = ItemResult.objects.filter(dossier=bench.dossier, number="1").order_by("revision")
    assert [result.shown for result in results] == ["7.40", "7.30", "7.40"]


def test_keys_are_those_of_the_office_and_outlive_its_credentials(bench: Bench) -> None:
    key = str(uuid4())
    first = bench.post("receipts", UNITS, **{"Idempotency-Key": key})
    bench.lims = program_of(bench.world, "lab", label="LIMS neu")
    again = bench.post("receipts", UNITS, **{"Idempotency-Key": key})
    assert again.content == first.content


@pytest.mark.parametrize("key", ["", "short", "with a blank in it 123", "x" * 65, "é" * 20])
def test_without_a_key_nothing_is_done(bench: Bench, key: str) -> None:
    headers = {"Authorization": f"Bearer {bench.lims.token}"} | ({"Idempotency-Key": key} if key else {})
    answer = bench.lims.client.post(
        f"/api/v1{bench.path('receipts')}", BY | UNITS, content_type="application/json", headers=headers
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/key-missing")


def test_a_refusal_is_not_kept_and_may_be_cured(bench: Bench) -> None:
    key = str(uuid4())
    early = bench.post("completion", **{"Idempotency-Key": key})
    assert early.status_code == 409
    assert not KeptAnswer.objects.exists()
    bench.testing()
    bench.put("results", {"results": GOOD})
    assert bench.post("completion", **{"Idempotency-Key": key}).status_code == 201


def test_a_rehearsal_says_what_would_follow_and_leaves_nothing(bench: Bench) -> None:
    entries, messages = Entry.objects.count(), Message.objects.count()
    key = str(uuid4())
    dry = bench.post("receipts", UNITS, **{"Dry-Run": "true", "Idempotency-Key": key})
    assert (dry.status_code, dry.headers["Dry-Run"]) == (200, "true")
    assert dry.json()["states"]["sample.T"] == "in_custody"
    assert (Entry.objects.count(), Message.objects.count()) == (entries, messages)
    assert bench.state("sample", "T") == "in_transit"
    assert not KeptAnswer.objects.exists()
    assert bench.post("receipts", UNITS, **{"Idempotency-Key": key}).status_code == 201


def test_a_rehearsal_that_is_none_is_not_done_for_real(bench: Bench) -> None:
    answer = bench.post("receipts", UNITS, **{"Dry-Run": "yes"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/Dry-Run")
    assert bench.state("sample", "T") == "in_transit"


def test_acts_of_one_request_are_done_all_or_none(bench: Bench) -> None:
    """The first unit is as it should be, the second has a broken seal: neither is taken over."""
    units = [{"unit": "T", "seal_state": "intact"}, {"unit": "R", "seal_state": "broken"}]
    answer = bench.post("receipts", {"units": units})
    assert answer.status_code == 409
    said = answer.json()
    assert said["reasons"][0]["guard"] == "seal_intact"
    assert {"regulation": "SD-2021-1", "article": 27} in [
        {name: one[name] for name in ("regulation", "article")} for one in said["articles"]
    ]
    assert (bench.state("sample", "T"), bench.state("sample", "R")) == ("in_transit", "in_transit")


def test_what_is_refused_is_kept_for_who_helps(bench: Bench) -> None:
    bench.post("completion")
    kept = RefusedRequest.objects.get()
    assert (kept.office.code, kept.type, kept.status) == ("LAB01", "act-not-permitted", 409)
    assert json.loads(bytes(kept.head))["by"] == NUMBER
    assert kept.articles
    bench.lims.get("/cases/NOTHING")
    assert RefusedRequest.objects.count() == 1  # reading that finds nothing is none


@pytest.mark.parametrize(
    ("body", "problem", "pointer"),
    [
        ("{", "malformed", ""),
        ('{"by": "1", "by": "2"}', "malformed", "/by"),
        ('{"by": NaN}', "malformed", ""),
        ('{"by": "\\u0000"}', "malformed", ""),
        ("[]", "malformed", ""),
        ("[" * 20 + "]" * 20, "malformed", ""),
        ('{"units": []}', "invalid", "/by"),
        ('{"by": 7, "on": "2024-06-05", "units": []}', "invalid", "/by"),
        ('{"by": "J1001", "on": "5.6.2024", "units": []}', "invalid", "/on"),
        ('{"by": "J1001", "on": "2024-06-05", "units": [], "state": "reported"}', "invalid", "/state"),
        ('{"by": "J1001", "on": "2024-06-05", "units": [{"unit": "X", "seal_state": "intact"}]}', "invalid", "/units/0/unit"),
        ('{"by": "J1001", "on": "2024-06-05", "units": [{"unit": "T", "seal_state": "intact", "x": 1}]}', "invalid", "/units/0/x"),
        ('{"by": "J1001", "on": "2024-06-06", "units": [{"unit": "T", "seal_state": "intact"}]}', "in-the-future", "/on"),
        ('{"by": "J1001", "on": "2024-06-05", "at": "2024-06-05T09:33:00+08:00", "units": [{"unit": "T", "seal_state": "intact"}]}', "clock-ahead", None),
        ('{"by": "J1001", "on": "2024-06-05", "at": "2024-06-04T09:00:00+08:00", "units": [{"unit": "T", "seal_state": "intact"}]}', "invalid", "/at"),
        ('{"by": "J1001", "on": "2024-06-05", "at": "2024-06-05T09:00:00", "units": [{"unit": "T", "seal_state": "intact"}]}', "invalid", "/at"),
        ('{"by": "J1001", "on": "2024-06-05", "units": [{"unit": "T", "seal_state": "intact", "condition": "a\\u200bb"}]}', "invalid", "/units/0/condition"),
    ],
)  # fmt: skip
def test_a_body_is_read_strictly(bench: Bench, body: str, problem: str, pointer: str | None) -> None:
    headers = bench.lims.headers({"Idempotency-Key": str(uuid4())})
    answer = bench.lims.client.post(
        f"/api/v1{bench.path('receipts')}", body, content_type="application/json", headers=headers
    )
    said = answer.json()
    assert (answer.status_code, said["type"]) == (400, f"/problems/{problem}")
    if pointer is not None:
        assert pointer in [error["pointer"] for error in said["errors"]]
    else:
        assert said["server_time"] == "2024-06-05T09:30:00+08:00"
    assert bench.state("sample", "T") == "in_transit"


def test_a_moment_of_the_day_stands_with_the_act(bench: Bench) -> None:
    """Half past seven in Shandong is the day before in Greenwich."""
    at = "2024-06-04T23:30:00Z"
    assert bench.post("receipts", UNITS | {"at": at}).status_code == 201
    entry = Entry.objects.filter(dossier=bench.dossier, act="sample.receive").first()
    assert entry.happened_at.isoformat() == "2024-06-04T23:30:00+00:00"


def test_other_bodies_are_not_taken(bench: Bench) -> None:
    headers = bench.lims.headers({"Idempotency-Key": str(uuid4())})
    path = f"/api/v1{bench.path('receipts')}"
    answer = bench.lims.client.post(path, "a=1", content_type="application/x-www-form-urlencoded", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/not-json")
    answer = bench.lims.client.post(path, b"\xff\xfe", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed")


@pytest.mark.parametrize("typed", ["ｊ１００１", "j1001", " J1001 "])
def test_a_staff_number_is_the_same_however_it_is_typed(bench: Bench, typed: str) -> None:
    """As at the entrance: width, case and blanks tell nobody apart."""
    assert bench.post("receipts", UNITS | {"by": typed}).status_code == 201
    entry = Entry.objects.filter(dossier=bench.dossier, act="sample.receive").first()
    assert entry.user == bench.world.posts["lab"].user


def test_a_credential_alone_does_nothing(bench: Bench) -> None:
    """Who acts is somebody of the office, in post on that day, who is entitled to it."""
    unknown = bench.lims.post(bench.path("receipts"), BY | UNITS | {"by": "J9999"})
    assert (unknown.status_code, unknown.json()["type"]) == (403, "/problems/person-unknown")
    foreign = bench.lims.post(bench.path("receipts"), BY | UNITS | {"by": "R2001"})
    assert foreign.json()["type"] == "/problems/person-unknown"
    entitle(bench.world, "lab", "test")
    refused = bench.post("receipts", UNITS)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/person-not-entitled")
    assert refused.json()["entitlements"] == ["receive"]


def test_whoever_keeps_the_units_issues_them_and_the_inspector_begins(bench: Bench) -> None:
    """Each in his own name: the one is entitled to the one, the other to the other."""
    bench.received()
    bench.post("qualification", {"licence": "valid"})
    keeper = _post("keeper", "孙库", "analyst", office=bench.world.offices["lab"])
    bench.world.posts["keeper"] = keeper
    entitle(bench.world, "keeper", "receive")
    StaffNumber.objects.create(office=keeper.office, user=keeper.user, number="J1002")
    answer = bench.lims.post(bench.path("issue"), BY | {"by": "J1002", "inspector": NUMBER})
    assert answer.status_code == 201, answer.content
    by = {entry.act: entry.user for entry in Entry.objects.filter(dossier=bench.dossier, user__isnull=False)}
    assert (by["sample.issue"], by["inspection.start_testing"]) == (keeper.user, bench.world.posts["lab"].user)


def test_a_scope_opens_what_it_says(bench: Bench) -> None:
    bench.lims = program_of(bench.world, "lab", "cases:read", label="only reads")
    refused = bench.post("receipts", UNITS)
    assert (refused.status_code, refused.json()["scope"]) == (403, "custody:write")


# Custody


def test_where_the_record_is_full_the_seal_is_described_and_not_claimed(bench: Bench) -> None:
    """Whether it is intact follows from what is stated; a program sends what it sees."""
    Task.objects.filter(dossier=bench.dossier.parent).update(full_record=True)
    units = [{"unit": "T", "seal_state": "intact"}]
    refused = bench.post("receipts", {"units": units})
    assert refused.json()["reasons"][0]["guard"] == "seal_intact"
    assert "封条编号" in refused.json()["detail"]
    units[0] |= {"seal_number": "2024060501", "condition": "外包装干燥、无破损"}
    assert bench.post("receipts", {"units": units}).status_code == 201
    (unit, _reserve) = bench.lims.get(bench.path("custody")).json()["units"]
    assert unit["links"][-1]["seal_number"] == "2024060501"
    assert [fault["fault"].split(".")[0] for fault in unit["faults"]]  # sealed without a number by this world


def test_a_unit_is_refused_with_its_photograph_and_others_are_told(bench: Bench) -> None:
    body = {"unit": "T", "reason": "broken_seal", "explanation": "封条左侧撕开约三厘米"}
    bare = bench.post("refusals", body | {"photos": []})
    assert bare.json()["errors"][0]["pointer"] == "/photos"
    answer = bench.post("refusals", body | {"photos": [bench.photo()]})
    assert answer.status_code == 201, answer.content
    assert answer.json()["told"]
    assert bench.state("sample", "T") == "in_transit"
    (unit, _reserve) = bench.lims.get(bench.path("custody")).json()["units"]
    assert [link["kind"] for link in unit["links"]] == ["sealed", "dispatched", "refused"]
    entry = Entry.objects.get(dossier=bench.dossier, act="custody.refuse_unit")
    assert Message.objects.filter(entry=entry, office__code="370000").exists()


def test_a_refused_unit_that_is_spoilt_is_lost_as_well(bench: Bench) -> None:
    body = {"unit": "R", "reason": "damaged", "explanation": "外壳碎裂，不能复检", "photos": [bench.photo()]}
    assert bench.post("refusals", body | {"spoilt": True, "cause": "carrier"}).status_code == 201
    assert bench.state("sample", "R") == "compromised"


def test_a_move_is_a_link_and_names_nobody_of_the_other_side(bench: Bench) -> None:
    bench.received()
    refused = bench.post("custody", {"unit": "T", "kind": "resealed"})
    assert refused.json()["reasons"][0]["guard"] == "link_complete"
    answer = bench.post("custody", {"unit": "T", "kind": "moved", "place": "样品库 3 号架"})
    assert answer.status_code == 201, answer.content
    said = bench.lims.get(bench.path("custody"))
    assert said.json()["units"][0]["links"][-1]["kind"] == "moved"
    for word in ("张伟", "李娜", "SB01", "泰山"):
        assert word not in said.content.decode()


# The qualification


def test_who_the_producer_is_is_told_for_one_purpose_and_written_down(bench: Bench) -> None:
    bench.received()
    path = bench.path("qualification")
    assert bench.lims.get(f"{path}?by={NUMBER}").status_code == 400
    answer = bench.lims.get(f"{path}?by={NUMBER}", Purpose="article-28")
    assert answer.json()["producers"][0]["name"] == "山东泰山红电缆有限公司"
    look = Record.objects.get(kind="read.qualification")
    assert (look.user, look.dossier) == (bench.world.posts["lab"].user, bench.dossier)
    assert bench.lims.get(path, Purpose="article-28").status_code == 403


def test_a_missing_licence_stops_the_test_and_nothing_else(bench: Bench) -> None:
    bench.received()
    refused = bench.post("qualification", {"licence": "missing"})
    assert refused.json()["reasons"][0]["guard"] == "qualification_verified"
    body = {"suspicion": "no_licence", "finding": "无生产许可证，标注的编号查无此证"}
    bare = bench.post("termination", body | {"evidence": []})
    assert bare.status_code == 400
    shown = [{"upload": bench.photo(), "kind": "screenshot"}]
    wrong = bench.post("termination", body | {"evidence": [{"upload": str(uuid4()), "kind": "photo"}]})
    assert wrong.json()["errors"][0]["pointer"] == "/evidence/0"
    answer = bench.post("termination", body | {"evidence": shown})
    assert answer.status_code == 201, answer.content
    assert answer.json()["states"]["inspection"] == "terminated_illegal"
    assert answer.json()["told"]
    assert not Upload.objects.exists()


# Results


def test_results_are_replaced_by_who_has_read_them(bench: Bench) -> None:
    bench.testing()
    path = bench.path("results")
    blind = bench.lims.put(path, BY | {"results": GOOD})
    assert (blind.status_code, blind.json()["type"]) == (428, "/problems/match-missing")
    tag = bench.lims.get(path).headers["ETag"]
    first = bench.lims.put(path, BY | {"results": GOOD[:2]}, **{"If-Match": tag})
    assert first.status_code == 200, first.content
    stale = bench.lims.put(path, BY | {"results": GOOD[2:]}, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/changed-meanwhile")
    said = bench.lims.get(path).json()
    assert [item["result"]["verdict"] for item in said["items"][:2]] == ["pass", "pass"]
    assert said["items"][0]["result"]["value"] == "7.40"
    assert said["missing"] == ["3 铅", "4 标志", "5 外径"]


def test_a_number_is_a_text_of_digits(bench: Bench) -> None:
    bench.testing()
    for value in (7.4, "7,4", "７.４", "1e3", "+7", "07", ".5", "7.", "", "x" * 30, None, True):
        answer = bench.put("results", {"results": [GOOD[0] | {"value": value}]})
        assert answer.status_code == 400, value
        assert answer.json()["errors"][0]["pointer"] == "/results/0/value"
    assert not ItemResult.objects.exists()


def test_another_verdict_than_the_computed_one_is_answered_for(bench: Bench) -> None:
    bench.testing()
    other = GOOD[0] | {"value": "7.92", "verdict": "pass"}
    refused = bench.put("results", {"results": [other]})
    assert refused.json()["reasons"][0]["guard"] == "verdict_differs"
    answered = other | {"reason": "复核原始记录后，按标准附录判为合格", "approved_by": NUMBER}
    assert bench.put("results", {"results": [answered]}).status_code == 200


def test_what_was_not_all_tested_is_not_complete(bench: Bench) -> None:
    bench.testing()
    bench.put("results", {"results": GOOD[:4]})
    refused = bench.post("completion")
    assert refused.json()["reasons"][0]["guard"] == "all_items"
    assert "5 外径" in refused.content.decode()


def test_limits_of_the_label_are_fixed_by_the_first_result(bench: Bench) -> None:
    bench.testing()
    stricter = {"kind": "range", "low": "1.0", "low_inclusive": True, "high": None, "high_inclusive": True,
                "unit": "mm", "comparison": "full", "shown": "≥1.0"}  # fmt: skip
    body = {"items": [{"number": "2", "limit": stricter}], "evidence": [bench.photo()]}
    answer = bench.put("limits", body)
    assert answer.status_code == 200, answer.content
    assert bench.lims.get(bench.path("limits")).json()["items"][0]["number"] == "2"
    assert not Upload.objects.exists()
    bench.put("results", {"results": [GOOD[1] | {"value": "1.2"}]})
    other = {"number": "2", "limit": stricter | {"low": "1.1", "shown": "≥1.1"}}
    again = bench.put("limits", {"items": [other], "evidence": [bench.photo()]})
    assert again.json()["reasons"][0]["guard"] == "limits_fixed"


def test_a_danger_is_told_at_once(bench: Bench) -> None:
    bench.testing()
    failed = [{"name": "20℃导体电阻", "kind": "safety", "limit": "≤7.41", "value": "7.92", "unit": "Ω/km"}]
    refused = bench.post("hazard", {"items": failed, "danger": False})
    assert refused.json()["reasons"][0]["guard"] == "danger_shown"
    answer = bench.post("hazard", {"items": failed, "danger": True})
    assert answer.status_code == 201, answer.content
    entry = Entry.objects.get(dossier=bench.dossier, act="inspection.report_serious")
    assert Message.objects.filter(entry=entry).exists()
    assert bench.state("inspection") == "testing"


def test_the_report_on_a_danger_is_owed_until_it_is_there(bench: Bench) -> None:
    """The danger is told without it; then it stands among what is due, and on the list, until it is handed in."""
    bench.testing()
    owed: Any = lambda: [one["what"] for one in bench.lims.get(bench.path()).json()["due"]]  # noqa: E731
    assert bench.put("hazard/file", {"report": bench.pdf()}).json()["reasons"][0]["guard"] == "partial_report_owed"
    assert bench.post("hazard", {"items": [{"name": "铅", "kind": "safety"}], "danger": True}).status_code == 201
    assert "partial-file" in owed()
    (line,) = bench.lims.get("/cases").json()["cases"]
    assert "partial-file" in [one["what"] for one in line["due"]]
    assert "report.file_partial" in [act["act"] for act in bench.lims.get(bench.path()).json()["next_acts"]]
    assert bench.lims.get(bench.path("hazard/file")).json() == {"owed": True, "files": []}
    answer = bench.put("hazard/file", {"report": bench.pdf("先行报告.pdf")})
    assert answer.status_code == 200, answer.content
    assert answer.json()["told"]
    said = bench.lims.get(bench.path("hazard/file")).json()
    assert (said["owed"], [file["name"] for file in said["files"]]) == (False, ["先行报告.pdf"])
    assert "partial-file" not in owed()
    assert Message.objects.filter(kind="inspection.report_serious").values("entry").distinct().count() == 1


def test_a_slip_of_the_pen_is_set_right_and_no_result_changes(bench: Bench) -> None:
    """Both files are kept; another conclusion or another result is none of the laboratory's to replace."""
    bench.completed()
    assert bench.lims.get(bench.path("report/file")).json() == {"number": "", "conclusion": "", "files": []}
    bench.post("report", {"number": "J2024-0001", "conclusion": "conforming", "report": bench.pdf()})
    path, body = (
        bench.path("report/file"),
        {"reason": "第三页委托单位名称误写，其余不变", "report": bench.pdf("更正.pdf")},
    )
    blind = bench.lims.put(path, BY | body | {"conclusion": "conforming"})
    assert (blind.status_code, blind.json()["type"]) == (428, "/problems/match-missing")
    other = bench.put("report/file", body | {"conclusion": "nonconforming"})
    assert (other.status_code, other.json()["reasons"][0]["guard"]) == (409, "results_would_change")
    assert {36, 38} <= {one["article"] for one in other.json()["articles"]}
    items = [{"name": "铅", "kind": "safety", "result": "pass"}]
    assert bench.put("report/file", body | {"conclusion": "conforming", "items": items}).status_code == 409
    answer = bench.put("report/file", body | {"conclusion": "conforming"})
    assert answer.status_code == 200, answer.content
    said = bench.lims.get(path).json()
    assert (said["number"], said["conclusion"]) == ("J2024-0001", "conforming")
    assert [(file["name"], file["act"]) for file in said["files"]] == [
        ("更正.pdf", "report.replace_file"),
        ("报告.pdf", "inspection.issue_report"),
    ]
    assert Evidence.objects.filter(dossier=bench.dossier, kind="report").count() == 2
    assert bench.state("inspection") == "reported"


def test_a_lead_is_told_at_once_and_names_nobody_to_the_laboratory(bench: Bench) -> None:
    bench.received()
    bare = bench.post("leads", {"finding": "有"})
    assert bare.json()["reasons"][0]["guard"] == "lead_finding"
    shown = [{"upload": bench.photo(), "kind": "photo"}]
    answer = bench.post(
        "leads", {"finding": "包装上的生产许可证编号查无此证", "source": "收样时发现", "evidence": shown}
    )
    assert answer.status_code == 201, answer.content
    entry = Entry.objects.get(dossier=bench.dossier, act="lead.create")
    assert set(Message.objects.filter(entry=entry).values_list("office__code", flat=True)) == {"370000", "370112"}
    for word in ("泰山红电缆", "历城", "370112"):
        assert word not in answer.content.decode()


def test_a_nonconforming_report_comes_with_its_analysis(bench: Bench) -> None:
    bench.testing()
    bench.put("results", {"results": [GOOD[0] | {"value": "7.92"}, *GOOD[1:]]})
    bench.post("completion")
    body = {"number": "J2024-0002", "report": bench.pdf()}
    wrong = bench.post("report", body | {"conclusion": "conforming"})
    assert wrong.status_code == 409
    bare = bench.post("report", body | {"conclusion": "nonconforming"})
    assert "analysis_report" in [reason["guard"] for reason in bare.json()["reasons"]]
    whole = bench.post("report", body | {"conclusion": "nonconforming", "analysis": bench.pdf("分析.pdf")})
    assert whole.status_code == 201, whole.content
    assert Upload.objects.count() == 0  # a refused act leaves them; this one took them up


def test_the_unit_is_kept_and_not_disposed_of_before_its_time(bench: Bench) -> None:
    bench.testing()
    bench.put("results", {"results": GOOD})
    assert bench.post("completion").status_code == 201
    assert bench.post("storage", {"kept_at": "样品库 3 号架"}).status_code == 201
    refused = bench.post("disposal", {"unit": "T"})
    assert refused.json()["reasons"][0]["guard"] == "no_disposal"


def test_a_lost_unit_has_its_cause(bench: Bench) -> None:
    bench.received()
    body = {"unit": "R", "cause": "lab", "evidence": "冷库断电，样品受潮，见值班记录"}
    assert bench.post("losses", body | {"photos": [bench.photo()]}).status_code == 201
    assert bench.state("sample", "R") == "compromised"


# Notices


def test_a_conforming_notice_is_mailed_and_its_receipt_proved(bench: Bench) -> None:
    bench.completed()
    assert bench.lims.get(bench.path("mailings")).json() == {"mailings": []}
    assert bench.post("mailings/P/dispatch").status_code == 404
    bench.post("report", {"number": "J1", "conclusion": "conforming", "report": bench.pdf()})
    assert not Record.objects.filter(kind="export.list").exists()
    (line,) = bench.lims.get(bench.path("mailings")).json()["mailings"]
    told = Record.objects.get(kind="export.list")  # names and addresses have gone out, to which credential
    assert (told.dossier, told.after["rows"], bool(told.after["client_id"])) == (bench.dossier, 1, True)
    assert (line["party"], line["name"], line["state"]) == ("P", "山东泰山红电缆有限公司", "due")
    assert bench.post("mailings/X/dispatch").status_code == 404
    assert bench.post("mailings/P/dispatch").status_code == 201
    answer = bench.post("mailings/P/receipt", {"slip": bench.photo(), "slip_number": "EMS 1123"})
    assert answer.status_code == 201, answer.content
    (line,) = bench.lims.get(bench.path("mailings")).json()["mailings"]
    assert (line["state"], line["received_on"]) == ("served", TODAY.isoformat())


def test_of_a_nonconforming_result_the_laboratory_is_told_no_address_and_mails_nothing(bench: Bench) -> None:
    bench.testing()
    bench.put("results", {"results": [GOOD[0] | {"value": "7.92"}, *GOOD[1:]]})
    bench.post("completion")
    body = {"number": "J2", "conclusion": "nonconforming", "report": bench.pdf(), "analysis": bench.pdf("分析.pdf")}
    assert bench.post("report", body).status_code == 201
    assert bench.lims.get(bench.path("mailings")).json() == {"mailings": []}
    refused = bench.post("mailings/P/dispatch")
    assert refused.json()["reasons"][0]["guard"] == "lab_mails_only_conforming"


def test_of_a_disputed_result_the_laboratory_mails_nothing_and_proves_nothing(bench: Bench, world: Any) -> None:
    """What counts is what the conclusion is now, not what the report said (33)."""
    bench.completed()
    bench.post("report", {"number": "J3", "conclusion": "conforming", "report": bench.pdf()})
    assert bench.post("mailings/P/dispatch").status_code == 201
    objection = MATTERS["objection"].new(bench.dossier, bench.dossier.parties.get())
    world.act(objection.file, by="province", on=TODAY, grounds="sampling", evidence=True)
    assert bench.state("conclusion") == "under_objection"
    assert bench.lims.get(bench.path("mailings")).json() == {"mailings": []}
    refused = bench.post("mailings/P/receipt", {"slip": bench.photo(), "slip_number": "EMS 1124"})
    assert refused.json()["reasons"][0]["guard"] == "lab_mails_only_conforming"
    world.act(world.matter(bench.dossier, "result_notice", "P").record_receipt, by="province", on=TODAY, proof="EMS 1")


# Blind


def test_no_answer_names_a_party_before_the_report(bench: Bench, world: Any) -> None:
    """Answers of acts as well: who was told is said by the level of a bureau."""
    answers = [bench.post("receipts", UNITS), bench.post("qualification", {"licence": "valid"})]
    answers.append(bench.post("issue", {"inspector": NUMBER}))
    answers.append(bench.put("results", {"results": GOOD}))
    danger = {"items": [{"name": "铅", "kind": "safety"}], "danger": True}
    answers += [bench.post("hazard", danger), bench.post("completion"), bench.lims.get(bench.path("results"))]
    for answer in answers:
        assert answer.status_code in {200, 201}, answer.content
        text = answer.content.decode()
        for word in ("泰山红电缆", "91370112", "历城", "济南", "张伟", "李娜", "370112"):
            assert word not in text


def test_somebody_else_is_not_there(bench: Bench) -> None:
    other = program_of(bench.world, "retest_lab")
    body = BY | UNITS | {"by": "R2001"}
    assert other.post(bench.path("receipts"), body).status_code == 404
    assert other.get(bench.path("results")).status_code == 404
    assert bench.state("sample", "T") == "in_transit"


def test_a_day_costs_few_statements(bench: Bench) -> None:
    """And no more for more items."""
    with counted() as received:
        assert bench.post("receipts", UNITS).status_code == 201
    assert bench.post("qualification", {"licence": "valid"}).status_code == 201
    assert bench.post("issue", {"inspector": NUMBER}).status_code == 201
    costs, reading = [], []
    for results in (GOOD[:1], GOOD[1:]):
        tag = bench.lims.get(bench.path("results")).headers["ETag"]
        with counted() as said:
            answer = bench.lims.put(bench.path("results"), BY | {"results": results}, **{"If-Match": tag})
        assert answer.status_code == 200
        costs.append(len(said))
        with counted() as said:
            assert bench.lims.get(bench.path()).status_code == 200
        reading.append(len(said))
    assert bench.post("completion").status_code == 201
    body = {"number": "J1", "conclusion": "conforming", "report": bench.pdf()}
    with counted() as said:
        assert bench.post("report", body).status_code == 201
    with counted() as read_after:
        assert bench.lims.get(bench.path()).status_code == 200
    assert costs[0] == costs[1] <= COST_OF_RESULTS
    assert reading[0] == reading[1] <= len(read_after) <= COST_OF_READING
    assert len(said) <= COST_OF_A_REPORT
    assert len(received) <= COST_OF_A_RECEIPT


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of a block."""
    said: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield said


def test_nobody_is_asked_about_the_custody_of_an_older_file(bench: Bench) -> None:
    """What is wrong with it is said only where the record is full, as on the page."""
    bench.received()
    faults: Any = lambda: bench.lims.get(bench.path("custody")).json()["units"][0]["faults"]  # noqa: E731
    assert faults() == []
    Task.objects.filter(dossier=bench.dossier.parent).update(full_record=True)
    assert faults()


def test_a_carrier_that_others_named_is_not_told(world: Any, lims: Any) -> None:
    world.full_record = True
    dossier = world.sampled("SD2024-001", TODAY)
    sent = {"carrier": "历城邮政", "waybill": "EMS112344567CN"}
    world.act(world.matter(dossier, "sample", "T").dispatch, by="sampler", on=TODAY, **sent)
    said = lims.get("/cases/SD2024-001/custody").content.decode()
    assert "dispatched" in said
    for word in sent.values():
        assert word not in said
