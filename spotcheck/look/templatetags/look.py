"""Filters that put the regulation's words and days on a page, and the clock that is the same on all of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html

from spotcheck.casework.clocks import Clock
from spotcheck.casework.duties import words_of
from spotcheck.docket import wording
from spotcheck.docket.clock import SHANDONG
from spotcheck.docket.flow import ActSpec
from spotcheck.parties.actors import Actor
from spotcheck.rules.actors import SYSTEM
from spotcheck.rules.regulations import of_act
from spotcheck.rules.words import Words

register = template.Library()


@register.simple_tag(takes_context=True)
def as_post(context: template.Context) -> str:
    """The post for which a form is drawn: what it records is recorded for this one or not at all."""
    post = context.get("post")
    return format_html('<input type="hidden" name="as_post" value="{}">', post.pk) if post is not None else ""


@register.filter
def say(words: Words | None) -> str:
    """Words in the language of the screen."""
    return wording.say(words)


@register.filter
def headed(words: Words | None) -> str:
    """Words that stand by themselves."""
    return wording.headed(words)


@register.filter
def at(row: Mapping[str, str], name: str) -> str:
    """The cell of a row."""
    return row.get(name, "")


@register.filter
def cited(articles: Iterable[int], most: int = 99) -> str:
    """第三十五条、第三十六条; with ``most`` the first ones only."""
    each = list(dict.fromkeys(articles))
    return wording.cited(each[:most]) + ("…" if len(each) > most else "")


@register.filter
def entered_for(spec: ActSpec, actor: Actor) -> str:
    """For whom the actor only records an act that is another's; empty when it is its own."""
    text = of_act(spec.name)
    if set(words_of(actor, text.id)) & set(spec.actors):
        return ""
    return wording.listed(wording.say(text.capacities[word].label) for word in spec.actors if word != SYSTEM)


@register.filter
def dated(day: date | None) -> str:
    """2026-03-17 周二."""
    return wording.dated(day) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """2026-03-17 09:30, in Shandong."""
    return f"{at.astimezone(SHANDONG):%Y-%m-%d %H:%M}" if at else ""


@register.filter
def kind(field: BoundField) -> str:
    """How a field of a form is answered: the name of its shape on the page."""
    kinds = {"checkbox": "yes", "radioselect": "radio", "checkboxselectmultiple": "checkboxes"}
    return kinds.get(field.widget_type, field.widget_type)


@register.inclusion_tag("look/parts/clock.html")
def clock(shown: Clock, *, slim: bool = False, why: bool = True) -> dict[str, Any]:
    """Draw a clock; ``slim`` for a line of a list."""
    return {"clock": shown, "slim": slim, "why": why and not slim}


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The query string of this page with some parameters changed; an empty value takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    text = query.urlencode()
    return f"?{text}" if text else "?"
