"""What follows by itself in chapter three."""

from spotcheck.docket.acts import proceed
from spotcheck.docket.consequences import follows
from spotcheck.docket.models import Dossier, Entry, Party
from spotcheck.notices import prepared
from spotcheck.parties.models import Enterprise
from spotcheck.planning.models import Target
from spotcheck.planning.operations import end_target
from spotcheck.sampling import films
from spotcheck.sampling.custody_links import particulars_of_units
from spotcheck.sampling.models import Purchase, SampleUnit, Sampling
from spotcheck.sampling.operations import record_batch, record_producer, write_files


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


@follows("sampling.create", "purchase.create")
def write_sample_files(batch: list[Entry]) -> None:
    """What a sample is of is written down with the first act of its file (Articles 12, 23)."""
    write_files(entry.dossier for entry in batch)


@follows("sampling.complete_sampling", "purchase.seal_and_notify", "conclusion.import_external")
def write_batches(batch: list[Entry]) -> None:
    """The batch on the label is known when the sample is taken, of a foreign check with its report (Articles 4, 17)."""
    for entry in batch:
        if said := entry.facts.get("batch"):
            record_batch(entry.dossier, said)


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
        record_producer(entry.dossier, enterprise)


@follows("purchase.unseal_and_check")
def keep_films_of_the_opening(batch: list[Entry]) -> None:
    """The film of the opening stays with the sample (Article 26)."""
    for entry in batch:
        films.keep(entry)


@follows("sampling.complete_sampling", "purchase.seal_and_notify")
def make_units(batch: list[Entry]) -> None:
    """Two units come of it, the test sample and the reserve sample (Articles 18, 25)."""
    for entry in batch:
        known = particulars_of_units(entry)
        units = [SampleUnit(dossier=entry.dossier, label=label, **known[label]) for label in ("T", "R")]
        proceed(units, "create", on=entry.effective_on, cause=entry)


@follows("sampling.replace_sampler")
def void_what_names_who_went(batch: list[Entry]) -> None:
    """A notice prepared for the samplers of before is shown by nobody any more (Article 13)."""
    for entry in batch:
        prepared.void(entry.dossier, "抽样人员已更换")


@follows("task.cancel")
def void_what_was_prepared_for_a_task(batch: list[Entry]) -> None:
    """The notices prepared for the targets of a task that is cancelled are shown by nobody (Articles 10, 13)."""
    for entry in batch:
        for target in Target.objects.filter(task=entry.matter).select_related("dossier"):
            prepared.void(target.dossier, "任务已取消")


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
        prepared.void(entry.dossier, "未出示")


@follows("sampling.void", "purchase.void")
def end_voided_target(batch: list[Entry]) -> None:
    """A sampling that is void is no target of the task any more, whatever the laboratory still does (Article 34).

    It may be revoked while the rest is being tested after a danger report (Articles 30, 38): nobody has to finish that
    test so that the task can be closed.
    """
    for entry in batch:
        end_target(entry.dossier, on=entry.effective_on, cause=entry)
