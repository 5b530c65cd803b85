"""The filters of the lists: what an address asks, and what it shows. What makes no sense narrows nothing.

``always`` are the filters that stand open, ``more`` those that are folded away, ``columns`` what can be shown.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spotcheck.casework import dossier_columns, duty_filters
from spotcheck.casework.dossier_filters import CONCLUSIONS, DUE, ORDERS, OWNERS, Wanted
from spotcheck.casework.paging import Turn
from spotcheck.casework.paper_search import SERVICE, WantedPapers, keys
from spotcheck.casework.privacy import Sight
from spotcheck.casework.texts import all_stages
from spotcheck.desk.forms import ALL, DayField, named
from spotcheck.docket.models import Dossier
from spotcheck.docket.wording import headed
from spotcheck.notices.models import Paper
from spotcheck.parties.models import Office, Post, Region
from spotcheck.rules import folding

MOST_TYPED: Final = 200
"""So many characters of a search box are looked at."""
_SHOWN: Final = "c_"
"""The name of a box that shows a column begins with it."""
_WHO: Final = r"^(mine|pool|[0-9]{1,9})$"


def _choice(label: Any, choices: Iterable[Any] = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[ALL, *choices])


def _text(label: Any, pattern: str = "", most: int = 60) -> forms.CharField:
    """A filter whose choices are looked up only where they are shown."""
    given: dict[str, Any] = {"label": label, "required": False, "widget": forms.Select}
    return forms.RegexField(pattern, **given) if pattern else forms.CharField(max_length=most, **given)


def _day(label: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, required=False, widget=widget)


class Filters(forms.Form):
    """What an address asks of a list."""

    ALWAYS: ClassVar[tuple[str, ...]] = ()

    q = forms.CharField(label=gettext_lazy("关键词"), required=False)

    def __init__(self, data: Any, *, hint: str, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)
        attrs = {"autocomplete": "off", "data-search": "page", "placeholder": hint}
        self.fields["q"].widget = forms.TextInput(attrs | {"type": "search"})

    def said(self) -> dict[str, Any]:
        """Whatever can be understood, by the names of the filters; ``words`` are those of the search box."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        shown = tuple(name.removeprefix(_SHOWN) for name in found if name.startswith(_SHOWN))
        found = {name: value for name, value in found.items() if not name.startswith(_SHOWN)}
        return found | {"words": found.pop("q", "")[:MOST_TYPED]} | ({"columns": shown} if shown else {})

    def query(self) -> str:
        """What is asked, as the query string of an address: without the place of a page and what makes no sense."""
        self.is_valid()
        asked = QueryDict(mutable=True)
        for name in self.cleaned_data:
            if self.cleaned_data[name]:
                asked[name] = self.data[name][:MOST_TYPED]
        return asked.urlencode()

    def told(self) -> list[str]:
        """What is asked, in words, as a sheet says it."""
        self.is_valid()
        asked = [(field, self.cleaned_data.get(field.name)) for field in (*self.always, *self.more)]
        return [f"{field.label}{_('：')}{_in_words(field, value)}" for field, value in asked if value]

    @property
    def always(self) -> list[forms.BoundField]:
        """The filters that stand open."""
        return [self[name] for name in ("q", *self.ALWAYS) if self._is_of_use(name)]

    @property
    def more(self) -> list[forms.BoundField]:
        """The filters that are folded away."""
        names = (name for name in self.fields if name not in {"q", *self.ALWAYS} and not name.startswith(_SHOWN))
        return [self[name] for name in names if self._is_of_use(name)]

    @property
    def columns(self) -> list[forms.BoundField]:
        """The boxes of the columns."""
        return [self[name] for name in self.fields if name.startswith(_SHOWN)]

    @property
    def is_unfolded(self) -> bool:
        """Whether something that is folded away is in use."""
        self.is_valid()
        return any(self.cleaned_data.get(field.name) for field in (*self.more, *self.columns))

    def _is_of_use(self, name: str) -> bool:
        """A choice between everything and everything is none."""
        if name not in self.fields:
            return False
        widget = self.fields[name].widget
        return not isinstance(widget, forms.Select) or len(list(widget.choices)) > 1

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        if name in self.fields:
            self.fields[name].widget.choices = [ALL, *choices]


def _in_words(field: forms.BoundField, value: Any) -> str:
    """What is chosen, as it stands in the choice."""
    choices = dict(getattr(field.field.widget, "choices", ()))
    return str(choices.get(value, value)).strip()


class _OfDossiers(Filters):
    """What the lists of dossiers have in common."""

    product = _text(gettext_lazy("产品种类"))
    place = _text(gettext_lazy("地区"), r"^[0-9]+$")

    def __init__(self, data: Any, *, products: Iterable[str] = (), places: Iterable[Region] = (), **options: Any):
        super().__init__(data, hint=_("编号、产品、企业、信用代码、拼音"), **options)
        self._offer("product", ((name, name) for name in products))
        self._offer("place", named(places))

    def wanted(self) -> Wanted:
        """What is searched for."""
        return Wanted(**self.said(), turn=Turn.read(self.data))


