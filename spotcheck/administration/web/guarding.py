"""For whom a page of the administration is, and what every one of them has."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from spotcheck.administration import first_run
from spotcheck.look.page import at_post, page
from spotcheck.look.refusing import told
from spotcheck.network.counting import address_of
from spotcheck.registers.doer import Doer
from spotcheck.registers.refusals import NotDone
from spotcheck.registers.standing import entitles
from spotcheck.rules.entitlements import DUTIES
from spotcheck.rules.refused import Refused

View = Callable[..., HttpResponse]


def for_those(*entitlements: str) -> Callable[[View], View]:
    """Let those in whose present post lies one of these entitlements; without any, everybody in a post of an office.

    What is refused because of who asks is 403, like everywhere; what is refused for itself is told with its cure.
    """

    def guarded(view: View) -> View:
        @at_post
        @wraps(view)
        def let_in(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            post = request.desk_post
            if post.office_id is None or (entitlements and not any(entitles(post, name) for name in entitlements)):
                raise PermissionDenied
            request.doer = Doer(post=post, address=address_of(request))
            try:
                return view(request, *args, **kwargs)
            except NotDone as refused:
                if refused.is_not_yours:
                    raise PermissionDenied from refused
                raise

        return let_in

    return guarded


def draw(request: Any, template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Draw a page with the sections that this post has."""
    held = {name for name in DUTIES if entitles(request.desk_post, name)}
    starting = sum(not step.is_done for step in first_run.steps()) if "registers" in held else 0
    everywhere = {"held": held, "starting": starting}
    return page(request, f"administration/{template}", everywhere | (context or {}), status=status)


def draw_form(
    request: Any, form: Any, *, title: str, button: str, back: str, refused: Refused | None = None, **more: Any
) -> HttpResponse:
    """Draw a form by itself: what is wrong with it beside its inputs, why it was refused above them."""
    status = refused.status if refused is not None else 422 if form.is_bound else 200
    context = {"form": form, "title": title, "button": button, "back": back} | told(refused) | more
    return draw(request, "form.html", context, status=status)


def may_see(refused: Refused) -> Refused:
    """A refusal that a form tells; what lies in who asks is raised again and becomes 403."""
    if isinstance(refused, NotDone) and refused.is_not_yours:
        raise refused
    return refused
