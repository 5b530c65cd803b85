"""On which basis the rules apply to a dossier: pinned in time, or carried on by a document (Article 60, R9)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from spotcheck.docket.models import Dossier, RuleSetRecord
from spotcheck.rules.rule_sets import RULE_SETS


@dataclass(frozen=True, slots=True)
class Validity:
    """The rule set of a dossier and why it applies. ``is_over``: the text itself is not in force any more."""

    rule_set: str
    document: str
    span: str
    basis: str
    is_over: bool
    is_demonstration: bool = False


def validity_of(dossier: Dossier, today: date) -> Validity | None:
    """Tell on which basis the rules apply; None while no outside act has fixed them."""
    rule_set = RULE_SETS.get(dossier.rule_set)
    if rule_set is None or dossier.pinned_on is None:
        return None
    span = f"{rule_set.valid_from} — {rule_set.valid_until}"
    over = today > rule_set.valid_until
    if rule_set.governs(dossier.pinned_on):
        basis = (
            _("规则已于 %(until)s 期满；本案于 %(pinned)s 在有效期内确定适用，继续适用。")
            if over
            else _("%(pinned)s 确定适用。")
        ) % {"until": rule_set.valid_until, "pinned": dossier.pinned_on}
        return Validity(rule_set.id, rule_set.document, span, basis, over)
    record = _continuing(dossier)
    if record is None:
        basis = _("规则已于 %(until)s 期满，未见继续适用的文件。") % {"until": rule_set.valid_until}
        return Validity(rule_set.id, rule_set.document, span, basis, over)
    basis = _("规则已于 %(until)s 期满；依据%(document)s继续适用（%(from)s 至 %(to)s）。") % {
        "until": rule_set.valid_until,
        "document": record.document,
        "from": record.valid_from,
        "to": record.valid_until,
    }
    return Validity(rule_set.id, rule_set.document, span, basis, over, record.demonstration)


def _continuing(dossier: Dossier) -> RuleSetRecord | None:
    """The document that carried the rules on when the dossier fell under them."""
    return (
        RuleSetRecord.objects.filter(
            rule_set=dossier.rule_set, valid_from__lte=dossier.pinned_on, valid_until__gte=dossier.pinned_on
        )
        .order_by("-issued_on", "-pk")
        .first()
    )
