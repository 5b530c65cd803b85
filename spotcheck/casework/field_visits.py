"""The visits of a sampler as a tablet takes them along: what they are about, and the papers to be shown there."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from spotcheck.docket import register, sessions
from spotcheck.docket.acts import perform
from spotcheck.docket.flow import MATTERS
from spotcheck.docket.models import Dossier, Party, Track
from spotcheck.docket.sessions import hold, region_names, session
from spotcheck.docket.trial_run import taken_back
from spotcheck.notices import prepared
from spotcheck.notices.models import Paper, PreparedPaper
from spotcheck.parties.actors import of_post
from spotcheck.parties.models import Enterprise, Post
from spotcheck.planning import earlier, samplers
from spotcheck.planning.tables import TargetSampler
from spotcheck.rules import bar_index
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.refused import Refused
from spotcheck.sampling.field_acts import NOTICE, is_commissioned, mandate_of
from spotcheck.sampling.field_tables import FieldAct
from spotcheck.sampling.states import SampleState, SamplingState

MOST: Final = 200
AT_A_TIME: Final = 6
"""Notices that are prepared while somebody waits; the rest with the next request."""
_CHARTS: Final = ("sampling", "purchase")


class BeingPrepared(Exception):
    """Some notices are still to be prepared: ask again."""


def of_post_holder(post: Post) -> list[Dossier]:
    """The visits that somebody has before him or is in the middle of, in the order of their numbers."""
    named = TargetSampler.objects.filter(
        post__user=post.user_id, post__office=post.office_id, state__in=samplers.PRESENT
    )
    is_open = Q(chart__in=_CHARTS) & ~Q(state__in=_ended()) | Q(chart="sample", state=SampleState.SEALED)
    rows = Dossier.objects.filter(
        target__drawn_samplers__in=named, tracks__in=Track.objects.filter(is_open), target__ended_on=None
    )
    found = rows.select_related("parent", "sample_file__producer", "target").distinct().order_by("number")
    return list(found[:MOST])


def prepare(dossiers: list[Dossier], post: Post) -> None:
    """Have Form 1 ready for every visit at which nothing was shown yet. Raises :class:`BeingPrepared`.

    Where the law does not let the visit happen now there is no notice: the package says so by having none.
    """
    done = 0
    for dossier in dossiers:
        if (
            register.state(dossier, "sampling") != SamplingState.ASSIGNED
            or prepared.in_force(dossier, NOTICE) is not None
        ):
            continue
        if done == AT_A_TIME:
            raise BeingPrepared
        done += 1
        _prepare_one(dossier, post)


def _prepare_one(dossier: Dossier, post: Post) -> None:
    with session():
        held = hold(dossier.pk, with_parent=True)
        if prepared.in_force(held, NOTICE) is not None:
            return
        paper = _tried(held, post)
        if paper is not None:
            prepared.keep(held, paper)


def _tried(dossier: Dossier, post: Post) -> Paper | None:
    """Form 1 as it would be issued today, by an act that is taken back."""
    matter = MATTERS["sampling"].objects.get(dossier=dossier)
    matter.dossier = dossier
    shown = {
        "samplers": samplers.present(dossier),
        "ids_valid": True,
        "notice_matches": True,
    } | ({"mandate_copy": True} if is_commissioned(dossier) else {})
    try:
        with taken_back():
            entry = perform(matter.present_notice, by=of_post(post), on=sessions.today(), facts=shown)
            rows = Paper.objects.select_related("issuer", "template").filter(entry=entry, form=NOTICE)
            return rows.first()
    except Refused:
        return None


def notice_of(dossier: Dossier) -> PreparedPaper | Paper | None:
    """The Form 1 of a visit: prepared, or issued already."""
    ready = prepared.in_force(dossier, NOTICE)
    if ready is not None:
        return ready
    return Paper.objects.filter(dossier=dossier, form=NOTICE, status=Paper.Status.ISSUED).order_by("-pk").first()


def told(dossier: Dossier, post: Post) -> dict[str, Any]:
    """A visit as the package has it (``web/LOG.md``, section 8)."""
    file = dossier.sample_file
    chart = next(chart for chart in _CHARTS if register.state(dossier, chart) is not None)
    last = FieldAct.objects.filter(visit=dossier.number, dossier=dossier, batch__foreign=False).order_by("-seq").first()
    parties = list(dossier.parties.select_related("enterprise").order_by("label"))
    sampled = next((party for party in parties if party.role in Party.SAMPLED), None)
    producer = file.producer
    code = prepared.code_of(dossier)
    return {
        "visit": dossier.number,
        "chart": chart,
        "state": register.state(dossier, chart),
        "log": last.log if last is not None else None,
        "head": last.hash if last is not None else None,
        "seq": last.seq if last is not None else 0,
        "task": {
            "number": dossier.parent.number if dossier.parent is not None else "",
            "title": str(dossier.parent.title) if dossier.parent is not None else "",
            "check_kind": dossier.check_kind,
        },
        "product": {
            "kind": file.product_kind,
            "name": file.product_name,
            "model": file.product_model,
            "brand": file.brand,
            "standard": file.standard,
        },
        "parties": list(_parties(parties)),
        "county": sampled.place if sampled is not None else "",
        "samplers": [
            {"post": one.post_id, "name": one.name, "is_me": one.post_id == post.pk}
            for one in samplers.of(dossier)
            if one.state in samplers.PRESENT
        ],
        "commissioned": is_commissioned(dossier),
        "form1": _paper(notice_of(dossier)),
        "form2": _paper(mandate_of(dossier)),
        "code": code.code,
        "url": f"{settings.SITE_URL}/p/{code.code}",
        "bar": bar_index.key(_maker(producer), file.standard, file.brand, file.product_model),
        "lookback_exempt": dossier.check_kind in earlier.settings(dossier).lookback_exempt_checks,
        "rule": None,
    }


def _parties(parties: list[Party]) -> Iterator[dict[str, Any]]:
    names = region_names({party.place for party in parties})
    for party in parties:
        firm = party.enterprise
        yield {
            "label": party.label,
            "role": party.role,
            "name": firm.name,
            "credit_code": firm.credit_code,
            "place": party.place,
            "place_name": names.get(party.place, ""),
            "address": firm.actual_address,
            "contact": firm.contact,
            "phone": firm.phone,
        }


def _paper(paper: PreparedPaper | Paper | None) -> dict[str, Any] | None:
    if paper is None:
        return None
    snapshot = paper.snapshot
    return {"number": paper.number, "code": paper.code or "", "url": snapshot["url"], "data": snapshot["data"]}


def _maker(producer: Enterprise | None) -> str:
    """The producer as the index names it: by credit code, else by name."""
    return (producer.credit_code or producer.name) if producer is not None else ""


def _ended() -> set[str]:
    return {state for chart in _CHARTS for state in CHARTS[chart].terminal} | {SamplingState.SAMPLED}
