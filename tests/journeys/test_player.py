"""The player: what is told wrongly is a difference, what breaks the format is an error, and nothing else is lost."""

import argparse
import json
from pathlib import Path

import pytest
from django.db import IntegrityError

from spotcheck.cli import rehearse
from spotcheck.rehearsal import player

STORY = """\
id: X
title: Sampled on Tuesday
given: {stage: drawn, day: 2023-05-15}
parties:
  P: {role: sampled_producer, region: 371602}
steps:
  - day: 2023-05-16
    do:
      - {act: sampling.present_notice}
    refuse:
      - {act: sampling.complete_sampling, articles: [16], why: "nothing was checked"}
    expect:
      states: {sampling: notice_presented, inspection: absent}
      deadlines: {}
      forms: [1]
  - day: 2023-05-17
    do: []
    expect:
      states: {task: field_work}
      deadlines: {}
"""
NOTICE = """\
given: {stage: reported_nonconforming, sampled: 2023-05-08, received: 2023-05-09, reported: 2023-05-22}
parties:
  P: {role: sampled_producer, region: 371602}
steps:
  - day: 2023-05-26
    do:
      - {act: result_notice.send, party: P}
      - {act: result_notice.record_receipt, party: P}
      - {act: rectification.receive_report, party: P}
      - {act: rectification.issue_order, party: P}
    expect:
      states: {result_notice.P: served}
      deadlines: {D35.P: {due_on: 2023-06-10, latest: 2023-06-12}, D46B.P: {due_on: 2023-08-09}}
      forms: [7, 11]
"""


@pytest.mark.parametrize(
    ("story", "told", "instead", "difference"),
    [
        (STORY, "sampling: notice_presented", "sampling: prechecked", ("sampling", "prechecked", "notice_presented")),
        (STORY, "inspection: absent", "inspection: awaiting", ("inspection", "awaiting", "absent")),
        (STORY, "forms: [1]", "forms: [1, 4]", ("forms", [1, 4], [1])),
        (STORY, "      forms: [1]\n", "", ("forms", [], [1])),
        (
            STORY,
            "forms: [1]",
            "forms: [1]\n      flags: [LATE_OBJECTION]",
            ("flags", ["LATE_OBJECTION"], []),
        ),
        (STORY, "articles: [16]", "articles: [19]", ("sampling.complete_sampling", [19], [16, 17, 18])),
        (
            STORY,
            "act: sampling.complete_sampling",
            "act: sampling.pass_precheck",
            ("sampling.pass_precheck", "refused", "done"),
        ),
        (
            STORY,
            "- {act: sampling.present_notice}\n",
            "- {act: sampling.present_notice}\n      - {act: purchase.place_order}\n",
            ("purchase.place_order", "done", "refused"),
        ),
        (
            STORY,
            "deadlines: {}\n      forms",
            "deadlines: {D43.P: {due_on: 2023-05-23}}\n      forms",
            ("D43.P", {"due_on": "2023-05-23"}, None),
        ),
        (
            NOTICE,
            "due_on: 2023-06-10, latest: 2023-06-12",
            "due_on: 2023-06-10",
            ("D35.P", {"due_on": "2023-06-10"}, {"due_on": "2023-06-10", "latest": "2023-06-12"}),
        ),
        (NOTICE, ", D46B.P: {due_on: 2023-08-09}", "", ("D46B.P", None, {"due_on": "2023-08-09"})),
        (
            NOTICE,
            "{due_on: 2023-08-09}",
            "{due_on: 2023-08-09, overdue: true}",
            ("D46B.P", {"due_on": "2023-08-09", "overdue": True}, {"due_on": "2023-08-09"}),
        ),
    ],
)
def test_what_is_told_wrongly_is_a_difference(play_text, story, told, instead, difference):
    assert story.count(told) == 1
    outcome = play_text(story.replace(told, instead))
    found = [row.as_json() for row in outcome.differences]
    assert outcome.error is None
    assert [(row["label"], row["expected"], row["got"]) for row in found] == [difference]
    assert found[0]["step"] == 1


