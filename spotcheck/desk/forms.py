"""The forms of what is no act: a plan, a task, the list of a draw, and the draw. Acts ask by their facts."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spotcheck.casework.draws import MOST_TARGETS, Frozen
from spotcheck.casework.reading import day_of, whole
from spotcheck.docket.models import Dossier, known_as
from spotcheck.docket.wording import language
from spotcheck.look.forms import TOO_LONG
from spotcheck.parties.models import Offering, Region
from spotcheck.planning.candidates import Wish
from spotcheck.planning.models import Plan, Task
from spotcheck.planning.operations import open_plan, open_task
from spotcheck.rules import folding, names, numbers

FIRST_YEAR, LAST_YEAR = 2021, 2100
ALL: Final = ("", gettext_lazy("全部"))
_INDENTED: Final = frozenset({Region.Level.COUNTY, Region.Level.ZONE})

_File = TypeVar("_File", Plan, Task)


def _opened(form: forms.Form, opening: Callable[[], _File]) -> _File | None:
    """Open a file; None when the form says what is wrong, or when somebody else has just taken its number."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return opening()
    except IntegrityError:
        form.full_clean()
        return None


class DayField(forms.DateField):
    """A day as year-month-day in plain digits, and nothing else."""

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value and day_of(value) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


def known_kind(typed: str) -> str:
    """A kind of product as the sampling frame writes it; what it does not know stays as it was typed."""
    rows = Offering.objects.order_by().values_list("product_kind", flat=True).distinct()
    return names.known_as(typed, rows) if typed else ""


class PlanForm(forms.Form):
    """A year's plan."""

    year = forms.CharField(label=gettext_lazy("年份"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)
        self.fields["year"].error_messages["required"] = _("请填写四位年份。")

    def clean_year(self) -> int:
        """A year of four plain digits that has no plan yet."""
        year = whole(folding.number(self.cleaned_data["year"])) or 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_("请填写四位年份。"))
        if Plan.objects.filter(year=year).exists():
            raise forms.ValidationError(_("%(year)s 年度计划已经建立。") % {"year": year})
        return year

    def open(self, on: date) -> Plan | None:
        """Open the file of the plan, if nothing stands in the way."""
        return _opened(self, lambda: open_plan(self.cleaned_data["year"], on=on))


class _PlanChoice(forms.ModelChoiceField):
    """A plan by the title of its file."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.dossier.title)


class TaskForm(forms.Form):
    """A task, under a plan or by itself."""

    plan = _PlanChoice(
        Plan.objects.select_related("dossier").order_by("-year"),
        required=False,
        label=gettext_lazy("所属年度计划"),
        empty_label=gettext_lazy("无（专项抽查）"),
        help_text=gettext_lazy("日常抽查列入年度计划；专项抽查可以单独建立。"),
    )
    number = forms.CharField(label=gettext_lazy("编号"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    title = forms.CharField(
        label=gettext_lazy("任务名称"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=TOO_LONG | {"required": gettext_lazy("请填写任务名称。")},
    )
    product_kind = forms.CharField(
        label=gettext_lazy("产品种类"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "products"}),
        error_messages=TOO_LONG,
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)
        self.fields["number"].error_messages["required"] = _("编号为 2 至 32 个字符，不含空格和斜线。")
        for name in ("title", "product_kind"):  # nothing is cut off while it is typed: what is too long is said
            self.fields[name].widget.attrs.pop("maxlength")

    def clean_number(self) -> str:
        """A number that can stand in an address and is not taken, in whatever case and width."""
        number = folding.number(self.cleaned_data["number"])
        if wrong := numbers.of_file(number):
            raise forms.ValidationError(wrong.in_(language()))
        if (taken := known_as(number)) is not None:
            same = _("这个编号已经使用。")
            like = _("与已有的编号“%(number)s”只是大小写或者写法不同，请另取编号。") % {"number": taken.number}
            raise forms.ValidationError(same if taken.number == number else like)
        return number

    def clean_product_kind(self) -> str:
        """The kind as the frame calls it, however it is typed."""
        return known_kind(self.cleaned_data["product_kind"])

    def open(self, on: date) -> Task | None:
        """Open the file of the task, if nothing stands in the way."""
        return _opened(self, lambda: open_task(**self.cleaned_data, on=on, full_record=True))


class WishForm(forms.Form):
    """From what is to be drawn. What makes no sense becomes the usual."""

    product_kind = forms.CharField(label=gettext_lazy("产品种类"), widget=forms.TextInput(attrs={"list": "products"}))
    source = forms.ChoiceField(
        label=gettext_lazy("抽样环节"),
        required=False,
        choices=[ALL, *Offering.Kind.choices],
    )
    channel = forms.ChoiceField(label=gettext_lazy("抽样方式"), choices=Dossier.Channel.choices)
    check_kind = forms.ChoiceField(label=gettext_lazy("抽查性质"), choices=Dossier.Check.choices)
    place = forms.ChoiceField(label=gettext_lazy("地区"), required=False)

    def __init__(self, data: Any = None, *, task: Task, places: list[Region] | None = None, **options: Any) -> None:
        super().__init__(data, auto_id="%s", **options)
        self.task = task
        self.fields["place"].choices = [("", _("全省")), *named(places or ())]  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """What the form says, with the usual for what it does not say."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if "product_kind" in said:
            said["product_kind"] = known_kind(said["product_kind"])
        usual = {"channel": Dossier.Channel.ON_SITE, "check_kind": self.task.usual_check, "source": "", "place": ""}
        asks = "product_kind" in self.data
        return Wish(**{"product_kind": "" if asks else self.task.product_kind, **usual, **said})


