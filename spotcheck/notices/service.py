"""送达: one service for each recipient, by whom, when and with what proof; its receipt starts the clock of that party.

Form 7, 8 and 11 start periods with their receipt: acknowledging their service performs the act that records
it, so that the register, the period and the paper can never say different things. A service is recorded by the
bureau that issued the paper, or by whoever records its receipt. What is said twice in the same words is done once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _

from spotcheck.docket import clock, standing
from spotcheck.docket.acts import perform, refusals
from spotcheck.docket.corrections import correct_date
from spotcheck.docket.evidence import Attached
from spotcheck.docket.flow import MATTERS, Flow, Proposal, odd_characters
from spotcheck.docket.models import Entry
from spotcheck.docket.problems import ActNotPermitted
from spotcheck.docket.sessions import hold, session
from spotcheck.docket.trial_run import Foreseen, foresee
from spotcheck.files.keeping import keep_bytes
from spotcheck.notices import issued
from spotcheck.notices.models import Paper, Recipient, Service
from spotcheck.notices.proofs import TYPES, Proof, complaint
from spotcheck.parties.actors import Actor
from spotcheck.rules import folding, names
from spotcheck.rules.evidence import SLIP
from spotcheck.rules.refused import Refused

ANNOUNCED_FOR: Final = 30
"""Days after which a public announcement counts as received: the practice of market regulation, not our text."""
PROOF: Final = "送达凭证"
"""What stands for the proof while a receipt is only foreseen."""
NEEDS_SERVERS: Final = frozenset({Service.Method.DIRECT, Service.Method.LEFT})
NEEDS_SIGNATURE: Final = frozenset({Service.Method.DIRECT, Service.Method.ENTRUSTED, Service.Method.FORWARDED})
"""Where somebody signs for the paper by hand, so that the name is known."""


class ServiceRefused(Refused):
    """A service cannot be recorded like this; ``errors`` says of each field what is missing."""

    status = 400
    kind = "service-refused"


class NotYours(ServiceRefused):
    """The service of this paper is recorded by another office."""

    status = 403
    kind = "not-yours"


def may_serve(paper: Paper, actor: Actor) -> bool:
    """Whether this actor records the service of a paper: its issuer, or whoever records its receipt.

    The bureau to which a case was transferred takes over the receipt of the order (Article 42).
    """
    matter = matter_of(paper)
    if matter is None:
        return actor.office is not None and actor.office.pk == paper.issuer_id
    return standing.may(matter, matter.spec_of(_recording(paper)), actor)


def _recording(paper: Paper) -> str:
    """The act of the paper's own matter that records its receipt, by the name of its method."""
    assert paper.form is not None
    return paper.text.receipts[paper.form].partition(".")[2]


def matter_of(paper: Paper) -> Flow | None:
    """The matter whose act records the receipt of this paper, or its heir (Article 42); None when no act does."""
    if paper.form not in paper.text.receipts:
        return None
    rows = MATTERS[paper.chart].objects.select_related("dossier", "party__enterprise", "party__handler")
    found: Flow | None = rows.filter(dossier=paper.dossier_id, label=paper.label).first()
    while found is not None and (heir := found.heir()) is not None:
        found = heir
    return found


def begin(
    recipient: Recipient,
    method: str,
    *,
    on: date,
    by: Actor,
    servers: Sequence[str] = (),
    tracking_no: str = "",
    announced_where: str = "",
) -> Service:
    """Record that a paper is on its way to one recipient."""
    said = {
        "method": method,
        "started_on": on,
        "servers": names.split(servers),
        "tracking_no": folding.number(tracking_no),
        "announced_where": announced_where,
    }
    with _alone(recipient.paper, by):
        running = recipient.services.filter(outcome__in=Service.LIVE).first()
        if running is not None and _says(running, said):
            return running
        _check_start(recipient, said, is_running=running is not None)
        return Service.objects.create(recipient=recipient, **said, recorded_by=by.user, recorded_at=clock.now())


