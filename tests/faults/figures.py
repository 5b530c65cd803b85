"""Keeps the figures of a run: printed, and appended to the file that SPOTCHECK_FIGURES names."""

import json
import os
import sys
from pathlib import Path


def report(name: str, **figures: object) -> None:
    """Note the figures of one fault test."""
    line = json.dumps({"fault": name, **figures}, ensure_ascii=False)
    sys.stdout.write(f"{line}\n")
    if kept := os.environ.get("SPOTCHECK_FIGURES"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
