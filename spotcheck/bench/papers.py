"""forms: what drawing the thirteen papers costs, beside others that set the same words and tables in the same run.

``python -m spotcheck.bench.papers`` prints the memory of a fresh process, idle and after drawing all of them, in KiB.
"""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from spotcheck.bench.measuring import Figure, Result, Times
from spotcheck.notices.catalogue import HOME
from spotcheck.notices.template import Template
from spotcheck.notices.templates import templates
from spotcheck.rules.sd_2021_1.forms import FORMS
from spotcheck.wiring.machine.places import ROOT

ROUNDS: Final = 5
FASTER_THAN_WEASYPRINT: Final = 8.0
SLOWER_THAN_PLATYPUS: Final = 1.3
KIB_A_PAGE: Final = 60.0
MIB_ABOVE_IDLE: Final = 120.0
Engine = Callable[[Template, Mapping[str, Any]], bytes]


def drawing() -> Result:
    """Draw all thirteen samples with each engine in turns; the time is that of the processor, before sealing."""
    engines = _engines()
    result = Result("forms", f"the {len(FORMS)} papers drawn from their samples, unsealed; processor time of one paper")
    rounds = _in_turns(engines)
    result.times = {name: Times.of([s for taken in of for s in taken]) for name, of in rounds.items()}
    mean = {name: min(sum(taken) for taken in of) / len(FORMS) * 1000 for name, of in rounds.items()}
    result.figures = {"per_second": Figure("papers a second on one core", 1000 / mean["ours"])}
    if "weasyprint" in mean:
        result.figures["weasyprint"] = Figure(
            "WeasyPrint : ours, the same words", mean["weasyprint"] / mean["ours"], at_least=FASTER_THAN_WEASYPRINT
        )
    result.figures |= {
        "platypus": Figure(
            "ours : bare platypus with a warm font", mean["ours"] / mean["platypus"], at_most=SLOWER_THAN_PLATYPUS
        ),
        **_sizes(),
        **_memory(),
    }
    return result


def samples() -> list[tuple[Template, dict[str, Any]]]:
    """Every form with its sample data."""
    found = []
    for number in FORMS:
        text = (HOME / "samples" / f"{number:02d}.json").read_text(encoding="utf-8")
        found.append((templates()[number], json.loads(text)))
    return found


def ours(template: Template, data: Mapping[str, Any]) -> bytes:
    """A paper as it is drawn after its act, each time with an address of its own."""
    from spotcheck.notices.render import Marks, draw  # noqa: PLC0415 -- slow import

    code = secrets.token_hex(8).upper()
    number = data["paper"]["number"]
    return draw(template, data, Marks(url=f"https://spotcheck.example/p/{code}?n={number}", code=code)).pdf


def _engines() -> dict[str, Engine]:
    from spotcheck.bench import rivals  # noqa: PLC0415 -- slow import

    engines: dict[str, Engine] = {"ours": ours, "platypus": rivals.platypus}
    try:
        engines["weasyprint"] = rivals.WeasyPrint()
    except ImportError:
        sys.stderr.write("WeasyPrint is not here to compare with: pip install 'spotcheck[bench]'\n")
    return engines


def _in_turns(engines: Mapping[str, Engine]) -> dict[str, list[list[float]]]:
    """The seconds of every paper in some rounds, after one that warms the fonts."""
    rounds: dict[str, list[list[float]]] = {name: [] for name in engines}
    for number in range(ROUNDS + 1):
        for name, engine in engines.items():
            taken = [_seconds(engine, template, data) for template, data in samples()]
            rounds[name] += [taken] if number else []
    return rounds


def _seconds(engine: Engine, template: Template, data: Mapping[str, Any]) -> float:
    begun = time.process_time()
    engine(template, data)
    return time.process_time() - begun


def _sizes() -> dict[str, Figure]:
    from spotcheck.notices.render import draw  # noqa: PLC0415 -- slow import

    drawn = [draw(template, data) for template, data in samples()]
    kib = sum(len(paper.pdf) / paper.pages for paper in drawn) / len(drawn) / 1024
    return {
        "pages": Figure("pages of the thirteen, all copies", float(sum(paper.pages for paper in drawn))),
        "kib_a_page": Figure("a page, mean over the thirteen", kib, "KiB", at_most=KIB_A_PAGE),
    }


def _memory() -> dict[str, Figure]:
    command = [sys.executable, "-m", "spotcheck.bench.papers"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 -- our own program
    idle, peak = map(int, done.stdout.split())
    return {
        "idle_mib": Figure("an idle process", idle / 1024, "MiB"),
        "above_mib": Figure("above it after drawing", (peak - idle) / 1024, "MiB", at_most=MIB_ABOVE_IDLE),
    }


def main() -> None:
    """Print how much memory this process takes idle, and at most while it draws every form some times."""
    import django  # noqa: PLC0415 -- only in a process of its own

    django.setup()
    idle = _kib("VmRSS")
    for _ in range(ROUNDS):
        for template, data in samples():
            ours(template, data)
    sys.stdout.write(f"{idle} {_kib('VmHWM')}\n")


def _kib(name: str) -> int:
    """A line of this process's memory. The peak that ``getrusage`` tells is that of its parent, if that was larger."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main()