def acknowledge(
    service: Service,
    *,
    by: Actor,
    on: date,
    proof: Proof | None = None,
    received_by: str = "",
    capacity: str = "",
    witness: str = "",
    refusal: str = "",
) -> Service:
    """Record the receipt with its proof. Where a period starts with it, the act of the matter is performed.

    The proof comes with the act, and its hash stands in the chain; where no act records the receipt it is kept with the
    service. Raises :class:`ServiceRefused`, and what the act raises; then nothing has been recorded and no file kept.
    """
    said = {
        "received_on": on,
        "received_by": received_by,
        "capacity": capacity,
        "witness": witness,
        "refusal": refusal,
    }
    recipient = service.recipient
    with _alone(recipient.paper, by):
        service.refresh_from_db()
        service.recipient = recipient
        if service.outcome == Service.Outcome.SERVED and _says(service, said) and _is_kept(service, proof):
            return service
        _check_receipt(service, said, proof)
        act, facts = _receipt(recipient, service.tracking_no, proof)
        if act is not None:
            _refuse_early(act, by, on, facts)
            _end(service, Service.Outcome.SERVED, by, said)
            perform(act, by=by, on=on, facts=facts, evidence=[_slip(proof)])
        else:
            _end(service, Service.Outcome.SERVED, by, said | _kept(proof))
            Recipient.objects.filter(pk=recipient.pk).update(received_on=on)
        service.refresh_from_db()
    return service


def returned(service: Service, *, by: Actor, on: date, reason: str) -> Service:
    """The mail came back, nobody was found: this attempt has ended, the next may begin."""
    said = {"returned_on": on, "returned_reason": reason.strip()[:200]}
    recipient = service.recipient
    with _alone(recipient.paper, by):
        service.refresh_from_db()
        if service.outcome == Service.Outcome.RETURNED and _says(service, said):
            return service
        errors = {}
        if not said["returned_reason"]:
            errors["reason"] = _("请写明退回的原因。")
        if odd := odd_characters(said["returned_reason"]):
            errors["reason"] = odd
        if not service.started_on <= on <= clock.today():
            errors["on"] = _("退回日期不能早于交寄（交付）日期，也不能是将来。")
        if service.outcome != Service.Outcome.UNDER_WAY:
            errors[""] = _("这次送达已经结束。")
        _refuse(errors)
        _end(service, Service.Outcome.RETURNED, by, said)
    return service


def correct(recipient: Recipient, *, by: Actor, on: date, proof: Proof | None, remark: str = "") -> None:
    """Set the day of a receipt right with proof; both versions stay, and the periods that still run move.

    Raises :class:`ServiceRefused`, and :class:`ActNotPermitted` where the docket forbids it.
    """
    with _alone(recipient.paper, by):
        recipient.refresh_from_db()
        _refuse({"remark": odd} if (odd := odd_characters(remark)) else {})
        _check_correction(recipient, on, proof)
        if recipient.receipt is not None:
            named = _named(proof, remark)
            correct_date(recipient.receipt, on=on, proof=named, by=by, evidence=[_slip(proof)])
        else:
            correct_receipt(recipient, on, None, _kept(proof))
        served = recipient.services.filter(outcome=Service.Outcome.SERVED)
        served.update(recorded_by=by.user, recorded_at=clock.now())


def foresee_receipt(recipient: Recipient, *, by: Actor, on: date) -> Foreseen | None:
    """Say which periods a receipt on this day would start; None when it starts none. Nothing is recorded."""
    act, facts = _receipt(recipient, "", None)
    return foresee(act, by=by, on=on, facts=facts) if act is not None else None


def announced_until(on: date) -> date:
    """The day on which a paper that was announced on this day counts as received."""
    return date.fromordinal(on.toordinal() + ANNOUNCED_FOR)


def note_receipt(paper: Paper, entry: Entry) -> None:
    """Follow the act that recorded a receipt: the recipient and the service say the same."""
    for recipient in paper.recipients.filter(party__isnull=False):
        Recipient.objects.filter(pk=recipient.pk).update(received_on=entry.effective_on, receipt=entry)
        running = recipient.services.filter(outcome__in=Service.LIVE)
        if running.update(outcome=Service.Outcome.SERVED, received_on=entry.effective_on, receipt=entry):
            continue
        slip = entry.facts.get("slip_number") or ""
        Service.objects.create(
            recipient=recipient,
            method=Service.Method.MAIL if slip else Service.Method.DIRECT,
            outcome=Service.Outcome.SERVED,
            started_on=paper.issued_on,
            tracking_no=slip[:40],
            received_on=entry.effective_on,
            receipt=entry,
            recorded_by=entry.user,
            recorded_at=entry.recorded_at,
        )


