"""What follows by itself in chapter three."""

from spotcheck.docket.acts import proceed
from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.parties.models import Enterprise
from spotcheck.planning.models import Target
from spotcheck.planning.operations import end_target, name_producer
from spotcheck.sampling.models import Purchase, SampleUnit, Sampling


@follows("task.draw_targets")
def assign(batch: list[Entry]) -> None:
    """Every target is assigned: to a visit, or to a purchase online (Articles 12, 23)."""
    for entry in batch:
        targets = Target.objects.filter(task=entry.matter).select_related("dossier").order_by("pk")
        on_site = [t.dossier for t in targets if t.dossier.channel == Dossier.Channel.ON_SITE]
        online = [t.dossier for t in targets if t.dossier.channel == Dossier.Channel.ONLINE]
        proceed(
            [Sampling.new(dossier) for dossier in on_site],
            "create",
            on=entry.effective_on,
            cause=entry,
        )
        proceed(
            [Purchase.new(dossier) for dossier in online],
            "create",
            on=entry.effective_on,
            cause=entry,
        )


@follows("sampling.pass_precheck")
def record_nominal_producer(batch: list[Entry]) -> None:
    """The producer on the label of a commissioned production becomes a party (Articles 15, 28, 42)."""
    for entry in batch:
        facts = entry.facts
        code = facts.get("nominal_producer") or ""
        named = entry.dossier.parties.filter(role=Party.Role.NOMINAL_PRODUCER)
        if not facts.get("commissioned") or not code or named.exists():
            continue
        place = facts.get("nominal_place") or ""
        known = {"name": facts.get("nominal_name") or "", "registered_place": place, "actual_place": place}
        enterprise, _ = Enterprise.objects.get_or_create(credit_code=code, defaults=known)
        name_producer(entry.dossier, enterprise)


@follows("sampling.complete_sampling", "purchase.seal_and_notify")
def make_units(batch: list[Entry]) -> None:
    """Two units come of it, the test sample and the reserve sample (Articles 18, 25)."""
    for entry in batch:
        units = [SampleUnit(dossier=entry.dossier, label=label) for label in ("T", "R")]
        proceed(units, "create", on=entry.effective_on, cause=entry)


@follows(
    "sampling.accept_refusal",
    "sampling.terminate_illegal",
    "sampling.record_not_sampled",
    "sampling.record_obstruction",
    "purchase.fail",
)
def end_without_sample(batch: list[Entry]) -> None:
    """A target of which no sample was taken has come to its end (Article 34)."""
    for entry in batch:
        end_target(entry.dossier, on=entry.effective_on, cause=entry)
