"""The record of a dossier as a screen shows it: entries with their facts in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from spotcheck.desk.acts import unit_of
from spotcheck.desk.fields import LABELS
from spotcheck.desk.sight import Sight
from spotcheck.desk.wording import headed, listed, say
from spotcheck.docket.flow import Flow
from spotcheck.docket.models import Dossier, Entry
from spotcheck.rules.acts import ACTS, OWN_ACTS
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.facts_words import FACTS, ITEM_KINDS, ITEM_RESULTS, OWN_FACTS
from spotcheck.rules.guards.flags import FLAGS
from spotcheck.rules.words import Words

MOST_ENTRIES: Final = 500
MOST_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry."""

    entry: Entry
    act: str
    chart: str
    who: str
    party: str
    unit: str
    change: str
    flags: list[Words]
    facts: list[tuple[str, str]]
    is_consequence: bool


def entry_lines(dossier: Dossier, sight: Sight) -> list[EntryLine]:
    """The entries of a dossier, newest first."""
    rows = sight.of_parties(Entry.objects.filter(dossier=dossier))
    rows = rows.select_related("office", "party__enterprise").order_by("-sequence")[:MOST_ENTRIES]
    return [_entry_line(entry, sight) for entry in rows]


def step_before(matter: Flow, sight: Sight) -> EntryLine | None:
    """The entry that a decision answers: the last one of the matter in which something was stated."""
    if matter.pk is None:
        return None
    entries = Entry.objects.filter(dossier=matter.dossier, chart=matter.chart, label=matter.label)
    rows = sight.of_parties(entries).select_related("office", "party__enterprise").order_by("-sequence")
    return next((line for line in (_entry_line(entry, sight) for entry in rows) if line.facts), None)


def _entry_line(entry: Entry, sight: Sight) -> EntryLine:
    words = ACTS.get(entry.act) or OWN_ACTS.get(entry.act)
    chart = CHARTS.get(entry.chart)
    return EntryLine(
        entry=entry,
        act=headed(words.done) if words else entry.act,
        chart=headed(chart.label) if chart else "",
        who=sight.who(entry),
        party=sight.party(entry.party),
        unit=unit_of(entry),
        change=say(chart.states[entry.to_state]) if chart and entry.to_state in chart.states else "",
        flags=[FLAGS[name].label for name in entry.flags if name in FLAGS],
        facts=list(_facts(entry, sight)),
        is_consequence=entry.actor.get("word") == "system",
    )


def _facts(entry: Entry, sight: Sight) -> Iterable[tuple[str, str]]:
    """The facts in words, what was not stated left out."""
    for name, value in sight.facts(entry).items():
        if value in (None, "", [], {}):
            continue
        words = FACTS.get((entry.act, name)) or OWN_FACTS.get((entry.act, name))
        label = say(words.label) if words else str(LABELS.get(name, name))
        yield label, _value(value, words.choices if words else {})


def _value(value: Any, choices: dict[str, Words]) -> str:
    """One value in words."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        told = [_value(item, choices) for item in value[:MOST_LISTED]]
        if len(value) > MOST_LISTED:
            told.append(_("等 %(count)d 项") % {"count": len(value)})
        return listed(told)
    if isinstance(value, dict):
        return _mapping(value, choices)
    return say(choices[value]) if value in choices else str(value)


def _mapping(value: dict[str, Any], choices: dict[str, Words]) -> str:
    """A result of an item, a target of a draw, an earlier check."""
    if "result" in value and "name" in value:
        kind = ITEM_KINDS.get(value.get("kind", ""))
        parts = [value["name"], say(kind) if kind else "", value.get("value", ""), say(ITEM_RESULTS[value["result"]])]
        return " ".join(part for part in parts if part)
    if "number" in value:
        return str(value["number"])
    if "same_product" in value:
        same = _("为同一产品") if value["same_product"] else _("不是同一产品")
        return " · ".join([_value(value.get("organiser", ""), choices), str(value.get("sampled", "")), same])
    return " ".join(_value(part, choices) for part in value.values() if part not in (None, ""))
