"""Flow: the base on which the seventeen state charts stand, and the decorator of their transitions.

A chart is an abstract model with one protected FSM field and one method a transition, named after the act
in the text. A transition only assigns fields of its own matter; whatever else follows is a consequence.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.db import models
from django.utils.translation import get_language
from django_fsm import RETURN_VALUE, ConcurrentTransitionMixin, FSMField, transition
from rest_framework import serializers

from spotcheck.docket import chance, standing
from spotcheck.docket.models import Dossier, Party
from spotcheck.docket.requirements import Requirement
from spotcheck.docket.sessions import parties_of
from spotcheck.rules.acts import ActRecord, words_of
from spotcheck.rules.characters import complaint
from spotcheck.rules.charts import CHARTS
from spotcheck.rules.regulations import Regulation, of_chart
from spotcheck.rules.words import Words

if TYPE_CHECKING:
    from spotcheck.docket.evidence import Attached
    from spotcheck.docket.models import Entry
    from spotcheck.parties.actors import Actor
    from spotcheck.parties.models import Office

ABSENT = "absent"
"""The pseudo state of a matter that does not exist yet. It is never stored."""


class Facts(serializers.Serializer[Any]):
    """The facts that come with an act. What is left out counts as not shown; unknown names are an error."""

    remark = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    no_file_reason = serializers.CharField(required=False, allow_blank=True, max_length=200)

    def to_internal_value(self, data: Any) -> Any:
        """Refuse names that the act does not know, so that nothing is lost in silence."""
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError({name: ["unknown fact"] for name in unknown})
        if odd := {name: [said] for name in data if (said := odd_characters(data[name]))}:
            raise serializers.ValidationError(odd)
        return super().to_internal_value(data)


COMPLAINTS: Final[list[Callable[[str], Words | None]]] = [complaint]
"""Who is asked what is wrong with a text that is recorded; whoever draws papers adds what cannot be printed."""


def odd_characters(stated: Any) -> str:
    """Name a character that no text of ours may have, in the language of the screen; nothing when there is none."""
    match stated:
        case str():
            wrong = next(filter(None, (ask(stated) for ask in COMPLAINTS)), None)
            return wrong.in_(get_language() or "zh-hans") if wrong is not None else ""
        case Mapping():
            return next(filter(None, map(odd_characters, stated.values())), "")
        case list() | tuple() | set() | frozenset():
            return next(filter(None, map(odd_characters, stated)), "")
        case _:
            return ""


@dataclass(slots=True)
class ActSpec:
    """What the regulation says of one transition. ``name`` is ``chart.method``, set with the class."""

    code: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    articles: tuple[int, ...]
    actors: tuple[str, ...]
    recorded_by: tuple[str, ...] = ()
    needs: tuple[Requirement, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    forms: tuple[int, ...] = ()
    facts: type[Facts] = Facts
    dates: str = ""
    abandons: bool = False
    takes_back: tuple[str, ...] | None = None
    own: tuple[Requirement, ...] = ()
    """What is asked besides the guards of the text, only where the record itself can answer (``OWN_GUARDS``)."""
    is_own: bool = False
    """Whether it is an act of our own, in no chart of the text: it changes no state."""
    name: str = ""
    method: str = ""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """Everything that can forbid it: the guards of the text, then our own."""
        return (*self.needs, *self.own)

    @property
    def creates(self) -> bool:
        """Whether the transition brings the matter into being."""
        return self.source == (ABSENT,)

    @property
    def is_act(self) -> bool:
        """Whether somebody can do it (and it is not only a consequence)."""
        return any(word != "system" for word in self.actors)

    def states_any(self, names: Sequence[str]) -> bool:
        """Whether one of these facts comes with the act; a guard may ask for facts of another act it stands on too."""
        return bool(names) and not set(self.facts().fields).isdisjoint(names)

    @property
    def words(self) -> ActRecord:
        """How the act is called."""
        return words_of(self.name)


@dataclass
class Proposal:
    """An act about to be done: who, on which legal date, with which facts.

    ``late_reason`` says why it comes after the day on which it was due, ``happened_at`` at which hour it was done,
    ``evidence`` which files come with it, ``needs_files`` whether those that the articles want are asked for.
    """

    spec: ActSpec
    by: "Actor"
    on: date
    today: date
    facts: dict[str, Any]
    cause: "Entry | None" = None
    late_reason: str = ""
    happened_at: datetime | None = None
    evidence: "Sequence[Attached]" = ()
    needs_files: bool = False
    flags: list[str] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)
    """What was read to judge this act, by the names of those who read it: nobody reads it again to carry it out."""
    is_checked: bool = False
    """Whether every requirement of the act has been found to hold, so that nobody need ask again."""

    @cached_property
    def seed(self) -> str:
        """The seed of whatever is drawn by this act: the machine's, the same for its requirements and for the act."""
        return chance.seed()

    def __getitem__(self, name: str) -> Any:
        """A fact, or None when it was not stated."""
        return self.facts.get(name)

    def flag(self, name: str) -> None:
        """Mark the entry of this act."""
        if name not in self.flags:
            self.flags.append(name)