def end_attempts(paper: Paper, entry: Entry) -> None:
    """Follow the act that gave the service of a paper up: what is under way has come back."""
    running = Service.objects.filter(recipient__paper=paper, outcome=Service.Outcome.UNDER_WAY)
    running.update(
        outcome=Service.Outcome.RETURNED,
        returned_on=entry.effective_on,
        returned_reason=(entry.facts.get("remark") or entry.spec.words.done.zh)[:200],
        ended_by=entry.user,
        ended_at=entry.recorded_at,
    )


def correct_receipt(
    received: Recipient, on: date, entry: Entry | None, proof: Mapping[str, str] = MappingProxyType({})
) -> None:
    """A receipt corrected with proof: the old record stays, with its own proof, and says that it was corrected.

    ``proof``: the columns of the proof that is kept with the service, where none came with an entry.
    """
    for service in received.services.filter(outcome=Service.Outcome.SERVED):
        Service.objects.filter(pk=service.pk).update(outcome=Service.Outcome.CORRECTED)
        service.pk, service._state.adding = None, True  # noqa: SLF001 -- Django's own way to copy a row
        service.received_on, service.receipt = on, entry
        for name in ("proof_name", "proof_file", "proof_sha256"):
            setattr(service, name, proof.get(name, ""))
        service.recorded_at = entry.recorded_at if entry is not None else clock.now()
        service.save()
    Recipient.objects.filter(pk=received.pk).update(received_on=on)


@contextmanager
def _alone(paper: Paper, by: Actor) -> Iterator[None]:
    """Within the block nobody else writes the dossier, and the actor is one who records this service."""
    matter = matter_of(paper)
    with session():
        hold(paper.dossier_id, with_parent=matter is not None and matter.locks_parent)
        if not may_serve(paper, by):
            raise NotYours(
                _("%(paper)s由%(issuer)s发出，其送达不由本单位登记。")
                % {"paper": paper.number, "issuer": paper.issuer.name}
            )
        yield


def _says(service: Service, said: Mapping[str, Any]) -> bool:
    return all(getattr(service, name) == value for name, value in said.items())


def _is_kept(service: Service, proof: Proof | None) -> bool:
    kept = service.proof
    return proof is not None and kept is not None and proof.sha256 == kept.sha256


def _receipt(recipient: Recipient, slip: str, proof: Proof | None) -> tuple[Any, dict[str, Any]]:
    """The act that records this receipt, with its facts; no act when no period starts with it.

    The periods of a matter start with the newest of its papers that holds: an older one, or one that was replaced or
    taken back while it was on its way, is received and nothing more.
    """
    matter = matter_of(recipient.paper) if recipient.party_id is not None else None
    if matter is None or issued.newest(recipient.paper.form, matter) != recipient.paper:
        return None, {}
    named = f"{proof.name[:100]}（SHA-256 {proof.sha256}）" if proof is not None else PROOF
    return getattr(matter, _recording(recipient.paper)), {"proof": named, "slip_number": slip}


def _refuse_early(act: Any, by: Actor, on: date, facts: dict[str, Any]) -> None:
    """Refuse what the act would refuse, before a file is kept for it."""
    matter: Flow = act.__self__
    matter.dossier = hold(matter.dossier_id)
    proposal = Proposal(spec=act.spec, by=by, on=on, today=clock.today(), facts=facts)
    if reasons := refusals(matter, proposal):
        raise ActNotPermitted(act.spec.name, reasons)


def _end(service: Service, outcome: str, by: Actor, said: Mapping[str, Any]) -> None:
    """Write down how an attempt ended, and who says so."""
    for name, value in {"outcome": outcome, "ended_by": by.user, "ended_at": clock.now(), **said}.items():
        setattr(service, name, value)
    service.save()


def _refuse(errors: Mapping[str, str]) -> None:
    if errors:
        raise ServiceRefused(errors)


def _check_start(recipient: Recipient, said: Mapping[str, Any], *, is_running: bool) -> None:
    """Refuse an attempt that lacks what its method needs, or that there is no room for."""
    on, paper = said["started_on"], recipient.paper
    errors = dict(_ill_written(said)) | dict(_method_lacks(said))
    if on < paper.issued_on:
        errors["started_on"] = _("送达不能早于文书的日期（%(day)s）。") % {"day": paper.issued_on}
    if on > clock.today():
        errors["started_on"] = _("送达日期不能是将来。")
    if "tracking_no" not in errors and _is_of_another(recipient, said["tracking_no"]):
        errors["tracking_no"] = _("这个邮件号码已用于寄给另一受送达人的邮件，请核对。")
    _refuse(errors)
    if paper.status != Paper.Status.ISSUED:
        raise ServiceRefused(_("这份文书不再有效，不能送达。"))
    if is_running:
        raise ServiceRefused(_("该受送达人已有一次送达在进行或者已经完成。"))


