"""The protocol of a draw (Article 12): everything with which anybody repeats it, as one JSON object.

``spotcheck draw verify`` and the public page read it (``planning/repeating.py``); it names no person but the samplers.
"""

import json
from collections.abc import Mapping
from typing import Any

from spotcheck.docket.clock import SHANDONG
from spotcheck.docket.models import Dossier, Entry
from spotcheck.planning.models import DrawLog, TargetSampler
from spotcheck.planning.repeating import ALGORITHM, FORMAT, HOW
from spotcheck.rules.regulations import FIRST


def of(task: Dossier) -> dict[str, Any] | None:
    """The protocol of the draw of a task; None where nothing was drawn, or before lists were frozen first."""
    log = DrawLog.objects.select_related("frame", "task").filter(task__dossier=task).first()
    entry = Entry.objects.filter(dossier=task, act="task.draw_targets").order_by("-sequence").first()
    if log is None or log.frame is None or entry is None:
        return None
    texts = {_without_number(line["target"]): line["text"] for line in log.frame.lines}
    samplers = _samplers(entry)
    return {
        "format": FORMAT,
        "regulation": entry.regulation or FIRST,
        "article": 12,
        "task": task.number,
        "title": task.title,
        "algorithm": ALGORITHM,
        "how": {"zh": HOW.zh, "en": HOW.en},
        "frozen_at": log.frame.frozen_at.astimezone(SHANDONG).isoformat(timespec="seconds"),
        "drawn_on": log.drawn_on.isoformat(),
        "by_chance": not log.as_listed,
        "frame": {
            "sha256": log.frame.sha256,
            "count": len(log.frame.lines),
            "lines": [{"firm": line["firm"], "text": line["text"]} for line in log.frame.lines],
        },
        "seed": log.seed,
        "number": entry.facts["number"],
        "batches": entry.facts.get("batches") or 0,
        "drawn": [
            {
                "dossier": target["number"],
                "line": texts.get(_without_number(target), ""),
                "samplers": samplers.get(target["number"], []),
            }
            for target in entry.facts["targets"]
        ],
        "samplers": {"sha256": log.samplers_hash, "listed": sorted(log.samplers)},
    }


def _without_number(target: Mapping[str, Any]) -> str:
    """What a line and the target that came of it have in common."""
    return json.dumps({name: target[name] for name in target if name != "number"}, sort_keys=True, ensure_ascii=False)


def _samplers(entry: Entry) -> dict[str, list[str]]:
    """The samplers of each target in the order in which this draw put them, by the number of its file."""
    found: dict[str, list[str]] = {}
    rows = TargetSampler.objects.filter(entry=entry).order_by("target", "order")
    for number, name in rows.values_list("target__dossier__number", "name"):
        found.setdefault(number, []).append(name)
    return found
