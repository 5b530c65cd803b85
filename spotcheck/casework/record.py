"""The record of a dossier as a screen shows it: entries with their facts in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from spotcheck.casework import places
from spotcheck.casework.possible_acts import unit_of
from spotcheck.casework.privacy import Sight
from spotcheck.docket.counter_entries import can_be_offered
from spotcheck.docket.flow import ActSpec, Flow
from spotcheck.docket.models import Dossier, Entry, Track
from spotcheck.docket.wording import dated, headed, listed, say
from spotcheck.parties.models import Office
from spotcheck.rules.acts import ACTS, OWN_ACTS, fact_words
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.guards import FLAGS
from spotcheck.rules.sd_2021_1.acts.fact import ITEM_KINDS, ITEM_RESULTS
from spotcheck.rules.words import Words
from spotcheck.sampling.custody import fault_named

MOST_ENTRIES: Final = 500
MOST_LISTED: Final = 5
_OFFICES: Final = frozenset({"sampling_body", "lab", "retest_lab", "technical_body"})
_PLACES: Final = frozenset({"to", "nominal_place"})
UNSAID: Final = frozenset({"post"})
"""Facts that only the program reads: keys of its tables."""


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
    can_be_taken_back: bool = False


def entry_lines(dossier: Dossier, sight: Sight) -> list[EntryLine]:
    """The entries of a dossier, newest first."""
    rows = sight.of_parties(Entry.objects.filter(dossier=dossier))
    rows = rows.select_related("dossier", "office", "party__enterprise", "deputy_for").order_by("-sequence")
    rows = rows[:MOST_ENTRIES]
    lines = [entry_line(entry, sight) for entry in rows]
    return [replace(line, can_be_taken_back=can_be_offered(line.entry, sight.actor)) for line in lines]


def stated_before(matter: Flow, spec: ActSpec, sight: Sight) -> list[EntryLine]:
    """The entries that an act decides upon, oldest first; the last one of its matter where nothing else is named."""
    acts = spec.words.rests_on
    rows = sight.of_parties(Entry.objects.filter(dossier=matter.dossier).select_related("office", "party__enterprise"))
    own = rows.filter(chart=matter.chart, label=matter.label).order_by("-sequence")
    if acts:
        newest = {
            entry.act: entry for entry in rows.filter(act__in=acts).order_by("sequence") if _concerns(entry, matter)
        }
        return [entry_line(entry, sight) for entry in sorted(newest.values(), key=lambda entry: entry.sequence)]
    if matter.pk is None:
        return []
    said = next((line for line in (entry_line(entry, sight) for entry in own) if line.facts), None)
    return [said] if said is not None else _cause_of(own.last(), rows, sight)


def _concerns(entry: Entry, matter: Flow) -> bool:
    """Whether an entry is about the same matter, its party, or the sample as a whole."""
    if entry.chart == matter.chart:
        return entry.label == matter.label
    return entry.party_id is None or matter.party_id is None or entry.party_id == matter.party_id


def _cause_of(begun: Entry | None, rows: "QuerySet[Entry]", sight: Sight) -> list[EntryLine]:
    """What a matter followed from that nobody began: a lead from what the samplers or the laboratory met."""
    cause = rows.filter(pk=begun.cause_id).first() if begun is not None and begun.cause_id else None
    line = entry_line(cause, sight) if cause is not None else None
    return [line] if line is not None and line.facts else []


def standing_now(matter: Flow, spec: ActSpec) -> list[tuple[str, str]]:
    """Where the matters stand on which an act depends, in words, each with the day since when."""
    found = []
    for name, label in spec.words.stands_on:
        own = matter.party.label if name == "ban" and matter.party is not None else matter.label
        track = Track.objects.filter(dossier=matter.dossier, chart=name, label=label or own).first()
        if track is not None:
            title = unit_of(track) or headed(CHARTS[name].label)
            words = {"state": say(CHARTS[name].states[track.state]), "day": dated(track.since)}
            found.append((title, _("%(state)s（自 %(day)s）") % words))
    return found


def entry_line(entry: Entry, sight: Sight) -> EntryLine:
    """One entry as it may be seen."""
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
        if value in (None, "", [], {}) or name in UNSAID:
            continue
        words = fact_words(entry.act, name)
        label = say(words.label) if words else name
        choices = words.choices if words else {}
        yield label, _named(name, value, sight) if not choices else _value(value, choices)


def _named(name: str, value: Any, sight: Sight) -> str:
    """One value in words: an office or a place by its name, whose code nobody has to know."""
    if name in _OFFICES and (office := Office.objects.filter(code=value).first()) is not None:
        return sight.office(office)
    if name == "fault" and isinstance(value, str):
        return say(fault_named(value).words)
    return places.name_of(value) if name in _PLACES and isinstance(value, str) else _value(value, {})


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
