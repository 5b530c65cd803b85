"""Firms as a bureau sees them: what is known of one, and which stand under a ban, as far as its dossiers tell."""

from dataclasses import dataclass, field
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from spotcheck.casework.dossier_filters import BANNED
from spotcheck.casework.paging import Place, Turn, capped_count, cut
from spotcheck.docket.models import Dossier, Party, Track
from spotcheck.notices.models import Paper, Recipient
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Enterprise
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.folding import sought
from spotcheck.rules.words import Words

MOST_PAPERS: Final = 12
"""So many papers of a firm stand on its page; the register of papers has the rest."""
MOST_STANDING: Final = 50
_STANDING: Final = ("ban", "lead")
"""The charts whose open matters are held against a firm."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One matter that is held against a firm: a ban or a lead, and how it stands."""

    track: Track
    what: Words
    state: Words


@dataclass(slots=True)
class Banned:
    """One page of the firms under a ban, the newest ban first."""

    lines: list[Standing] = field(default_factory=list)
    count: str = ""
    before: Place | None = None
    after: Place | None = None


def in_sight(actor: Actor, code: str) -> Enterprise | None:
    """A firm that is a party of some dossier in sight, by its credit code."""
    parties = Party.objects.filter(enterprise=OuterRef("pk"), dossier__in=Dossier.objects.visible_to(actor))
    return Enterprise.objects.filter(Exists(parties), credit_code=code).first()


def standing(actor: Actor, firm: Enterprise) -> list[Standing]:
    """The bans and leads that hold or are still open, in the dossiers in sight."""
    rows = _tracks(actor).filter(party__enterprise=firm, chart__in=_STANDING).order_by("-since", "-pk")
    bans, leads = rows.filter(chart="ban", state__in=BANNED), rows.filter(chart="lead", is_open=True)
    return [_told(row) for row in (*bans[:MOST_STANDING], *leads[:MOST_STANDING])]


def papers_to(actor: Actor, firm: Enterprise) -> "QuerySet[Paper]":
    """The papers that went to a firm, in the dossiers in sight, newest first."""
    gets = Recipient.objects.filter(paper=OuterRef("pk"), party__enterprise=firm)
    rows = Paper.objects.filter(Exists(gets), dossier__in=Dossier.objects.visible_to(actor))
    return rows.order_by("-issued_on", "-pk")


def banned(actor: Actor, words: str, turn: Turn) -> Banned:
    """One page of the bans that hold, in the dossiers in sight; words narrow them to firms."""
    rows = _tracks(actor).filter(chart="ban", state__in=BANNED, party__isnull=False)
    for word in sought(words):
        rows = rows.filter(party__enterprise__in=Enterprise.objects.filter(found_by__holds=word))
    part = cut(rows, turn, day="since")
    return Banned([_told(row) for row in part.rows], capped_count(rows), part.before, part.after)


def _tracks(actor: Actor) -> "QuerySet[Track]":
    seen = Track.objects.filter(dossier__in=Dossier.objects.visible_to(actor))
    return seen.select_related("dossier__sample_file", "party__enterprise", "party__handler")


def _told(track: Track) -> Standing:
    chart = CHARTS[track.chart]
    return Standing(track, chart.label, chart.states[track.state])