def act(
    code: str,
    *,
    source: str | Sequence[str],
    target: str | Sequence[str] | None,
    articles: Sequence[int],
    by: Sequence[str] = ("system",),
    recorded_by: Sequence[str] = (),
    needs: Sequence[Requirement] = (),
    opens: Sequence[str] = (),
    closes: Sequence[str] = (),
    counts: Sequence[str] = (),
    forms: Sequence[int] = (),
    facts: type[Facts] = Facts,
    dates: str = "",
    abandons: bool = False,
    takes_back: Sequence[str] | None = None,
    own: Sequence[Requirement] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a transition: django-fsm's decorator with everything the regulation says of it.

    ``dates`` names the field of the matter that keeps the legal date of the act; ``abandons`` says that the
    periods closed here are not met but given up; ``takes_back`` that a counter-entry may take the act back and empties
    these fields again, which only an act without periods, papers and consequences can say. A ``target`` of several
    states is chosen by the method's return value; ``None`` leaves the state as it is. ``own`` are requirements of our
    own besides those of the text.
    """
    sources = _plain(source)
    targets = _plain(target or ())
    spec = ActSpec(
        code=code,
        source=sources,
        target=targets,
        articles=tuple(articles),
        actors=tuple(by),
        recorded_by=tuple(recorded_by),
        needs=tuple(needs),
        opens=tuple(opens),
        closes=tuple(closes),
        counts=tuple(counts),
        forms=tuple(forms),
        facts=facts,
        dates=dates,
        abandons=abandons,
        takes_back=tuple(takes_back) if takes_back is not None else None,
        own=tuple(own),
    )

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        goal: Any = None
        if targets:
            goal = targets[0] if len(targets) == 1 else RETURN_VALUE(*targets)
        wrapped = transition(
            field="state",
            source=list(sources),
            target=goal,
            conditions=[*needs, *own],
            permission=lambda matter, actor: standing.may(matter, spec, actor),
            custom={"code": code, "articles": list(articles)},
        )(method)
        spec.method = method.__name__
        wrapped.spec = spec
        return wrapped

    return declare


def own_act(
    code: str,
    name: str,
    *,
    source: str | Sequence[str],
    articles: Sequence[int],
    by: Sequence[str],
    needs: Sequence[Requirement] = (),
    facts: type[Facts] = Facts,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an act of our own (``OWN_ACTS``): done as every act, in these states, which it leaves as they are.

    ``name`` is its public name; it belongs to no chart, so that a chart stays that of the text. The method assigns
    fields of its matter, as a transition does.
    """

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        declared: Any = method
        declared.spec = ActSpec(
            code=code,
            source=_plain(source),
            target=(),
            articles=tuple(articles),
            actors=tuple(by),
            own=tuple(needs),
            facts=facts,
            is_own=True,
            name=name,
            method=method.__name__,
        )
        return method

    return declare


def _plain(states: str | Sequence[str]) -> tuple[str, ...]:
    """States by their values; the chapters name them by their members."""
    return (str(states),) if isinstance(states, str) else tuple(str(state) for state in states)


MATTERS: dict[str, type["Flow"]] = {}
"""The model of each chart, by the chart's public name."""


class StateField(FSMField):
    """The protected state of a matter. To migrations it is a text: their many models know nothing of transitions,
    which each of them would collect anew."""

    def deconstruct(self) -> Any:
        """As Django's field for texts."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, {key: kwargs[key] for key in kwargs if key != "protected"}


class Flow(ConcurrentTransitionMixin, models.Model):
    """A matter: one instance of one chart in one dossier."""

    chart: ClassVar[str] = ""
    opened_by_hand: ClassVar[str] = ""
    """Whether an act of somebody begins a matter: once for each ``party``, or for the ``dossier``."""
    rests_on: ClassVar[str] = ""
    """The chart that a matter of this one is about: it cannot begin before that one began."""
    is_for_all: ClassVar[bool] = False
    """Whether a word for bureaus of a level means every one of that level, wherever it is."""
    taken_over_in: ClassVar[tuple[str, ...]] = ()
    """The states in which a matter may come in from an old system (``docket.taking``)."""
    taken_back_to: ClassVar[str] = ""
    """The state in which a matter ends whose take-over is undone; nothing: it stays where it is."""
    locks_parent: ClassVar[bool] = False
    """Whether acts of this chart may change the file above (a task when a target ends, a plan when a task starts)."""
    _specs: ClassVar[list[ActSpec]]

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="%(class)s_set")
    party = models.ForeignKey(Party, models.CASCADE, null=True, related_name="%(class)s_set")
    label = models.CharField(max_length=12, blank=True)
    state = StateField(default=ABSENT, protected=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    # What is being done, while it is done: guards, requirements and papers read it from the matter, so that a question
    # of the regulation takes one thing and not two. It is no column, and gone with the act.
    proposal: Proposal

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give every act its public name, and keep the model of the chart where others find it."""
        super().__init_subclass__(**kwargs)
        for spec in (one for one in cls._found() if not one.is_own):
            spec.name = f"{cls.chart}.{spec.method.rstrip('_')}"
        # Django calls this before Meta is read, so that the concrete class registers itself last and stays.
        MATTERS[cls.chart] = cls

    def __str__(self) -> str:
        return f"{self.chart}{'.' + self.label if self.label else ''}"

    @classmethod
    def text(cls) -> Regulation:
        """The regulation that the chart belongs to."""
        return of_chart(cls.chart)

    @classmethod
    def specs(cls) -> list[ActSpec]:
        """All transitions of the chart, as the text has them, in the order of their codes."""
        return [spec for spec in cls._declared() if not spec.is_own]

    @classmethod
    def own_specs(cls) -> list[ActSpec]:
        """The acts of our own that are done in matters of this chart."""
        return [spec for spec in cls._declared() if spec.is_own]

    @classmethod
    def all_specs(cls) -> list[ActSpec]:
        """Whatever is done in matters of this chart: its transitions, then the acts of our own."""
        return [*cls.specs(), *cls.own_specs()]

    @classmethod
    def _declared(cls) -> list[ActSpec]:
        """Looked for once, when the class is whole: what it declares stands with it."""
        if "_specs" not in cls.__dict__:
            cls._specs = cls._found()
        return cls._specs

    @classmethod
    def _found(cls) -> list[ActSpec]:
        found = {id(s): s for name in dir(cls) if (s := getattr(getattr(cls, name, None), "spec", None))}
        return sorted(found.values(), key=lambda spec: (len(spec.code), spec.code))

    @classmethod
    def spec_of(cls, method: str) -> ActSpec:
        """The declaration of one transition."""
        spec: ActSpec = getattr(cls, method).spec
        return spec

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Leave the state alone: Django's cleaning assigns every field, and ours is protected."""
        super().clean_fields(exclude={*(exclude or ()), "state"})

    def note_saved_state(self) -> None:
        """After many matters were saved with one statement, the state in the database is the one they have."""
        # django-fsm-2 compares with the state it has read when a matter is saved again; one statement for many rows
        # passes its ``save`` by, which would have noted the new one
        self._update_initial_state()

    @property
    def is_ended(self) -> bool:
        """Whether the chart is in one of its terminal states."""
        return self.state in CHARTS[self.chart].terminal

    @property
    def is_open(self) -> bool:
        """Whether the matter still keeps others waiting; an objection that came too late never does."""
        return not self.is_ended

    @classmethod
    def next_label(cls, dossier: Dossier, party: Party | None) -> str:
        """The label of the next matter of this chart in a dossier."""
        return party.label if party is not None else ""

    @classmethod
    def new(cls, dossier: Dossier, party: Party | None = None, **fields: Any) -> Self:
        """A matter that does not exist yet; its creating act brings it into being."""
        return cls(dossier=dossier, party=party, label=cls.next_label(dossier, party), **fields)

    def is_relied_on(self) -> bool:
        """Whether another matter already rests on the newest act of this one, so that it cannot be taken back."""
        return False

    def barred(self, spec: ActSpec) -> bool:
        """Whether the matter has ended with something else, so that nothing can be done in it any more."""
        return False

    def is_meant_by(self, spec: ActSpec) -> bool:
        """Whether the act can be meant for this matter at all, whatever is stated with it."""
        return True

    def about(self, word: str) -> list[Party]:
        """The parties whose place decides which bureau the word means; by default the party of the matter."""
        if self.party is not None:
            return [self.party]
        return parties_of(self.dossier)

    def places(self, word: str) -> list[str]:
        """The codes of the places that decide which bureau the word means; by default where its parties work now."""
        return [party.place for party in self.about(word)]

    def owner(self) -> "Flow":
        """The matter that owns the periods opened and closed here."""
        return self

    def heir(self) -> "Flow | None":
        """The matter that has taken this one over with its running periods, if one has."""
        return None

    def before(self) -> "Flow | None":
        """The matter that this one has taken over with its running periods, if there is one."""
        return None

    def issues_as(self, spec: ActSpec) -> "Office | None":
        """The bureau whose name stands under what this act issues, where it is not that of the party's place now."""
        return None

    def opens_now(self, rule: str) -> bool:
        """Whether the act being done really opens this period of those it may open; by default it does."""
        return True

    def starts_on(self, rule: str) -> date:
        """The day from which a period opened here is counted; by default the legal date of the act."""
        return self.proposal.on

    def ends_as_ordered(self, rule: str) -> date | None:
        """The last day of a period whose end is ordered and not counted."""
        return None


def act_named(name: str) -> ActSpec | None:
    """The declaration of an act by its public name (``chart.method``, or that of an own act); None for no such name."""
    model = MATTERS.get(name.partition(".")[0])
    models_ = [model] if model is not None else list(MATTERS.values())
    return next((spec for one in models_ for spec in one.all_specs() if spec.name == name), None)


def numbered(cls: type[Flow], dossier: Dossier) -> str:
    """The next running number of a chart in a dossier."""
    return str(cls.objects.filter(dossier=dossier).count() + 1)


def numbered_for(cls: type[Flow], dossier: Dossier, party: Party | None, *, always: bool = False) -> str:
    """The label of a party with a number behind it from the second matter on (from the first with ``always``)."""
    assert party is not None
    return label_of(party, cls.objects.filter(dossier=dossier, party=party).count() + 1, always=always)


def label_of(party: Party, number: int, *, always: bool = False) -> str:
    """The label of a party's matter of this running number."""
    return f"{party.label}#{number}" if always or number > 1 else party.label
