"""What the form of an act says, fills in and offers beforehand: each chapter registers here what it knows of its acts.

``@advises("sampling.present_notice")`` says what there is to know before the act; ``@fills_in("retest.report")`` what
stands there beforehand; ``@offers("sampling.replace_sampler", "out")`` what there is to choose from for a fact;
``@answers("sampling.pass_precheck")`` what the record answers itself, and ``@checks("sampling.pass_precheck")`` what is
wrong with what was stated. What becomes of it on a screen is the business of the doors. The module ``offers`` of every
chapter is loaded with the program.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from django.utils.translation import gettext as _

from spotcheck.docket.models import Party
from spotcheck.docket.wording import cited, headed
from spotcheck.parties.actors import Actor
from spotcheck.rules.words import Words


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know before the act."""

    text: str
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What one fact is chosen from.

    * ``show``: how: one or several of the ``options``, one of the ``places``, or a ``value`` that nobody chooses;
      without it the input stays as it is;
    * ``options``: values with what they are called; a party is named as far as the reader may know it;
    * ``without``: values that the input offers and that are none here;
    * ``help``: what is said beside it, in place of what else would be.
    """

    show: Literal["", "one", "several", "items", "places", "value"] = ""
    options: Sequence[tuple[str, "str | Party"]] = ()
    without: Sequence[str] = ()
    places: Callable[[str], bool] | None = None
    value: str = ""
    help: str | None = None


Advise = Callable[[Any, Actor], Iterable[Note]]
FillIn = Callable[[Any, Actor], dict[str, Any]]
Choose = Callable[[Any, Actor], Offer]
AnswerOf = Callable[[Any, Mapping[str, Any]], dict[str, Any]]
Check = Callable[[Any, Mapping[str, Any]], dict[str, list[str]]]


@dataclass(slots=True)
class FormOf:
    """What a chapter says of the form of one act; each is asked with the matter."""

    advise: Advise | None = None
    fill_in: FillIn | None = None
    answer: AnswerOf | None = None
    check: Check | None = None
    offers: dict[str, Choose] = field(default_factory=dict)


FORMS: Final[dict[str, FormOf]] = {}
_NOTHING: Final = FormOf()
Part = TypeVar("Part", bound=Callable[..., Any])


def form_of(act: str) -> FormOf:
    """What is said of the form of an act by its public name."""
    return FORMS.get(act, _NOTHING)


def _registers(part: str, acts: Sequence[str]) -> Callable[[Part], Part]:
    def register(function: Part) -> Part:
        for act in acts:
            setattr(FORMS.setdefault(act, FormOf()), part, function)
        return function

    return register


def advises(*acts: str) -> Callable[[Advise], Advise]:
    """Register what there is to know before these acts."""
    return _registers("advise", acts)


def fills_in(*acts: str) -> Callable[[FillIn], FillIn]:
    """Register what stands in the form of these acts beforehand, by the names of the facts."""
    return _registers("fill_in", acts)


def answers(*acts: str) -> Callable[[AnswerOf], AnswerOf]:
    """Register what the record itself answers of these acts, given what was stated."""
    return _registers("answer", acts)


def checks(*acts: str) -> Callable[[Check], Check]:
    """Register what is wrong with what was stated with these acts, by the names of the facts."""
    return _registers("check", acts)


def offers(act: str, fact: str) -> Callable[[Choose], Choose]:
    """Register what there is to choose from for one fact of an act."""

    def register(choose: Choose) -> Choose:
        FORMS.setdefault(act, FormOf()).offers[fact] = choose
        return choose

    return register


def with_articles(words: Words, articles: tuple[int, ...]) -> str:
    """A sentence with the articles on which it rests."""
    return _("%(says)s（%(articles)s）") % {"says": headed(words), "articles": cited(articles)}
