"""Records of tablets that wait for somebody: the list, one of them with its log and pictures, the decision."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from spotcheck.casework import field_returns, field_settling
from spotcheck.casework.doing import attempt
from spotcheck.desk.forms import DayField
from spotcheck.desk.web.cases import at_work
from spotcheck.desk.web.dossier import in_sight
from spotcheck.desk.web.evidence import SHOWN
from spotcheck.desk.web.uploads import answer
from spotcheck.docket import book
from spotcheck.docket.wording import language, say
from spotcheck.files import storage
from spotcheck.files.models import StoredFile
from spotcheck.look.forms import TOO_LONG
from spotcheck.look.page import page
from spotcheck.look.refusing import told
from spotcheck.network.counting import address_of
from spotcheck.rules.acts import words_of
from spotcheck.rules.citations import Citation
from spotcheck.rules.field_log import NOTED
from spotcheck.rules.refused import Refused
from spotcheck.sampling.field_tables import FieldAct, FieldDecision

MOST_SHOWN: Final = 300


class DecisionForm(forms.Form):
    """What becomes of a parked act; ``joins``: the desk has recorded the same."""

    kind: Any = forms.ChoiceField(
        label=gettext_lazy("如何处理"), choices=FieldDecision.Kind.choices, widget=forms.RadioSelect
    )
    on = DayField(label=gettext_lazy("核定的日期"), required=False, help_text=gettext_lazy("只在核定日期时填写"))
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages=TOO_LONG
    )

    def __init__(self, *args: Any, joins: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["kind"]
        choice.choices = [one for one in FieldDecision.Kind.choices if joins or one[0] != FieldDecision.Kind.ATTACH]


SLOT_WORDS: Final = {
    "place": gettext_lazy("抽样场所"),
    "storage": gettext_lazy("贮存环境"),
    "marking": gettext_lazy("产品标识"),
    "stock": gettext_lazy("库存数量"),
    "process": gettext_lazy("抽样过程"),
    "outside": gettext_lazy("企业外观"),
    "seal_test": gettext_lazy("检验样品封条"),
    "seal_reserve": gettext_lazy("备用样品封条"),
    "seal_of_firm": gettext_lazy("企业印章"),
    "licence": gettext_lazy("营业执照"),
    "contract": gettext_lazy("委托加工合同"),
    "voucher": gettext_lazy("购样凭证"),
    "signed_sheet": gettext_lazy("签字盖章的抽样单"),
}
"""The pictures that can be asked for again."""


FIELD_WORDS: Final = {
    "sampling.base_quantity": gettext_lazy("抽样基数"),
    "sampling.test_quantity": gettext_lazy("检验样品数量"),
    "sampling.reserve_quantity": gettext_lazy("备用样品数量"),
    "sampling.unit_price": gettext_lazy("单价"),
}
"""The fields of the sheet that can be asked for again."""


class ReturnForm(forms.Form):
    """What has to be supplemented, and why."""

    slots = forms.MultipleChoiceField(
        label=gettext_lazy("要补正的照片"),
        choices=list(SLOT_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fields_: Any = forms.MultipleChoiceField(
        label=gettext_lazy("要更正的栏目（双方重新签字，第十七条）"),
        choices=list(FIELD_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages=TOO_LONG
    )


@require_GET
@at_work
def listing(request: Any) -> HttpResponse:
    """The records that wait for somebody, the oldest first."""
    rows = [(act, named(act), _reasons(act)) for act in field_settling.parked_for(request.actor)]
    return page(request, "desk/field_records.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@at_work
def record(request: Any, key: Any) -> HttpResponse:
    """One of them: what the tablet wrote, why it is parked, what can be done; and the decision."""
    act = _act(request, key)
    may = field_settling.may_settle(request.desk_post, act) and act.outcome == FieldAct.Outcome.PARKED
    recorded = field_settling.recorded_of(act) if field_settling.can_be_done(act) else None
    form = DecisionForm(
        request.POST or None, initial={"kind": FieldDecision.Kind.AGAIN, "on": act.on}, joins=bool(recorded)
    )
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(
            lambda: field_settling.settle(act, said["kind"], by=request.desk_post, reason=said["reason"], on=said["on"])
        )
        if not isinstance(done, Refused):
            _tell(request, done)
            return redirect("desk:field_record", key=act.pk)
        refused = done
    _note_reading(request, act)
    log = FieldAct.objects.filter(log=act.log, visit=act.visit).order_by("seq")[:MOST_SHOWN]
    context = {
        "act": act,
        "name": named(act),
        "reasons": _reasons(act),
        "log": [(one, named(one), one.body["evidence"]) for one in log],
        "decisions": act.decisions.select_related("by").order_by("at"),
        "form": form,
        "may": may,
        "may_return": act.dossier is not None and field_returns.may_return(request.desk_post, act.dossier),
    }
    status = refused.status if refused is not None else 422 if form.is_bound else 200
    return page(request, "desk/field_record.html", context | _wrong(refused), status=status)


@require_http_methods(["GET", "POST"])
@at_work
def send_back(request: Any, number: str) -> HttpResponse:
    """Return a visit for correction, with the reason."""
    dossier = in_sight(request.actor, number)
    if not field_returns.may_return(request.desk_post, dossier):
        raise PermissionDenied
    form = ReturnForm(request.POST or None)
    refused = None
    if form.is_valid():
        said = form.cleaned_data
        done = attempt(
            lambda: field_returns.send_back(
                dossier, by=request.desk_post, reason=said["reason"], slots=said["slots"], fields=said["fields_"]
            )
        )
        if not isinstance(done, Refused):
            messages.success(request, _("已退回补正，平板下次联系时收到。"))
            return redirect("desk:field_visit", number=dossier.number)
        refused = done
    returns = dossier.field_returns.select_related("by").order_by("at")
    status = refused.status if refused is not None else 422 if form.is_bound else 200
    context = {"dossier": dossier, "form": form, "returns": returns} | _wrong(refused)
    return page(request, "desk/field_return.html", context, status=status)


@require_GET
@at_work
def file(request: Any, key: Any, sha256: str) -> HttpResponse:
    """A file of the log, exactly as it came; ``?small`` its small picture."""
    act = _act(request, key)
    log = FieldAct.objects.filter(log=act.log, visit=act.visit).values_list("body", flat=True)
    if not any(one["sha256"] == sha256 for body in log for one in body["evidence"]):
        raise Http404
    stored = get_object_or_404(StoredFile, pk=sha256)
    if stored.is_gone or ("small" in request.GET and not stored.thumb_file):
        raise Http404
    if "small" in request.GET:
        return HttpResponse(storage.read(stored.thumb_file, stored.thumb_sha256), content_type="image/jpeg")
    how = "inline" if stored.media_type in SHOWN else "attachment"
    return answer(storage.opened(stored.file, stored.sha256), stored.media_type, how)


def _act(request: Any, key: Any) -> FieldAct:
    return get_object_or_404(field_settling.seen_by(request.actor), pk=key)


def _note_reading(request: Any, act: FieldAct) -> None:
    """Who reads a record of a visit stands in the book before it goes out."""
    by, about = request.desk_post, ("fieldact", str(act.pk))
    book.write("read.evidence", by=by, user=by.user, subject=about, dossier=act.dossier, address=address_of(request))


def named(act: FieldAct) -> str:
    """What an act of a log is called."""
    return say(NOTED[act.act]) if act.act in NOTED else say(words_of(act.act).label)


def _reasons(act: FieldAct) -> list[dict[str, Any]]:
    """Why it is parked, as the page says it."""
    tongue = "zh" if language().startswith("zh") else "en"
    return [
        {
            "says": reason["says"][tongue],
            "cure": reason["cure"][tongue] if reason["cure"] else "",
            "articles": [
                say(Citation(one["regulation"], one["article"], one["item"]).words) for one in reason["articles"]
            ],
        }
        for reason in act.reasons
    ]


def _wrong(refused: Refused | None) -> dict[str, Any]:
    return dict(told(refused)) if refused is not None else {}


def _tell(request: Any, act: FieldAct) -> None:
    if act.outcome == FieldAct.Outcome.DONE:
        messages.success(request, _("已登记；同一份现场记录里后面的事项也已办理。"))
    elif act.outcome == FieldAct.Outcome.FILED:
        messages.success(request, _("已作为材料保全，不再办理。"))
    else:
        messages.warning(request, _("仍然不能办理，原因见下。"))