def _is_of_another(recipient: Recipient, tracking_no: str) -> bool:
    """Whether a letter with this number is on its way to somebody else; one envelope may hold several papers."""
    if not tracking_no or recipient.party is None:
        return False
    same = Service.objects.filter(tracking_no=tracking_no, outcome=Service.Outcome.UNDER_WAY)
    return same.exclude(recipient__party__enterprise=recipient.party.enterprise_id).exists()


def _method_lacks(said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What the method needs and has not been given."""
    method = said["method"]
    if method not in Service.Method.values:
        yield "method", _("请选择送达方式。")
    if method in NEEDS_SERVERS and names.count(said["servers"]) < 2:
        yield "servers", _("直接送达和留置送达须由两人进行，请填写两名送达人。")
    if method == Service.Method.MAIL and not said["tracking_no"]:
        yield "tracking_no", _("邮寄送达须填写邮件号码。")
    if method == Service.Method.ANNOUNCED and not said["announced_where"]:
        yield "announced_where", _("公告送达须填写公告的地方。")


def _check_receipt(service: Service, said: Mapping[str, Any], proof: Proof | None) -> None:
    """Refuse a receipt at an impossible time, or without what proves it."""
    on, method = said["received_on"], service.method
    errors = dict(_ill_written(said)) | _proof_errors(proof)
    if on < service.started_on:
        errors["received_on"] = _("收到日期不能早于交寄（交付）日期。")
    if on > clock.today():
        errors["received_on"] = _("收到日期不能是将来。")
    if method == Service.Method.ANNOUNCED and on < announced_until(service.started_on):
        errors["received_on"] = _("公告期未满，不视为送达。")
    if method == Service.Method.LEFT and not said["witness"]:
        errors["witness"] = _("留置送达须有见证人。")
    if method == Service.Method.LEFT and not said["refusal"]:
        errors["refusal"] = _("留置送达须写明拒收的情形。")
    if method in NEEDS_SIGNATURE and not said["received_by"]:
        errors["received_by"] = _("请填写签收人。")
    _refuse(errors)
    if service.outcome != Service.Outcome.UNDER_WAY:
        raise ServiceRefused(_("这次送达已经结束。"))


def _check_correction(recipient: Recipient, on: date, proof: Proof | None) -> None:
    served = recipient.services.filter(outcome=Service.Outcome.SERVED).first()
    if served is None or recipient.received_on is None:
        raise ServiceRefused(_("还没有登记收到，无从更正。"))
    errors = _proof_errors(proof)
    if on == recipient.received_on:
        errors["received_on"] = _("与已登记的收到日期相同。")
    if on > clock.today():
        errors["received_on"] = _("收到日期不能是将来。")
    if on < recipient.paper.issued_on:
        errors["received_on"] = _("收到日期不能早于文书的日期（%(day)s）。") % {"day": recipient.paper.issued_on}
    _refuse(errors)


def _ill_written(said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What does not fit into its column, or has a character that nobody sees; a register cuts off nothing."""
    for name, value in said.items():
        if odd := odd_characters(value):
            yield name, odd
            continue
        most = getattr(Service._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and most is not None and len(value) > most:
            yield name, _("最多 %(most)d 个字。") % {"most": most}


def _proof_errors(proof: Proof | None) -> dict[str, str]:
    wrong = complaint(proof)
    return {"proof": wrong} if wrong else {}


def _named(proof: Proof | None, remark: str) -> str:
    """The proof as the entry of a correction names it."""
    assert proof is not None
    return " ".join(part for part in (remark.strip(), f"{proof.name[:200]}（SHA-256 {proof.sha256}）") if part)


def _slip(proof: Proof | None) -> Attached:
    """Keep the file of a proof; return it as what comes with the act of the receipt."""
    assert proof is not None
    return Attached(SLIP, keep_bytes(proof.content, at=clock.now(), media_types=TYPES), proof.name[:200])


def _kept(proof: Proof | None) -> dict[str, str]:
    """Keep the file of a proof that no act carries; return the columns that promise it."""
    assert proof is not None
    kept = keep_bytes(proof.content, at=clock.now(), media_types=TYPES)
    return {"proof_name": proof.name[:200], "proof_file": kept.file, "proof_sha256": kept.sha256}
