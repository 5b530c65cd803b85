"""``spotcheck rules``: which rule set governs, and the documents by which one goes on or is succeeded (Article 60)."""

import argparse
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from spotcheck.cli import account, add_language
from spotcheck.cli.calendar import confirmed
from spotcheck.rules.days import day_of
from spotcheck.rules.rule_sets import RULE_SETS

if TYPE_CHECKING:
    from spotcheck.docket.models import RuleSetRecord

HELP: Final = "the rule sets: list them; proposing a document that continues one or adopts a successor"
NEEDS_DATABASE: Final = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands."""
    language = argparse.ArgumentParser(add_help=False)
    add_language(language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    listing = commands.add_parser(
        "list", parents=[language], help="the rule sets, the recorded documents, and what governs today"
    )
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    for name, text in (
        ("continue", "propose a document by which a rule set goes on; somebody on the site confirms it"),
        ("adopt", "propose the document by which a successor that ships with this program comes into force"),
    ):
        command = commands.add_parser(name, parents=[language], help=text)
        command.add_argument("rule_set", metavar="RULE_SET", help=f"one of {', '.join(RULE_SETS)}")
        command.add_argument("--document", metavar="NUMBER", required=True, help="number of the document")
        command.add_argument("--issued", metavar="DATE", type=day, required=True, help="its date, YYYY-MM-DD")
        command.add_argument("--from", dest="valid_from", metavar="DATE", type=day, required=True)
        command.add_argument("--until", dest="valid_until", metavar="DATE", type=day, required=True)
        command.add_argument(
            "--demonstration", action="store_true", help="it is no document of the province but serves a demonstration"
        )
    confirm = commands.add_parser("confirm", parents=[language], help="confirm what somebody on the site proposed")
    confirm.add_argument("number", metavar="ID", type=int, help="the number of the proposal")


def run(options: argparse.Namespace) -> int:
    """Do one of them; 1 when a document is refused."""
    if options.command == "list":
        return _list(options)
    from spotcheck.rules.refused import Refused  # noqa: PLC0415 -- app ready

    try:
        return _confirm(options) if options.command == "confirm" else _propose(options)
    except Refused as refused:
        print(f"spotcheck rules: {refused.text(options.lang)}", file=sys.stderr)
        return 1


def _propose(options: argparse.Namespace) -> int:
    from spotcheck.docket.rule_sets import Document  # noqa: PLC0415 -- app ready
    from spotcheck.registers import site_rules  # noqa: PLC0415 -- app ready
    from spotcheck.registers.doer import Doer  # noqa: PLC0415 -- app ready

    document = Document(
        number=options.document,
        issued_on=options.issued,
        valid_from=options.valid_from,
        valid_until=options.valid_until,
        demonstration=options.demonstration,
    )
    by = Doer(account=account())
    proposal = site_rules.propose_document(options.command, options.rule_set, document, by=by)
    last_day = proposal.last_day
    print(
        f"已提请，编号 {proposal.pk}。{last_day} 前由维护省局基础数据的管理员在网页“管理 → 待确认”中确认，否则失效。"
        if options.lang.startswith("zh")
        else f"Proposed as {proposal.pk}. An administrator who keeps the province's master data confirms it on the "
        f"site until {last_day}, or it falls."
    )
    return 0


def _confirm(options: argparse.Namespace) -> int:
    from spotcheck.docket.models import RuleSetRecord  # noqa: PLC0415 -- app ready
    from spotcheck.registers import site_rules  # noqa: PLC0415 -- app ready

    confirmed(options.number, site_rules.RULES)
    print(_line(_row(RuleSetRecord.objects.latest("pk")), options.lang))
    return 0


def day(text: str) -> date:
    """Read a day; the name is what argparse complains about."""
    on = day_of(text)
    if on is None:
        raise ValueError(text)
    return on


def _list(options: argparse.Namespace) -> int:
    from spotcheck.docket import clock, rule_sets  # noqa: PLC0415 -- app ready
    from spotcheck.docket.models import RuleSetRecord  # noqa: PLC0415 -- app ready

    today = clock.today()
    state: dict[str, Any] = {
        "today": today.isoformat(),
        "governing": rule_sets.governing(today),
        "rule_sets": [
            {
                "id": known.id,
                "title": known.title.in_(options.lang),
                "document": known.document,
                "valid_from": known.valid_from.isoformat(),
                "valid_until": known.valid_until.isoformat(),
            }
            for known in RULE_SETS.values()
        ],
        "records": [_row(row) for row in RuleSetRecord.objects.order_by("id")],
    }
    if options.json:
        print(json.dumps(state, ensure_ascii=False))
        return 0
    for known in state["rule_sets"]:
        print(f"{known['id']}  {known['document']}  {known['valid_from']}..{known['valid_until']}  {known['title']}")
    for row in state["records"]:
        print(_line(row, options.lang))
    nothing = "无有效规则，不能开始新的抽查" if options.lang.startswith("zh") else "no rules: no new check can begin"
    print(f"{today}: {state['governing'] or nothing}")
    return 0


def _row(row: "RuleSetRecord") -> dict[str, Any]:
    return {
        "id": row.pk,
        "rule_set": row.rule_set,
        "document": row.document,
        "issued_on": row.issued_on.isoformat(),
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat(),
        "demonstration": row.demonstration,
        "recorded_by": row.recorded_by,
    }


def _line(row: dict[str, Any], language: str) -> str:
    mark = ("  [示范，非正式文件]" if language.startswith("zh") else "  [demonstration, no document]") * row[
        "demonstration"
    ]
    return (
        f"  {row['rule_set']}  {row['document']}  {row['valid_from']}..{row['valid_until']}  {row['recorded_by']}{mark}"
    )
