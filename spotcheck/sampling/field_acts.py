"""Which acts a tablet does by the log of a visit, which it hears of, and what is shown at a visit."""

from typing import Final

from spotcheck.docket import register
from spotcheck.docket.models import Dossier
from spotcheck.notices.models import Paper

DONE: Final = (
    "sampling.present_notice",
    "sampling.claim_refusal",
    "sampling.pass_precheck",
    "sampling.terminate_illegal",
    "sampling.complete_sampling",
    "sampling.record_not_sampled",
    "sampling.record_obstruction",
    "sampling.correct_sheet",
    "purchase.place_order",
    "purchase.receive_parcel",
    "purchase.unseal_and_check",
    "purchase.seal_and_notify",
    "purchase.fail",
    "sample.dispatch",
    "sample.leave_with_enterprise",
    "sample.compromise",
)
"""What a tablet does; the draw, decisions on refusals and everything of the laboratory it does not."""
TAKES_THE_SAMPLE: Final = "sampling.complete_sampling"
HEARD: Final = {
    "sampling.create": "assigned",
    "purchase.create": "assigned",
    "sampling.replace_sampler": "changed",
    "sampling.add_sampler": "changed",
    "sampling.accept_refusal": "decided",
    "sampling.reject_refusal": "decided",
    "sampling.void": "ended",
    "purchase.void": "ended",
}
"""What a tablet hears of, by the acts that say it."""
OF_A_VISIT: Final = "sampling.create"
"""The act with which a visit begins: reasons that are of no act are told by its text."""
NOTICE, MANDATE = 1, 2
"""The forms that are shown (Article 13)."""


def is_commissioned(dossier: Dossier) -> bool:
    """Whether who samples does it on commission and shows the mandate (Articles 10, 13)."""
    body = register.body(dossier, "sampling_body")
    return body is None or not body.is_bureau


def mandate_of(dossier: Dossier) -> Paper | None:
    """The Form 2 under which a commissioned body samples: one for its task."""
    if dossier.parent_id is None or not is_commissioned(dossier):
        return None
    rows = Paper.objects.filter(dossier=dossier.parent_id, form=MANDATE, status=Paper.Status.ISSUED)
    return rows.order_by("-pk").first()
