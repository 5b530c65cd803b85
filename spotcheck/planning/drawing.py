"""The draw of a task: the list is frozen, then the machine's seed chooses firms, batches and samplers (Article 12).

From the list come so many firms, and of each firm so many of its lines that all batches are spread evenly. For every
target all samplers of the kept list are put in an order; the first come, the others are next if one cannot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from spotcheck.docket import chance, clock
from spotcheck.docket.flow import Flow
from spotcheck.parties.actors import Actor
from spotcheck.planning.draw import draw, fingerprint, of_firms
from spotcheck.planning.tables import Frame


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the key of the firm, the line as anybody may read it, and the target as a fact."""

    firm: str
    text: str
    target: dict[str, Any]


def freeze(task: Flow, lines: Iterable[Line], *, by: Actor) -> Frame:
    """Freeze the list of a task: from now on it can only be drawn from, or be frozen anew as another one."""
    listed = sorted(lines, key=lambda line: line.text)
    return Frame.objects.create(
        task_id=task.pk,
        lines=[{"firm": line.firm, "text": line.text, "target": line.target} for line in listed],
        sha256=fingerprint([line.text for line in listed]),
        frozen_at=clock.now(),
        office=by.office,
        by=by.user,
    )


def frozen(task: Flow, sha256: str) -> Frame | None:
    """The frozen list with this fingerprint, if the task has one and its lines are still those."""
    frame = Frame.objects.filter(task_id=task.pk, sha256=sha256).order_by("-pk").first() if sha256 else None
    return frame if frame is not None and fingerprint(texts(frame)) == sha256 else None


def texts(frame: Frame) -> list[str]:
    """The lines of a list as anybody may read them."""
    return [line["text"] for line in frame.lines]


def choose(frame: Frame, *, seed: str, number: int, batches: int = 0) -> list[dict[str, Any]]:
    """Return the targets that this seed draws: of ``number`` firms ``batches`` lines, one of each when not stated."""
    targets = {(line["firm"], line["text"]): line["target"] for line in frame.lines}
    drawn = of_firms(targets, rank=lambda names: ranked(names, seed=seed), number=number, batches=batches)
    return [targets[line] for line in drawn]


def ranked(candidates: Sequence[str], *, seed: str) -> list[str]:
    """All candidates in the order in which the seed draws them; as listed where nothing is left to chance."""
    return list(candidates) if chance.keeps_order() else draw(candidates, seed=seed, number=len(candidates))


def number_anew(targets: Iterable[dict[str, Any]], task: Flow) -> list[dict[str, Any]]:
    """Give the targets that have no number yet the next ones of the task, in the order drawn."""
    taken = task.dossier.children.count()
    return [
        target if target["number"] else target | {"number": f"{task.dossier.number}-{place:03d}"}
        for place, target in enumerate(targets, start=taken + 1)
    ]