class DrawForm(forms.Form):
    """How much is drawn from a frozen list, and on which day."""

    number = forms.IntegerField(label=gettext_lazy("抽取企业数"), min_value=1)
    batches = forms.IntegerField(
        label=gettext_lazy("抽取批次数"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("不填即每家企业一批次；多出的批次平均分到抽中的企业。"),
    )
    on = DayField(
        label=gettext_lazy("办理日期"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None = None, *, frozen: Frozen, today: date, **options: Any) -> None:
        super().__init__(data, auto_id="f-%s", initial={"on": today}, **options)
        self.frozen, self.today = frozen, today
        self.most = {"number": min(frozen.firms, MOST_TARGETS), "batches": min(frozen.count, MOST_TARGETS)}
        for name, most in self.most.items():
            self.fields[name].widget.attrs["max"] = most
        days = {"min": frozen.frozen_on.isoformat(), "max": today.isoformat()}
        self.fields["on"].widget.attrs.update(days)
        wrong = {"number": self._wrong_number(), "batches": self._wrong_batches(), "on": _("请填写日期（年-月-日）。")}
        for name, text in wrong.items():
            self.fields[name].error_messages |= {"required": text, "invalid": text}

    def clean_number(self) -> int:
        """Not more firms than stand on the list."""
        number: int = self.cleaned_data["number"]
        if number > self.most["number"]:
            raise forms.ValidationError(self._wrong_number())
        return number

    def clean_batches(self) -> int | None:
        """At least one for every firm, and not more than the list has lines."""
        batches: int | None = self.cleaned_data["batches"]
        if batches is not None and not self.cleaned_data.get("number", 1) <= batches <= self.most["batches"]:
            raise forms.ValidationError(self._wrong_batches())
        return batches

    def clean_on(self) -> date:
        """Not before the list was frozen, and not a day to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("日期不能晚于今天（%(today)s）。") % {"today": self.today})
        if on < self.frozen.frozen_on:
            raise forms.ValidationError(_("抽取日期不能早于名单冻结之日（%(day)s）。") % {"day": self.frozen.frozen_on})
        return on

    def facts(self) -> dict[str, int]:
        """The numbers as facts of the act."""
        found = {name: self.cleaned_data[name] for name in ("number", "batches")}
        return {name: number for name, number in found.items() if number is not None}

    def _wrong_number(self) -> str:
        return _("请填写 1 至 %(most)d 的整数：名单上有 %(firms)d 家企业。") % {
            "most": self.most["number"],
            "firms": self.frozen.firms,
        }

    def _wrong_batches(self) -> str:
        return _("批次数不少于企业数，不多于 %(most)d。") % {"most": self.most["batches"]}


def named(places: Iterable[Region]) -> list[tuple[str, str]]:
    """Places to choose from: a county stands indented below its city."""
    return [(place.code, f"　{place.name}" if place.level in _INDENTED else place.name) for place in places]
