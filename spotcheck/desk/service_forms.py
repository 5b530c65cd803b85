"""The forms of the service of a paper: begun, received with proof, returned, corrected."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spotcheck.desk.forms import DayField
from spotcheck.docket import clock
from spotcheck.docket.problems import Reason
from spotcheck.notices import service
from spotcheck.notices.models import Recipient, Service
from spotcheck.notices.proofs import Proof
from spotcheck.notices.service import ServiceRefused
from spotcheck.parties.actors import Actor
from spotcheck.rules.refused import Refused

ONLY_FOR: Final[dict[str, tuple[str, ...]]] = {
    "servers": (Service.Method.DIRECT, Service.Method.LEFT),
    "tracking_no": (Service.Method.MAIL,),
    "announced_where": (Service.Method.ANNOUNCED,),
    "witness": (Service.Method.LEFT,),
    "refusal": (Service.Method.LEFT,),
}
"""Inputs that matter with some methods only."""
WORDS: Final = ("received_by", "capacity", "witness", "refusal")
RECEIPT: Final = ("received_on", *WORDS, "proof")
AT_ONCE: Final = "at_once"


def is_for(name: str, method: str) -> bool:
    """Whether an input matters with this method."""
    return method in ONLY_FOR.get(name, (method,))


def _day(label: Any, **more: Any) -> DayField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = gettext_lazy("请填写日期（年-月-日）。")
    told = {"required": wrong, "invalid": wrong}
    return DayField(label=label, input_formats=["%Y-%m-%d"], widget=widget, error_messages=told, **more)


def _text(label: Any, **more: Any) -> forms.CharField:
    more.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
    return forms.CharField(label=label, required=False, **more)


def _proof() -> forms.FileField:
    attrs = {"accept": "application/pdf,image/png,image/jpeg", "hx-preserve": ""}
    return forms.FileField(
        label=gettext_lazy("送达凭证"),
        required=False,
        allow_empty_file=True,  # what is wrong with a file the domain says, as everywhere
        widget=forms.FileInput(attrs=attrs),
        help_text=gettext_lazy("回证、邮寄回执、截图等，PDF、PNG 或者 JPEG。"),
    )


class ServiceForm(forms.Form):
    """One thing that can be recorded of a service. What the law says against it comes when it is tried."""

    what: ClassVar[str]
    done: ClassVar[Any]
    reasons: tuple[Reason, ...] = ()
    """Why it was not permitted."""

    def __init__(
        self, found: Recipient, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, auto_id="f-%s")
        self.found = found

    def record(self, actor: Actor, proof: Proof | None) -> None:
        """Record it. Raises :class:`~spotcheck.rules.refused.Refused`."""
        raise NotImplementedError

    def refused(self, why: Refused, language: str) -> None:
        """Say what is wrong beside the inputs, and why it is not permitted above them."""
        self.reasons = why.reasons
        for name, wrong in why.errors.items():
            told = [wrong] if isinstance(wrong, str) else list(wrong)
            if not name:
                told = [why.text(language)]
            self.add_error(name if name in self.fields else None, [str(text) for text in told])

    @property
    def has_trouble(self) -> bool:
        """Whether it was tried and did not get through."""
        return self.is_bound

    @property
    def day(self) -> date | None:
        """The day of receipt that stands in the form."""
        if "received_on" not in self.fields:
            return None
        try:
            return self.fields["received_on"].to_python(self["received_on"].value())
        except forms.ValidationError:
            return None

    @property
    def told(self) -> Any:
        """What has been recorded, in words."""
        return self.done

    def _acknowledge(self, begun: Service, actor: Actor, proof: Proof | None) -> None:
        words = {name: self.cleaned_data[name] for name in WORDS if name in self.fields and is_for(name, begun.method)}
        service.acknowledge(begun, by=actor, on=self.cleaned_data["received_on"], proof=proof, **words)

    def _last(self) -> Service:
        """The newest attempt; the domain says whether anything can be recorded of it."""
        newest = self.found.services.order_by("-pk").first()
        if newest is None:
            raise ServiceRefused(_("还没有开始送达。"))
        newest.recipient = self.found
        return newest


class _Receipt(ServiceForm):
    """When it was received, by whom, and what proves it."""

    received_on = _day(gettext_lazy("收到日期"))
    received_by = _text(gettext_lazy("签收人"))
    capacity = _text(gettext_lazy("签收人身份"), help_text=gettext_lazy("例如法定代表人、收发人员、同住成年家属。"))
    witness = _text(gettext_lazy("见证人"))
    refusal = _text(gettext_lazy("拒收的情形"), widget=forms.Textarea(attrs={"rows": 3}))
    proof = _proof()


class Receive(_Receipt):
    """What is under way has been received. Which day it was nobody guesses: it starts a period."""

    what = "receive"
    done = gettext_lazy("已登记收到。")

    def __init__(self, found: Recipient, *sent: Any) -> None:
        super().__init__(found, *sent)
        under_way = list(found.services.all())
        method = under_way[-1].method if under_way else ""
        for name in RECEIPT:
            if not is_for(name, method):
                del self.fields[name]

    def record(self, actor: Actor, proof: Proof | None) -> None:
        """Record the receipt with its proof."""
        self._acknowledge(self._last(), actor, proof)


class Begin(_Receipt):
    """A service is begun, and received at once where the slip is in hand already."""

    what = "begin"
    done = gettext_lazy("已登记送达。")

    method = _text(gettext_lazy("送达方式"), widget=forms.RadioSelect(choices=Service.Method.choices))
    started_on = _day(gettext_lazy("交寄（交付）日期"), help_text=gettext_lazy("当面交付、交寄、发送或者公告的那天。"))
    servers = _text(
        gettext_lazy("送达人（两名）"), widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("每行一项")
    )
    tracking_no = _text(gettext_lazy("邮件号码"))
    announced_where = _text(gettext_lazy("公告的地方"), help_text=gettext_lazy("例如省局网站、受送达人住所地报纸。"))
    at_once = forms.BooleanField(label=gettext_lazy("已经送到，同时登记收到"), required=False)

    def __init__(self, found: Recipient, *sent: Any) -> None:
        super().__init__(found, *sent)
        self.order_fields(["method", "started_on", "servers", "tracking_no", "announced_where", AT_ONCE, *RECEIPT])
        self.initial = {"started_on": clock.today(), "received_on": clock.today()}
        self.fields["received_on"].required = bool(self.data.get(AT_ONCE))
        for name, made in self.fields.items():
            conditions = [f"{AT_ONCE}=1"] * (name in RECEIPT)
            if name in ONLY_FOR:
                conditions.append(f"method={'|'.join(ONLY_FOR[name])}")
            made.shown_when = "&".join(conditions)  # type: ignore[attr-defined]
        self.fields[AT_ONCE].widget.attrs["value"] = "1"

    def clean(self) -> None:
        """The day of a receipt matters only where it is recorded at once."""
        if not self.cleaned_data[AT_ONCE]:
            self.errors.pop("received_on", None)

    @property
    def told(self) -> Any:
        """Begun, or received as well."""
        return Receive.done if self.cleaned_data[AT_ONCE] else self.done

    def record(self, actor: Actor, proof: Proof | None) -> None:
        """Record that it was begun, and its receipt where that is known."""
        said = self.cleaned_data
        wanted = {name: said[name] for name in ("tracking_no", "announced_where") if is_for(name, said["method"])}
        begun = service.begin(
            self.found,
            said["method"],
            on=said["started_on"],
            by=actor,
            servers=[said["servers"]] if is_for("servers", said["method"]) else (),
            **wanted,
        )
        if said[AT_ONCE]:
            self._acknowledge(begun, actor, proof)


class Return(ServiceForm):
    """It came back."""

    what = "return"
    done = gettext_lazy("已登记退回，可以另行送达。")

    on = _day(gettext_lazy("退回日期"), initial=clock.today)
    reason = _text(gettext_lazy("退回原因"))

    def record(self, actor: Actor, proof: Proof | None) -> None:
        """Record the return and why."""
        service.returned(self._last(), by=actor, on=self.cleaned_data["on"], reason=self.cleaned_data["reason"])


class Correct(ServiceForm):
    """The day of receipt was recorded wrongly."""

    what = "correct"
    done = gettext_lazy("已更正收到日期，前后两次登记都保留。")

    received_on = _day(gettext_lazy("收到日期"))
    proof = _proof()
    remark = _text(
        gettext_lazy("更正的理由"),
        help_text=gettext_lazy("可以不填；凭证文件的名称和摘要会自动写入更正记录。"),
    )

    def record(self, actor: Actor, proof: Proof | None) -> None:
        """Record the right day with new proof."""
        said = self.cleaned_data
        service.correct(self.found, by=actor, on=said["received_on"], proof=proof, remark=said["remark"])


FORMS: Final[dict[str, type[ServiceForm]]] = {form.what: form for form in (Begin, Receive, Return, Correct)}
