"""The protocol of a draw: who hands it out, what repeats it, and that every change of it is found (Article 12)."""

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spotcheck.cli import main
from spotcheck.docket import clock
from spotcheck.docket.models import Record
from spotcheck.planning.models import Frame, Task
from spotcheck.planning.repeating import repeat
from spotcheck.rules.strict_json import IllFormed
from tests.desk.test_draw import DAY, draw, freeze, offering, task
from tests.desk.world import World
from tests.worlds import played

__all__ = ["task"]


@played
def drawn(world: World, task: Task) -> Task:
    """The task, drawn: of two firms three batches."""
    for model in ("RVV 1.5", "RVV 2.5", "BV 4"):
        offering(world, "toys", model)
        offering(world, "cable", model)
    return task


def address(task: Task) -> str:
    return f"/dossiers/{task.dossier.number}/draw/protocol.json"


@pytest.fixture
def protocol(drawn: Task, client_of: Callable[[str], Client]) -> dict[str, Any]:
    province = client_of("province")
    with clock.simulated(DAY):
        freeze(province, drawn)
        draw(province, drawn, Frame.objects.get(), batches="3")
        answer = province.get(address(drawn))
    assert answer.status_code == 200, answer.content
    assert "attachment" in answer["Content-Disposition"]
    return json.loads(answer.content)


def rank(seed: str, names: list[str]) -> list[str]:
    """The order of a draw, written again from the words of the protocol."""
    return sorted(names, key=lambda name: hashlib.sha256((seed + name).encode()).hexdigest())


@pytest.mark.django_db
def test_a_protocol_repeats_the_draw_and_whoever_takes_it_stands_in_the_book(protocol):
    found = repeat(protocol)
    assert (found.holds, found.lines, found.drawn) == (True, 8, len(protocol["drawn"]))
    lines = Record.objects.filter(kind="export.list")
    assert [line.after["sha256"] != "" for line in lines] == [True]


@pytest.mark.django_db
def test_somebody_else_comes_to_the_same_by_what_the_protocol_says_of_itself(protocol):
    lines, seed = protocol["frame"]["lines"], protocol["seed"]
    listed = "\n".join(sorted(line["text"] for line in lines))
    assert hashlib.sha256(listed.encode()).hexdigest() == protocol["frame"]["sha256"]
    firms = rank(seed, sorted({line["firm"] for line in lines}))[:2]
    of = {firm: rank(seed, [line["text"] for line in lines if line["firm"] == firm]) for firm in firms}
    assert [one["line"] for one in protocol["drawn"]] == [*of[firms[0]][:2], *of[firms[1]][:1]]
    for one in protocol["drawn"]:
        assert one["samplers"] == rank(f"{seed} {one['dossier']}", protocol["samplers"]["listed"])


@pytest.mark.django_db
def test_only_the_province_hands_it_out(protocol, drawn, client_of):
    """It says whose sample a file is: a laboratory tests without knowing."""
    assert {who: client_of(who).get(address(drawn)).status_code for who in ("sampler", "lab", "county")} == {
        "sampler": 403,
        "lab": 403,
        "county": 404,
    }


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "another seed": (lambda p: p.update(seed="0" * 32), "list and seed draw others"),
    "another order": (lambda p: p["drawn"].reverse(), "list and seed draw others"),
    "one less": (lambda p: p["drawn"].pop(), "list and seed draw others"),
    "another line": (lambda p: p["drawn"][0].update(line="甲"), "list and seed draw others"),
    "a line more on the list": (lambda p: p["frame"]["lines"].append({"firm": "x", "text": "x"}), "its fingerprint"),
    "a line twice": (lambda p: p["frame"]["lines"].append(p["frame"]["lines"][0]), "one of them twice"),
    "frozen afterwards": (lambda p: p.update(frozen_at="2030-01-01T00:00:00+08:00"), "frozen after the draw"),
    "not by chance": (lambda p: p.update(by_chance=False), "not left to chance"),
    "a sampler in front": (lambda p: p["drawn"][0]["samplers"].reverse(), "in another order"),
    "a sampler more": (lambda p: p["samplers"]["listed"].append("某甲"), "list of samplers"),
    "one file for two": (lambda p: p["drawn"][1].update(dossier=p["drawn"][0]["dossier"]), "stands there twice"),
}


@pytest.mark.django_db
def test_every_change_of_a_protocol_is_found(protocol):
    for name, (change, says) in CHANGES.items():
        changed = copy.deepcopy(protocol)
        change(changed)
        assert [fault.en for fault in repeat(changed).faults if says in fault.en], name


BROKEN = {
    "": "no JSON",
    "[]": "an object",
    "{}": "no protocol",
    '{"format": "spotcheck-draw-1", "algorithm": "sha256-rank-1"}': "an object",
    "null": "an object",
    '{"a": 1, "a": 2}': "twice",
}


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_no_protocol_is_said_in_a_sentence(content, tmp_path, capsys):
    file = tmp_path / "draw.json"
    file.write_text(content)
    assert main.main(["draw", "verify", str(file)]) == 2
    assert BROKEN[content] in capsys.readouterr().err


@pytest.mark.django_db
def test_parts_of_another_kind_are_named_by_their_place(protocol):
    for place, change in {
        "/number": {"number": -1},
        "/seed": {"seed": 7},
        "/frozen_at": {"frozen_at": "yesterday"},
        "/drawn": {"drawn": {}},
        "/samplers": {"samplers": []},
    }.items():
        with pytest.raises(IllFormed) as refused:
            repeat(protocol | change)
        assert refused.value.pointer == place


@pytest.mark.django_db
def test_the_command_says_so_and_why_not(protocol, tmp_path, capsys):
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(protocol, ensure_ascii=False))
    assert main.main(["draw", "verify", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["holds"] is True
    file.write_text(json.dumps(protocol | {"seed": "0" * 32}, ensure_ascii=False))
    assert main.main(["draw", "verify", str(file)]) == 1
    assert "由名单和种子抽出的对象与记录不符" in capsys.readouterr().out
    assert main.main(["draw", "verify", str(tmp_path / "nowhere.json")]) == 2


@pytest.mark.django_db
def test_anybody_may_verify_on_a_page_without_signing_in(protocol, client):
    page = "/p/draw/"
    assert client.get(page).status_code == 200
    good = json.dumps(protocol, ensure_ascii=False).encode()
    for content, status, says in (
        (good, 200, "都与记录一致"),
        (good.replace(protocol["seed"].encode(), b"0" * 32), 200, "由名单和种子抽出的对象与记录不符"),
        (b"\xff\xfe", 400, "这不是 UTF-8 文本"),
        (b"{}", 400, "这不是本系统的抽取记录"),
    ):
        answer = client.post(page, {"file": SimpleUploadedFile("draw.json", content)})
        assert (answer.status_code, says in answer.content.decode()) == (status, True)
    assert client.post(page).status_code == 400
