"""What all lists have besides their lines: names under which they are kept, and the sheet that is taken along."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from spotcheck.casework import owning, saved_lists
from spotcheck.casework.privacy import Sight
from spotcheck.desk.list_forms import Filters, PapersForm, SearchForm
from spotcheck.docket import clock, exports
from spotcheck.files.checks.content import XLSX
from spotcheck.files.sheets import Sheet, digest_of, streamed
from spotcheck.look.page import at_post
from spotcheck.network.counting import address_of

MOST_ROWS: Final = 10_000
"""So many rows are taken along at once; a sheet that has not all says so."""
DOSSIERS, PAPERS = "dossiers", "papers"
_ADDRESSES: Final = {DOSSIERS: "desk:search", PAPERS: "desk:papers"}
"""The pages whose lists are kept, by name."""


class Tells(Protocol):
    """What can say in words what a list was asked."""

    def told(self) -> list[str]:
        """A sentence for each thing."""
        ...


def kept_with(request: Any, name: str, form: Filters) -> dict[str, Any]:
    """What a page says of the lists that are kept, and of the sheet: for its whole page and for its lines alone."""
    return {
        "list_name": name,
        "list_query": form.query(),
        "kept": saved_lists.seen_by(request.desk_post, name),
        "most_rows": MOST_ROWS,
        "longest_name": saved_lists.LONGEST_NAME,
    }


def taken(
    request: Any, name: str, title: str, form: Tells, asked: dict[str, str], *,
    count: int, heads: Sequence[str], rows: Iterable[Sequence[str]],
) -> HttpResponse:  # fmt: skip
    """Answer with a sheet of what a list shows; its line in the book is written first.

    The sheet says whose it is, of which moment, what was asked, and whether something is left out.
    """
    made, number = streamed(Sheet(_title(request, title, form, count), heads, rows))
    exports.write(
        "export.list",
        by=request.desk_post,
        user=request.user,
        subject=("list", name),
        rows=number,
        digest=digest_of(made),
        asked=asked,
        address=address_of(request),
    )
    named = f'attachment; filename="{name}-{clock.today().isoformat()}.xlsx"'
    with made:
        return HttpResponse(made.read(), content_type=XLSX, headers={"Content-Disposition": named})


def _title(request: Any, title: str, form: Tells, count: int) -> str:
    """The first line of a sheet."""
    at = clock.now().astimezone(clock.SHANDONG)
    whose = str(request.desk_post.office or request.desk_post.enterprise)
    said = [title, whose, f"{at:%Y-%m-%d %H:%M}", *form.told()]
    if count > MOST_ROWS:
        said.append(_("只列前 %(most)d 行，其余请缩小范围后另行导出") % {"most": MOST_ROWS})
    return " · ".join(said)


@require_POST
@at_post
def keep(request: Any) -> HttpResponse:
    """Keep a list under a name, for oneself or for the office; what makes no sense in it is left out."""
    name = request.POST.get("list", "")
    form = _form(request, name, QueryDict(request.POST.get("query", "")))
    shared = bool(request.POST.get("shared"))
    made = saved_lists.keep(request.desk_post, name, request.POST.get("name", ""), form.query(), shared=shared)
    messages.success(request, _("清单已保存：%(name)s。") % {"name": made.name})
    return redirect(f"{reverse(_ADDRESSES[name])}?{made.query}")


@require_POST
@at_post
def forget(request: Any, key: int) -> HttpResponse:
    """Forget a list of one's own."""
    found = saved_lists.forget(request.desk_post, key)
    if found is None:
        raise Http404
    messages.success(request, _("清单已删除：%(name)s。") % {"name": found.name})
    return redirect(_ADDRESSES[found.page])


def _form(request: Any, name: str, asked: QueryDict) -> Filters:
    if name == DOSSIERS:
        return SearchForm(asked, sight=Sight(request.actor), coordinates=owning.coordinates(request.desk_post))
    if name == PAPERS:
        return PapersForm(asked)
    raise Http404