LINE = "- {act: sampling.present_notice}\n"
MALFORMED = {
    "no YAML": ("steps:", "steps: [", "cannot be read as YAML"),
    "two documents": ("steps:", "---\nsteps:", "cannot be read as YAML"),
    "a tag": ("id: X", "id: !!python/object/apply:os.getcwd []", "cannot be read as YAML"),
    "an alias": ("id: X", "id: &x X\nabout: *x", "anchors, aliases and tags are not allowed"),
    "a key that is there twice": ("id: X", "id: X\nid: Y", "the key 'id' is there twice"),
    "a number too long": ("2023-05-16", "1" * 5000, "too long"),
    "no day of the calendar": ("2023-05-16", "2023-02-30", "cannot be read as YAML"),
    "nested without end": ("id: X", "id: " + "[" * 3000 + "]" * 3000, "nested too deeply"),
    "a list for a file": (STORY, "- 1", "file: a table is wanted"),
    "an unknown key": ("title:", "subtitle:", "file: unknown subtitle"),
    "no steps": (STORY[STORY.index("steps:") :], "", "file: steps missing"),
    "steps as a table": (STORY[STORY.index("steps:") :], "steps: {}", "steps: a list is wanted"),
    "an unknown stage": ("stage: drawn", "stage: [drawn]", "given 1: stage"),
    "a stage without its day": ("{stage: drawn, day: 2023-05-15}", "{stage: drawn}", "given 1: day missing"),
    "an unknown channel": ("day: 2023-05-15}", "day: 2023-05-15, channel: mail}", "given 1: channel"),
    "a year that is none": ("{stage: drawn, day: 2023-05-15}", "{stage: plan, year: soon}", "given 1: year"),
    "a stage that the rules forbid": (
        "{stage: drawn, day: 2023-05-15}",
        "{stage: reported_nonconforming, sampled: 2021-05-02, received: 2021-05-03, reported: 2021-05-04}",
        "cannot be set up on 2021-05-02",
    ),
    "an unknown role": ("role: sampled_producer", "role: importer", "party P: role"),
    "a region that is none": ("region: 371602", "region: 3716", "party P: region"),
    "a dossier that is none": ("region: 371602", "region: 371602, dossier: 2", "there is no dossier 2"),
    "the same as nobody": ("region: 371602", "region: 371602, same_as: Q", "there is no party 'Q'"),
    "the same as itself": ("region: 371602", "region: 371602, same_as: P", "same_as goes round in a circle"),
    "the name of a party that reads like a label": ("  P: ", "  'P#2': ", "party P#2"),
    "a step without a day": ("  - day: 2023-05-16\n    do", "  - do", "step 1: day missing"),
    "a day with an hour": ("day: 2023-05-16", "day: 2023-05-16 10:00:00", "step 1"),
    "days that go back": ("2023-05-17", "2023-05-15", "days go back"),
    "acts that are no list": (f"\n      {LINE}", " 5\n", "step 1: do: a list is wanted"),
    "an unknown act": (LINE, "- {act: sampling.dance}\n", "sampling.dance is no act"),
    "a consequence as an act": (LINE, "- {act: task.finish_testing}\n", "task.finish_testing is no act"),
    "a creation as an act": (LINE, "- {act: retest.create}\n", "retest.create is no act"),
    "an unknown key of an act": (LINE, "- {act: sampling.present_notice, of: P}\n", "unknown of"),
    "why under do": (LINE, "- {act: sampling.present_notice, why: so}\n", "unknown why"),
    "an unknown fact": (LINE, "- {act: sampling.present_notice, with: {weather: fine}}\n", "knows no fact 'weather'"),
    "a fact with a wrong value": (
        LINE,
        "- {act: sampling.present_notice, with: {ids_valid: 1}}\n",
        "ids_valid cannot be 1",
    ),
    "facts that are no table": (LINE, "- {act: sampling.present_notice, with: [ids_valid]}\n", "with: a table"),
    "an unknown actor": (LINE, "- {act: sampling.present_notice, by: mayor}\n", "'mayor' is no actor"),
    "the system as an actor": (LINE, "- {act: retest.waive, by: system}\n", "'system' is no actor"),
    "an unknown party": (LINE, "- {act: result_notice.send, party: Q}\n", "no party 'Q'"),
    "no party": (LINE, "- {act: result_notice.send}\n", "a party must be given"),
    "no unit": (LINE, "- {act: sample.dispatch}\n", "unit"),
    "notice zero": (LINE, "- {act: result_notice.send, party: P, notice: 0}\n", "notice: 0 is no number"),
    "a legal date to come": (
        LINE,
        "- {act: sampling.present_notice, effective_on: 2023-05-18}\n",
        "in the future",
    ),
    "a refusal without articles": (", articles: [16]", "", "articles missing"),
    "an unknown label": ("sampling: notice_presented", "inspector: asleep", "unknown label 'inspector'"),
    "a visit without its number": ("sampling: notice_presented", "recheck.P: absent", "unknown label 'recheck.P'"),
    "a second ban": ("sampling: notice_presented", "ban.P#2: absent", "unknown label 'ban.P#2'"),
    "the label of another dossier": ("sampling: notice_presented", "sampling.2: assigned", "unknown label"),
    "states that are no table": ("{sampling: notice_presented, inspection: absent}", "5", "states: a table"),
    "an unknown period": (
        "deadlines: {}\n      forms",
        "deadlines: {D36.P: {due_on: 2023-05-17}}\n      forms",
        "unknown period 'D36.P'",
    ),
    "a rule of counting as a period": (
        "deadlines: {}\n      forms",
        "deadlines: {D19.P: {due_on: 2023-05-17}}\n      forms",
        "unknown period 'D19.P'",
    ),
    "forms that are no list": ("forms: [1]", "forms: 1", "forms: a list is wanted"),
    "an unknown flag": ("forms: [1]", "flags: [LATE]", "unknown flag LATE"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_breaks_the_format_is_an_error(play_text, name):
    told, instead, error = MALFORMED[name]
    assert STORY.count(told) == 1
    outcome = play_text(STORY.replace(told, instead))
    assert outcome.differences == []
    assert outcome.error is not None
    assert error in outcome.error


def test_a_file_may_reach_far_into_the_future(play_text):
    """The days on which nothing happens cost nothing; what is over on the way is over on its day."""
    late = """
  - day: 2999-12-31
    do: []
    expect: {states: {result_notice.P: window_closed}, deadlines: {D46B.P: {due_on: 2023-08-09, overdue: true}}}
"""
    outcome = play_text(NOTICE + late)
    assert (outcome.differences, outcome.error) == ([], None)


def test_a_fault_of_the_program_at_one_file_is_said_and_loses_nothing(play_text, monkeypatch):
    def fail(*_args, **_facts):
        raise IntegrityError("two papers, one number")

    with monkeypatch.context() as patch:
        patch.setattr(player, "perform", fail)
        outcome = play_text(STORY)
    assert outcome.error == "a fault of this program, not of the file: IntegrityError: two papers, one number"
    assert play_text(STORY).is_ok


def test_the_command_plays_the_others_all_the_same(django_db_blocker, tmp_path, capsys):
    told = {"good": STORY, "wrong": STORY.replace("[1]", "[2]"), "broken": STORY.replace("title:", "name:")}
    paths = {name: tmp_path / f"{name}.yaml" for name in told}
    for name, text in told.items():
        paths[name].write_text(text, encoding="utf-8")

    def run(*names: str) -> int:
        with django_db_blocker.unblock():
            return rehearse.run(argparse.Namespace(files=[Path(paths[name]) for name in names], json=True))

    row = {"step": 1, "day": "2023-05-16", "label": "forms", "expected": [2], "got": [1]}
    good = {"file": "good.yaml", "id": "X", "ok": True, "differences": [], "error": None}
    wrong = {"file": "wrong.yaml", "id": "X", "ok": False, "differences": [row], "error": None}
    broken = {"file": "broken.yaml", "id": "broken", "ok": False, "differences": [], "error": "file: unknown name"}

    assert run("good") == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "files": [good]}
    assert run("wrong", "good") == 1
    assert json.loads(capsys.readouterr().out) == {"ok": False, "files": [wrong, good]}
    assert run("broken", "wrong", "good") == 2
    assert json.loads(capsys.readouterr().out) == {"ok": False, "files": [broken, wrong, good]}
