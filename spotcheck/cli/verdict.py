"""``spotcheck verdict``: whether a result holds a limit, with the comparison and the reason.

It compares what it is given, and needs neither database nor configuration.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from spotcheck.rules import strict_json
from spotcheck.rules.strict_json import IllFormed
from spotcheck.rules.verdicts import judge
from spotcheck.rules.words import Words

HELP: Final = "whether a result holds a limit (GB/T 8170)"
NEEDS_DATABASE: Final = False
FINE, ILL_FORMED, WRONG_USE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("limit", nargs="?", metavar="LIMIT", help='a JSON object: {"kind": "range", "high": "7.41"}')
    parser.add_argument("result", nargs="?", metavar="RESULT", help='a JSON object: {"value": "7.40"}')
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='read lines {"limit": {...}, "result": {...}} from a file, or from - for standard input',
    )


def run(options: argparse.Namespace) -> int:
    """Answer one question, or a line each; 1 when one of them was ill-formed, 2 when the command was."""
    if options.batch is not None:
        if options.limit is not None:
            return _complain("--batch goes without LIMIT and RESULT")
        return _batch(options.batch)
    if options.limit is None or options.result is None:
        return _complain("LIMIT and RESULT are needed, or --batch FILE")
    answer = _answer(options.limit, options.result)
    print(json.dumps(answer, ensure_ascii=False))
    return ILL_FORMED if "error" in answer else FINE


def _answer(limit: str, result: str) -> dict[str, Any]:
    try:
        return judge(strict_json.loads(limit), strict_json.loads(result)).as_json()
    except IllFormed as wrong:
        return _error(wrong)


def _complain(text: str) -> int:
    print(f"spotcheck verdict: {text}", file=sys.stderr)
    return WRONG_USE


def _batch(source: str) -> int:
    """Answer line by line; what is ill-formed is said in its place and the run goes on."""
    try:
        lines: Iterable[bytes] = sys.stdin.buffer if source == "-" else Path(source).read_bytes().splitlines()
    except OSError as error:
        return _complain(f"cannot read {source}: {error.strerror}")
    exit_code = FINE
    for line in lines:
        if not line.strip():
            continue
        answer = _answer_line(line)
        print(json.dumps(answer, ensure_ascii=False))
        if "error" in answer:
            exit_code = ILL_FORMED
    return exit_code


def _answer_line(line: bytes) -> dict[str, Any]:
    """``{verdict, compared, why}``, or ``{error: {zh, en, at}}`` with the place of what is ill-formed."""
    try:
        limit, result = _asked(strict_json.loads(line.decode("utf-8-sig")))
        return judge(limit, result).as_json()
    except UnicodeDecodeError:
        return _error(IllFormed(Words("不是 UTF-8 文本", "this is no UTF-8 text")))
    except IllFormed as wrong:
        return _error(wrong)


def _asked(line: Any) -> tuple[Any, Any]:
    if not isinstance(line, dict) or set(line) != {"limit", "result"}:
        raise IllFormed(Words('每行应当是 {"limit": {…}, "result": {…}}', 'a line is {"limit": {…}, "result": {…}}'))
    return line["limit"], line["result"]


def _error(wrong: IllFormed) -> dict[str, Any]:
    return {"error": {"zh": wrong.words.zh, "en": wrong.words.en, "at": wrong.pointer}}
