"""Which act a line of chapter three calls for: a refusal is accepted on an established ground, and rejected otherwise.

Whether a refusal for a check within six months is established (Article 19(4)) is asked of many claims at once. It is
what the guard of the province's answer asks of one claim; a test holds them equal.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from spotcheck.docket.calls import Names, chooses, matters_of
from spotcheck.docket.models import Dossier, Party, Track
from spotcheck.planning.earlier import Product, bars_another, settings
from spotcheck.rules.days import day_of
from spotcheck.sampling.earlier import CHARTS, product_of
from spotcheck.sampling.models import Sampling
from spotcheck.sampling.requirements import SIX_MONTHS
from spotcheck.sampling.states import PurchaseState, SamplingState

Sampled = dict[Product, list[tuple[int, date]]]
"""By product the dossiers in which it was sampled, each with the day."""


@chooses("sampling", SamplingState.REFUSAL_CLAIMED)
def refusal(tracks: Sequence[Any]) -> dict[int, Names]:
    """The province accepts a refusal on an established ground and rejects any other (Article 19)."""
    claims = Sampling.objects.select_related("dossier__sample_file").in_bulk(matters_of(tracks))
    good = {key: bool(claim.proven) for key, claim in claims.items()}
    good |= checked_before([claim for claim in claims.values() if claim.ground == SIX_MONTHS])
    verdicts = ("sampling.reject_refusal", "sampling.accept_refusal")
    return {track.pk: (verdicts[good[track.matter_id]],) for track in tracks}


@chooses("purchase", PurchaseState.ASSIGNED)
def order(tracks: Sequence[Any]) -> dict[int, Names]:
    """Where neither shop nor producer is of Shandong nothing is ordered under these rules: it ends (Article 23)."""
    parties = Party.objects.filter(dossier__in={track.dossier_id for track in tracks}).select_related("enterprise")
    can = {party.dossier_id for party in parties if party.in_shandong}
    return {track.pk: ("purchase.place_order",) if track.dossier_id in can else ("purchase.fail",) for track in tracks}


def checked_before(claims: Sequence[Sampling]) -> dict[int, bool]:
    """Whether the papers of each claim or the province's own register establish it, by the keys of the claims."""
    sampled = _sampled(claims) if claims else {}
    return {claim.pk: _is_established(claim, sampled) for claim in claims}


def _sampled(claims: Iterable[Sampling]) -> Sampled:
    """Every sampling in a provincial check that stands, of a product of one of these producers."""
    producers = {claim.dossier.sample_file.producer_id for claim in claims}
    rows = Track.objects.filter(
        chart__in=CHARTS,
        state=SamplingState.SAMPLED,
        dossier__kind=Dossier.Kind.SAMPLE,
        dossier__origin=Dossier.Origin.PROVINCIAL,
        dossier__sample_file__producer__in=producers,
    )
    found: Sampled = defaultdict(list)
    for track in rows.select_related("dossier__sample_file"):
        found[product_of(track.dossier)].append((track.dossier_id, track.since))
    return found


def _is_established(claim: Sampling, sampled: Sampled) -> bool:
    dossier, visit = claim.dossier, claim.presented_on or claim.claimed_on
    if dossier.check_kind in settings(dossier).lookback_exempt_checks or visit is None:
        return False
    others = [(key, day) for key, day in sampled.get(product_of(dossier), ()) if key != dossier.pk]
    if dossier.sample_file.producer_id is not None and _bars(dossier, others, visit):
        return True
    earlier = claim.earlier_check or {}
    if "dossier" in earlier:
        return _bars(dossier, [(key, day) for key, day in others if key == earlier["dossier"]], visit)
    is_same = earlier.get("organiser") in settings(dossier).lookback_organisers and earlier.get("same_product")
    return bool(is_same) and bars_another(dossier, day_of(str(earlier.get("sampled", ""))), visit)


def _bars(dossier: Dossier, sampled: Iterable[tuple[int, date]], visit: date) -> bool:
    """The newest sampling is the one that counts."""
    return bars_another(dossier, max((day for _, day in sampled), default=None), visit)
