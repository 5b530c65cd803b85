"""``spotcheck draw verify FILE``: repeat a draw from its protocol, as anybody may (Article 12).

It needs neither database nor configuration: list and seed stand in the protocol, which the page of a task hands out.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from spotcheck.planning.repeating import repeat
from spotcheck.rules import strict_json
from spotcheck.rules.strict_json import IllFormed

HELP: Final = "repeat a draw from its protocol, and say whether it comes out the same"
NEEDS_DATABASE: Final = False
FINE, NOT_SO, WRONG_USE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parts = parser.add_subparsers(dest="what", required=True, metavar="verify")
    verify = parts.add_parser("verify", help="draw again from list and seed, and compare")
    verify.add_argument("file", metavar="FILE", help="the protocol as it was downloaded, or - for standard input")
    verify.add_argument("--json", action="store_true", help="answer as one JSON object")


def run(options: argparse.Namespace) -> int:
    """Verify; 1 when the draw does not come out as the protocol says, 2 when the file is none."""
    try:
        content = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        found = repeat(strict_json.loads(content.decode("utf-8-sig")))
    except OSError as error:
        return _complain(f"cannot read {options.file}: {error.strerror}")
    except UnicodeDecodeError:
        return _complain("这不是 UTF-8 文本 this is no UTF-8 text")
    except IllFormed as wrong:
        return _complain(f"{wrong.pointer or '/'}: {wrong.words.zh} {wrong.words.en}")
    if options.json:
        faults = [{"zh": fault.zh, "en": fault.en} for fault in found.faults]
        said = {"task": found.task, "lines": found.lines, "drawn": found.drawn, "holds": found.holds, "faults": faults}
        print(json.dumps(said, ensure_ascii=False))
    elif found.holds:
        print(
            f"{found.task}: 名单 {found.lines} 行，抽出 {found.drawn} 个对象，与记录一致 the draw comes out as recorded"
        )
    else:
        for fault in found.faults:
            print(f"{found.task}: {fault.zh} {fault.en}")
    return FINE if found.holds else NOT_SO


def _complain(text: str) -> int:
    print(f"spotcheck draw: {text}", file=sys.stderr)
    return WRONG_USE