class SearchForm(_OfDossiers):
    """The filters of the list of dossiers: those that tell of others are for bureaus, owners for offices."""

    ALWAYS = ("kind", "stage", "due", "product", "place")
    _FOR_BUREAUS: ClassVar = (
        "conclusion", "office", "body", "firm", "progress", "duty", "step", "charged", "recheck",
    )  # fmt: skip

    kind = _choice(gettext_lazy("类别"), Dossier.Kind.choices)
    stage = _choice(gettext_lazy("阶段"))
    due = _choice(gettext_lazy("期限"), DUE.items())
    owner = _text(gettext_lazy("承办人"), _WHO)
    conclusion = _choice(gettext_lazy("检验结论"), CONCLUSIONS.items())
    office = _text(gettext_lazy("后处理机关"), r"^[0-9A-Za-z]{1,20}$")
    body = _text(gettext_lazy("抽样或者检验机构"), r"^[0-9A-Za-z_-]{1,20}$")
    firm = forms.CharField(
        label=gettext_lazy("企业信用代码"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    progress = _choice(gettext_lazy("办结"), duty_filters.PROGRESS.items())
    duty = _choice(gettext_lazy("履行职责"), ((name, asked.label) for name, asked in duty_filters.DUTIES.items()))
    step = _choice(gettext_lazy("法定环节"))
    charged = _text(gettext_lazy("履行机关"), r"^(within|[0-9A-Za-z]{1,20})$")
    recheck = _choice(gettext_lazy("首次复查"), duty_filters.RECHECKS.items())
    opened_from = _day(gettext_lazy("建立日期不早于"))
    opened_until = _day(gettext_lazy("建立日期不晚于"))
    due_until = _day(gettext_lazy("期限不晚于"))
    order = forms.ChoiceField(label=gettext_lazy("排序"), required=False, choices=list(ORDERS.items()))

    def __init__(
        self,
        data: Any,
        *,
        sight: Sight,
        coordinates: bool = False,
        people: Iterable[Post] = (),
        bureaus: Iterable[Office] = (),
        bodies: Iterable[Office] = (),
        **options: Any,
    ):
        super().__init__(data, **options)
        hidden = () if sight.asks_of_others else self._FOR_BUREAUS
        for name in (*hidden, *(() if sight.is_office else ("owner",))):
            del self.fields[name]
        self.coordinates = coordinates
        stages = [(stage.name, headed(stage.words)) for stage in all_stages().values()]
        self.fields["stage"].choices = [ALL, *stages]  # type: ignore[attr-defined]
        self._offer("owner", [*OWNERS.items(), *((str(post.pk), str(post.user)) for post in people)])
        if "step" in self.fields:
            self.fields["step"].choices = [ALL, *((kind, headed(name)) for kind, name in duty_filters.steps().items())]  # type: ignore[attr-defined]
        charged = [*duty_filters.CHARGED.items(), *((office.code, office.name) for office in bureaus)]
        self._offer("charged", charged)
        self._offer("office", ((office.code, office.name) for office in bureaus))
        self._offer("body", ((office.code, office.name) for office in bodies))
        for column in dossier_columns.offered_to(sight):
            if column.name != dossier_columns.ALWAYS:
                self.fields[f"{_SHOWN}{column.name}"] = forms.BooleanField(label=column.head, required=False)

    def clean_owner(self) -> str:
        """Those of a colleague only who coordinates sees together."""
        owner: str = self.cleaned_data["owner"]
        return owner if owner in OWNERS or self.coordinates else ""

    def clean_firm(self) -> str:
        """A credit code however it is typed."""
        return folding.number(self.cleaned_data["firm"]).upper()


class CasesForm(_OfDossiers):
    """The filters of the cases of somebody, or of the pool."""

    ALWAYS = ("product", "place", "due_until")

    due_until = _day(gettext_lazy("期限不晚于"))


class PapersForm(Filters):
    """The filters of the register of papers."""

    ALWAYS = ("form", "service", "status", "issuer")

    form = forms.ChoiceField(label=gettext_lazy("文书名称"), required=False)
    service = _choice(gettext_lazy("送达"), SERVICE.items())
    status = _choice(gettext_lazy("效力"), Paper.Status.choices)
    issuer = _text(gettext_lazy("发文机关"), most=20)
    issued_from = _day(gettext_lazy("出具日期不早于"))
    issued_until = _day(gettext_lazy("出具日期不晚于"))

    def __init__(self, data: Any, *, issuers: Iterable[Office] = ()) -> None:
        super().__init__(data, hint=_("文号或者其一部分、企业、拼音、文书名称"))
        self.fields["form"].choices = [ALL, *((key, headed(words)) for key, words in keys())]  # type: ignore[attr-defined]
        self._offer("issuer", ((office.code, office.name) for office in issuers))

    def wanted(self) -> WantedPapers:
        """What is searched for."""
        return WantedPapers(**self.said(), turn=Turn.read(self.data))
