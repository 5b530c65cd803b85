"""The book: for auditors that of their offices, for everybody what he has read and what was done with him."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spotcheck.administration.forms import BookFilter
from spotcheck.administration.web.guarding import draw, for_those
from spotcheck.casework.paging import PAGE
from spotcheck.casework.reading import whole
from spotcheck.docket import book
from spotcheck.docket.models import Record
from spotcheck.docket.wording import headed
from spotcheck.parties.models import Office, User
from spotcheck.registers import naming
from spotcheck.registers.standing import offices_of
from spotcheck.rules import folding
from spotcheck.rules.book import FAMILIES, SUBJECTS


@dataclass(frozen=True, slots=True)
class Line:
    """A line as somebody reads it."""

    record: Record
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]


@require_GET
@for_those("audits")
def listing(request: Any) -> HttpResponse:
    """The lines of one's offices, the newest first; reading the book is a line of it as well."""
    families = [(name, headed(words)) for name, words in FAMILIES.items()]
    form = BookFilter(request.GET, families=families)
    form.is_valid()
    found = _within(request)
    said = form.cleaned_data
    if said.get("family"):
        found = found.filter(kind__startswith=f"{said['family']}.")
    if said.get("q"):
        named = naming.person(said["q"])
        key = named.pk if named is not None else 0
        found = found.filter(Q(user=key) | Q(subject_type="user", subject_id=str(key)))
    if said.get("dossier"):
        found = found.filter(dossier__number__iexact=folding.number(said["dossier"]))
    if said.get("day"):
        found = found.filter(at__date=said["day"])
    book.write("read.book", by=request.desk_post, user=request.user, subject=("book", ""), address=request.doer.address)
    context = _page(found, request.GET.get("before", ""), to_auditor=True) | {"form": form, "title": _("登记簿")}
    return draw(request, "book.html", context)


@require_GET
@for_those()
def mine(request: Any) -> HttpResponse:
    """What somebody has read and taken along himself, and what others did with him; values of persons are masked."""
    about = Q(subject_type="user", subject_id=str(request.user.pk))
    found = Record.objects.filter(Q(user=request.user) | about)
    context = _page(found, request.GET.get("before", ""), to_auditor=False) | {"title": _("我的记录")}
    return draw(request, "book.html", context)


def _within(request: Any) -> "QuerySet[Record]":
    """The province audits everything, also what no office did; others what their offices did."""
    office = request.desk_post.office
    if office.kind == Office.Kind.PROVINCE:
        return Record.objects.all()
    return Record.objects.filter(office__in=offices_of(request.doer, "audits"))


def _page(found: "QuerySet[Record]", before: str, *, to_auditor: bool) -> dict[str, Any]:
    """One page, cut out by the place of the last line seen."""
    key = whole(before)
    seen = Record.objects.filter(pk=key).first() if key is not None else None
    if seen is not None:
        found = found.filter(Q(at__lt=seen.at) | Q(at=seen.at, pk__lt=seen.pk), at__lte=seen.at)
    related = ("user", "office", "dossier", "second_user")
    records = list(found.select_related(*related).order_by("-at", "-pk")[: PAGE + 1])
    names = _names(records[:PAGE])
    lines = [
        Line(
            record,
            names.get((record.subject_type, record.subject_id)) or _unnamed(record),
            book.shown(record.before, to_auditor=to_auditor),
            book.shown(record.after, to_auditor=to_auditor),
        )
        for record in records[:PAGE]
    ]
    return {"lines": lines, "more": records[PAGE - 1].pk if len(records) > PAGE else None}


def _unnamed(record: Record) -> str:
    words = SUBJECTS.get(record.subject_type)
    return f"{headed(words) if words else record.subject_type} {record.subject_id}"


def _names(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """What the subjects are called: persons and offices by name, dossiers by number."""
    keys: dict[str, set[str]] = {}
    for record in records:
        keys.setdefault(record.subject_type, set()).add(record.subject_id)
    users = User.objects.filter(pk__in=keys.get("user", ()))
    offices = Office.objects.filter(pk__in=keys.get("office", ()))
    found = {("user", str(user.pk)): f"{user} ({user.username})" for user in users}
    found |= {("office", str(office.pk)): office.name for office in offices}
    return found | {
        (record.subject_type, record.subject_id): record.dossier.number for record in records if record.dossier
    }
