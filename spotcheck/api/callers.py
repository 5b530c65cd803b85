"""Who calls: the office of the credential whose token comes with a request, and the person who does an act."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from oauth2_provider.models import get_access_token_model

from spotcheck.api import secret
from spotcheck.api.models import Credential
from spotcheck.api.problems import Problem
from spotcheck.casework.entitling import Entitled
from spotcheck.docket import clock, sessions
from spotcheck.docket.flow import act_named
from spotcheck.docket.together import alone
from spotcheck.network.counting import address_of
from spotcheck.parties.actors import Actor
from spotcheck.parties.models import Office, Post
from spotcheck.registers.naming import as_kept
from spotcheck.rules.entitlements import ENTITLEMENTS
from spotcheck.rules.words import Words

_BEARER: Final = "Bearer "
_REALM: Final = 'Bearer realm="spotcheck"'


@dataclass(frozen=True, slots=True)
class Caller:
    """The office whose program calls, with what its token may be used for, at a moment."""

    credential: Credential
    scopes: frozenset[str]
    now: datetime

    @property
    def office(self) -> Office:
        """The office."""
        return self.credential.office

    @property
    def actor(self) -> Actor:
        """Who reads: somebody who tests in the office, whoever it is."""
        return Actor(office=self.office, role=Post.Role.ANALYST)

    @property
    def today(self) -> date:
        """The local day."""
        return clock.today_of(self.now)


def caller_of(request: HttpRequest) -> Caller:
    """Who calls. Raises ``unauthenticated``: the same answer whatever is wrong with the token.

    Nothing is remembered between requests: what was revoked a moment ago is not taken any more.
    """
    header = str(request.META.get("HTTP_AUTHORIZATION", ""))
    if not header.startswith(_BEARER):
        raise Problem("unauthenticated", headers={"WWW-Authenticate": _REALM})
    found: Any = next(iter(alone(_tokens, secret.digest(header.removeprefix(_BEARER)))), None)
    credential: Credential | None = found.application if found is not None else None
    if credential is not None:
        now = clock.now() if clock.is_simulated() else found.moment
        caller = Caller(credential, frozenset(found.scope.split()), now)
        if credential.is_live(caller.today) and credential.may_call_from(address_of(request)):
            return caller
    raise Problem("unauthenticated", headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'})


def _tokens(checksum: str) -> "QuerySet[Any]":
    rows: Any = get_access_token_model().objects.select_related("application__office").annotate(moment=Now())
    found: QuerySet[Any] = rows.filter(token_checksum=checksum, expires__gt=Now()).order_by("pk")[:1]
    return found


def require(caller: Caller, scope: str) -> None:
    """Raise ``scope-missing`` where the token does not reach so far."""
    if scope and scope not in caller.scopes:
        challenge = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
        raise Problem("scope-missing", headers={"WWW-Authenticate": challenge}, scope=scope)


def doer(caller: Caller, number: str, act: str, *, on: date) -> Post:
    """The post in which somebody of the office does an act: by staff number, valid on the day of the act.

    Who is entitled to it is decided where every door asks (``casework.entitling``). Raises ``person-unknown``,
    or ``person-not-entitled``. A credential alone does nothing.
    """
    spec = act_named(act)
    assert spec is not None, act
    held = _held(caller, number, on)
    found = next((post for post in held if Entitled(post, sessions.today()).may(spec)), None)
    if found is None:
        raise _not_entitled(number, spec.words.entitled)
    return found


def person(caller: Caller, number: str, *, on: date, entitlement: str) -> Post:
    """Somebody whom a request names besides: by staff number, with a post on that day that has an entitlement."""
    held = _held(caller, number, on)
    found = next((post for post in held if entitlement in post.entitlements), None)
    if found is None:
        raise _not_entitled(number, (entitlement,))
    return found


def _held(caller: Caller, number: str, on: date) -> list[Post]:
    """The posts of somebody on a day, those held today first; raises ``person-unknown`` where there is none."""
    held = sessions.ask(question_of_posts(caller.office, number, on))
    if not held:
        raise Problem("person-unknown", staff_number=number)
    today = sessions.today()
    return sorted(held, key=lambda post: post.until is not None and post.until < today)


def question_of_posts(office: Office, number: str, on: date) -> sessions.Question:
    """The question for the posts of somebody of an office, by staff number however it is typed, on a day."""
    number = as_kept(number)
    return sessions.Question(("posts", office.pk, number, on), _posts, (office.pk, number, on))


def _posts(office: int, number: str, on: date) -> "QuerySet[Post]":
    rows = Post.objects.valid_on(on).filter(
        office=office, user__staff_numbers__office=office, user__staff_numbers__number__iexact=number
    )
    return rows.exclude(role=Post.Role.ADMINISTRATOR).select_related("office", "user").order_by("pk")


def _not_entitled(number: str, wanted: tuple[str, ...]) -> Problem:
    words = [ENTITLEMENTS[name] for name in wanted]
    zh, en = "、".join(one.zh for one in words), ", ".join(one.en for one in words)
    says = Words(f"工号 {number} 没有“{zh}”权限", f"{number} is not entitled: {en}")
    return Problem("person-not-entitled", detail=says, staff_number=number, entitlements=list(wanted))
