"""Which rule set governs a dossier (Article 60, reading R9): pinned by its first outside act, and kept.

The set that ships with the program governs through its own validity. Before and after that the province has to
record a document: one that continues a set, or one that adopts a successor which the program knows.
"""

from dataclasses import dataclass
from datetime import date

import structlog

from spotcheck.docket import clock
from spotcheck.docket.models import RuleSetRecord
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.sessions import once
from spotcheck.rules import folding
from spotcheck.rules.characters import tidied
from spotcheck.rules.refused import Refused
from spotcheck.rules.regulations import FIRST, Regulation, named
from spotcheck.rules.rule_sets import RULE_SETS, RuleSet
from spotcheck.rules.words import Words

logger = structlog.get_logger(__name__)

LONGEST_NUMBER, LONGEST_NAME = 100, 60
CONTINUE, ADOPT = "continue", "adopt"


class NotRecorded(Refused):
    """A document that cannot be recorded; ``words`` says why. Nothing has been changed."""

    kind = "document-not-recorded"

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)

    def text(self, language: str) -> str:
        """Say why."""
        return self.words.in_(language)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document of the province: its number, its date, and from when to when it is valid."""

    number: str
    issued_on: date
    valid_from: date
    valid_until: date
    demonstration: bool = False


def governing(on: date, text: Regulation | None = None) -> str | None:
    """Return the rule set of a text that a dossier pinned on this day falls under, or None when none is in force.

    Without a text the first one is meant.
    """
    text = text or named(FIRST)
    return once(("rule set", on, text.id), lambda: _governing(on, text))


def _governing(on: date, text: Regulation) -> str | None:
    own = [rules.id for rules in RULE_SETS.values() if rules.regulation == text.id]
    records = RuleSetRecord.objects.filter(rule_set__in=own, valid_from__lte=on, valid_until__gte=on)
    record = records.order_by("-issued_on", "-id").first()
    if record is not None:
        return record.rule_set
    return _first(text).id if _first(text).governs(on) else None


def continue_(rule_set: str, document: Document, *, by: str) -> RuleSetRecord:
    """Record a document by which a rule set goes on after its validity."""
    return _record(judged(CONTINUE, rule_set, document), document, by=by)


def adopt(rule_set: str, document: Document, *, by: str) -> RuleSetRecord:
    """Record the document by which a successor that the program knows comes into force."""
    return _record(judged(ADOPT, rule_set, document), document, by=by)


def judged(how: str, rule_set: str, document: Document) -> RuleSet:
    """The rule set that a document could continue (:data:`CONTINUE`), or adopt; raises :class:`NotRecorded`."""
    known = (_continued if how == CONTINUE else _adopted)(rule_set, document)
    number = " ".join(tidied(folding.number(document.number)).split())
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise NotRecorded(Words("须写明文号", "the number of the document is needed"))
    if document.valid_until < document.valid_from:
        raise NotRecorded(Words("有效期的终止早于起始", "the validity ends before it begins"))
    if document.issued_on > clock.today():
        raise NotRecorded(Words("文件日期在将来", "the document is dated in the future"))
    if any(folding.same(one, number) for one in RuleSetRecord.objects.values_list("document", flat=True)):
        raise NotRecorded(Words(f"文号 {number} 已经登记", f"document {number} is recorded already"))
    return known


def _continued(rule_set: str, document: Document) -> RuleSet:
    known = _known(rule_set)
    if document.valid_from <= known.valid_from:
        raise NotRecorded(
            Words(
                f"{known.id} 自 {known.valid_from} 起施行，延续不能从 {document.valid_from} 开始",
                f"{known.id} is in force from {known.valid_from}: it is not continued from {document.valid_from}",
            )
        )
    return known


def _adopted(rule_set: str, document: Document) -> RuleSet:
    known = _known(rule_set)
    if known is _first(named(known.regulation)):
        raise NotRecorded(
            Words(
                f"{known.id} 不是继任规则；要让它继续适用，请用“延续”",
                f"{known.id} is no successor; to let it go on, continue it",
            )
        )
    if document.valid_from < known.valid_from:
        raise NotRecorded(
            Words(
                f"{known.id} 自 {known.valid_from} 起才施行",
                f"{known.id} is not in force before {known.valid_from}",
            )
        )
    return known


def _first(text: Regulation) -> RuleSet:
    """The set of a text that governs by itself, without a record."""
    return text.rule_sets[0]


def _known(rule_set: str) -> RuleSet:
    if rule_set not in RULE_SETS:
        ours = ", ".join(RULE_SETS)
        raise NotRecorded(
            Words(f"本程序没有规则集“{rule_set}”；现有：{ours}", f"no rule set '{rule_set}' here; there are: {ours}")
        )
    return RULE_SETS[rule_set]


def _record(rule_set: RuleSet, document: Document, *, by: str) -> RuleSetRecord:
    number, by = (" ".join(tidied(text).split()) for text in (folding.number(document.number), by))
    if not 0 < len(by) <= LONGEST_NAME:
        raise NotRecorded(Words("须写明登记人", "who records the document is needed"))
    record = RuleSetRecord.objects.create(
        rule_set=rule_set.id,
        document=number,
        issued_on=document.issued_on,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
        demonstration=document.demonstration,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    logger.info("a rule set was recorded", rule_set=rule_set.id, document=number, demonstration=record.demonstration)
    return record


RULE_SET_VALID = Requirement(
    "rule_set_valid",
    lambda matter: bool(matter.dossier.rule_set) or governing(matter.proposal.on, matter.text()) is not None,
)
"""The first outside act of a dossier falls into the validity of a rule set (Article 60)."""
