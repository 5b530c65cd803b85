"""Who brings cases on: one's own, the pool of the office, handing over, and the answers to it."""

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spotcheck.casework import dossier_filters, dossier_search, drafts, owning
from spotcheck.casework.models import Handover
from spotcheck.casework.owning import Handed
from spotcheck.casework.privacy import Sight
from spotcheck.casework.reading import whole
from spotcheck.desk.list_forms import CasesForm
from spotcheck.desk.web.dossier import in_sight
from spotcheck.docket.models import Dossier
from spotcheck.docket.sessions import session
from spotcheck.look.page import at_post, page
from spotcheck.network.counting import address_of
from spotcheck.parties.models import Post
from spotcheck.registers.refusals import NotDone

POOL: Final = "pool"
MOST_AT_ONCE: Final = 200
"""So many cases go in one hand-over."""


def at_work(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let those in who bring cases on for an office: no firm, and nobody who administers."""

    @at_post
    @wraps(view)
    def let_in(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.desk_post.office_id is None or request.actor.administers:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return let_in


@require_GET
@at_work
def cases(request: Any) -> HttpResponse:
    """The open cases of somebody in the office, or those that nobody owns."""
    holder = _holder(request)
    wanted = CasesForm(request.GET).wanted()
    rows = _narrowed(request, holder)
    places = dossier_search.places(request.actor) if not Sight(request.actor).is_blind else []
    products = dossier_search.product_kinds(request.actor)
    context = {
        "holder": holder,
        "is_own": holder == request.desk_post,
        "of": request.GET.get("of", ""),
        "found": dossier_search.paged(rows, request.actor, wanted),
        "wanted": wanted,
        "form": CasesForm(request.GET, products=products, places=places),
        "places": places,
        "most": MOST_AT_ONCE,
    }
    return page(request, "desk/cases.html", context | _office(request))


@require_POST
@at_work
def take(request: Any) -> HttpResponse:
    """Take cases from the pool, or name their owner: all of them or none."""
    to = request.POST.get("to", "")
    owner = _colleague(request, to) if to else request.desk_post
    if owner is None:
        raise NotDone("colleague")
    chosen = _chosen(request, _narrowed(request, None))
    with session():
        for dossier in sorted(chosen, key=lambda one: one.pk):
            owning.name_owner(dossier, owner, by=request.desk_post, address=address_of(request))
    done = _("已确定承办人：%(name)s，%(count)d 件。")
    messages.success(request, done % {"name": owner.user, "count": len(chosen)})
    return redirect(f"{reverse('desk:cases')}?of={POOL}")


@require_POST
@at_work
def hand_over(request: Any) -> HttpResponse:
    """Show what would go to whom, and hand it over when that is confirmed."""
    holder = _holder(request)
    if holder is None:
        raise Http404
    handed = _handed(request, holder)
    if any(one.to == holder for one in handed):
        raise NotDone("owned")
    if request.POST.get("what") != "do":
        groups: dict[Post | None, list[Handed]] = defaultdict(list)
        for one in handed:
            groups[one.to].append(one)
        context = {"holder": holder, "groups": list(groups.items()), "count": len(handed), "pool": POOL}
        return page(request, "desk/hand_over.html", context | {"days": owning.ANSWER_WORKING_DAYS})
    owning.hand_over(handed, of=holder, by=request.desk_post, address=address_of(request))
    messages.success(request, _("已移交 %(count)d 件。") % {"count": len(handed)})
    return redirect(reverse("desk:cases") + (f"?of={holder.pk}" if holder != request.desk_post else ""))


@require_POST
@at_work
def answer(request: Any, key: int) -> HttpResponse:
    """Accept a hand-over, or give it back for a reason."""
    handover = get_object_or_404(Handover, pk=key, to_post=request.desk_post)
    match request.POST.get("what"):
        case "accept":
            owning.accept(handover, by=request.desk_post, address=address_of(request))
            messages.success(request, _("已接受移交。"))
        case "return":
            reason = request.POST.get("reason", "")
            owning.give_back(handover, by=request.desk_post, reason=reason, address=address_of(request))
            messages.success(request, _("已退回移交。"))
        case other:
            raise Http404(other)
    return redirect("desk:today")


@require_POST
@at_work
def owner(request: Any, number: str) -> HttpResponse:
    """Take one case, name its owner, or put it back into the pool."""
    found, post = in_sight(request.actor, number), request.desk_post
    match request.POST.get("what"):
        case "take":
            owning.name_owner(found, post, by=post, address=address_of(request))
        case "give":
            to = _colleague(request, request.POST.get("to", ""))
            if to is None:
                raise NotDone("missing")
            owning.name_owner(found, to, by=post, address=address_of(request))
        case "release":
            owning.release(found, by=post, address=address_of(request))
        case other:
            raise Http404(other)
    messages.success(request, _("承办人已更改。"))
    return redirect("desk:dossier", number=found.number)


@require_POST
@at_work
def take_up(request: Any, number: str, key: int) -> HttpResponse:
    """Take up a draft that a colleague has left in a case that is one's own now, and go on where it was left."""
    found = in_sight(request.actor, number)
    here = reverse("desk:dossier", kwargs={"number": found.number})
    draft = get_object_or_404(drafts.left_to(request.desk_post, found, here), pk=key)
    drafts.take_up(draft, request.desk_post)
    return redirect(draft.address.partition("#")[0])


def _holder(request: Any) -> Post | None:
    """Whose cases are asked for; None for the pool. Those of a colleague only who coordinates sees together."""
    of = request.GET.get("of", "")
    if of == POOL:
        return None
    if of in {"", str(request.desk_post.pk)}:
        return request.desk_post
    if not owning.coordinates(request.desk_post):
        raise PermissionDenied
    rows = Post.objects.filter(office=request.desk_post.office_id).exclude(role=Post.Role.ADMINISTRATOR)
    return get_object_or_404(rows.select_related("user"), pk=whole(of))


def _narrowed(request: Any, holder: Post | None) -> "QuerySet[Dossier]":
    """The open cases of somebody, or of the pool, as the filters of the address narrow them."""
    post, seen = request.desk_post, Dossier.objects.visible_to(request.actor)
    rows = owning.pool_of(post) if holder is None else owning.owned_by(holder).filter(pk__in=seen.values("pk"))
    return dossier_filters.narrowed(rows, Sight(request.actor), CasesForm(request.GET).wanted())


def _office(request: Any) -> dict[str, Any]:
    """The people of the office and how much each has, for who coordinates."""
    post = request.desk_post
    people = owning.colleagues(post)
    held = owning.open_cases_by_post(post)
    return {
        "coordinates": owning.coordinates(post),
        "people": people,
        "desks": [(each, held.get(each.pk, 0)) for each in people if each != post] if owning.coordinates(post) else [],
        "own_count": held.get(post.pk, 0),
        "pool_count": dossier_search.capped_count(owning.pool_of(post)),
    }


def _chosen(request: Any, rows: "QuerySet[Dossier]") -> list[Dossier]:
    """The cases that are ticked, that have a colleague of their own, or all that the filters show."""
    if request.POST.get("all"):
        found = list(rows.select_related("sample_file").order_by("pk")[: MOST_AT_ONCE + 1])
    else:
        named = [name.removeprefix("to-") for name, value in request.POST.items() if name.startswith("to-") and value]
        keys = {key for key in map(whole, [*request.POST.getlist("chosen"), *named]) if key is not None}
        found = list(rows.select_related("sample_file").filter(pk__in=keys).order_by("pk")[: MOST_AT_ONCE + 1])
        if len(found) < len(keys):  # somebody else has changed them meanwhile
            raise NotDone("not_owned")
    if not found:
        raise NotDone("none_chosen")
    if len(found) > MOST_AT_ONCE:
        raise NotDone("too_many")
    return found


def _handed(request: Any, holder: Post) -> list[Handed]:
    """What goes to whom, with the note of each case; everything needs somebody to whom it goes."""
    usual = request.POST.get("to", "")
    made = []
    for dossier in _chosen(request, _narrowed(request, holder)):
        to = request.POST.get(f"to-{dossier.pk}", "") or usual
        colleague = _colleague(request, to)
        if colleague is None and to != POOL:
            raise NotDone("nobody_named")
        note = request.POST.get(f"note-{dossier.pk}", "").strip()
        if len(note) > owning.LONGEST_NOTE:
            raise NotDone("too_long")
        made.append(Handed(dossier, colleague, note))
    return made


def _colleague(request: Any, key: str) -> Post | None:
    """A colleague by the key of his post."""
    return next((each for each in owning.colleagues(request.desk_post) if str(each.pk) == key), None)
