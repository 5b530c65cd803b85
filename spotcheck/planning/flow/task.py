"""抽查任务: one task or batch, with its scheme, bodies, draw and summary (Articles 5, 9 to 12, 34)."""

from django.db import models

from spotcheck.docket.flow import ActSpec, Flow, Proposal, act, own_act
from spotcheck.docket.models import Dossier
from spotcheck.planning import drawing, earlier, facts
from spotcheck.planning.detail_tables import DetailRule
from spotcheck.planning.requirements import (
    DRAW_LOG,
    ENGAGED_QUALIFIED,
    LABORATORY_QUALIFIED,
    PLAN_LINE,
    RULE_NOT_IN_USE,
    RULE_PUBLISHED,
    SAMPLERS_DRAWN,
    SCHEME_AND_RULES,
    SEPARATION_SYSTEM,
    SIX_HEADS,
    SPECIAL_TRIGGER,
    WITHIN_ARTICLE_23,
)
from spotcheck.planning.states import TaskState as State


class Task(Flow):
    """抽查任务: one task or batch, with its scheme, bodies, draw and summary (Articles 5, 9 to 12, 34)."""

    chart = "task"
    locks_parent = True
    type = models.CharField(max_length=10, blank=True)
    trigger = models.CharField(max_length=20, blank=True)
    product_kind = models.CharField(max_length=60, blank=True)
    full_record = models.BooleanField(
        default=False,
        db_default=False,
        help_text="opened at a door: what the record can answer is computed, and no act is taken on another claim",
    )

    detail_rule = models.ForeignKey("planning.DetailRule", models.PROTECT, null=True, related_name="tasks")

    @act(
        "TK1",
        source=State.DRAFT,
        target=State.SCHEME_READY,
        articles=(5, 9),
        by=("province",),
        needs=(SCHEME_AND_RULES, PLAN_LINE, SPECIAL_TRIGGER),
        facts=facts.Scheme,
    )
    def set_scheme(self, proposal: Proposal) -> None:
        """Scheme and rules are set; a daily task rests on the plan, a special one on its trigger (Articles 5, 9)."""
        self.type = proposal["type"] or ""
        self.trigger = proposal["trigger"] or ""

    @act(
        "TK2",
        source=State.SCHEME_READY,
        target=State.AGENCIES_ENGAGED,
        articles=(10,),
        by=("province",),
        needs=(SEPARATION_SYSTEM,),
        own=(ENGAGED_QUALIFIED,),
        forms=(2,),
        facts=facts.Agencies,
    )
    def engage_agencies(self, proposal: Proposal) -> None:
        """Sampling body and laboratory are engaged; one body does both only with its separation system (Article 10)."""

    @act(
        "TK3",
        source=State.AGENCIES_ENGAGED,
        target=State.TARGETS_DRAWN,
        articles=(12, 19),
        by=("province", "sampling_body"),
        needs=(DRAW_LOG, SAMPLERS_DRAWN, WITHIN_ARTICLE_23),
        own=(LABORATORY_QUALIFIED,),
        facts=facts.Draw,
    )
    def draw_targets(self, proposal: Proposal) -> None:
        """Targets and samplers are drawn at random from frozen lists, seed and lists are kept (Articles 12, 19)."""
        frame = drawing.frozen(self, proposal["frame"])
        assert frame is not None
        drawn = drawing.choose(frame, seed=proposal.seed, number=proposal["number"], batches=proposal["batches"] or 0)
        targets = drawing.number_anew(drawn, self)
        known = [
            target["number"]
            for target in targets
            if earlier.barred_by_register(
                self.dossier, earlier.Product.drawn(target), target["check_kind"] or self.usual_check, proposal.on
            )
        ]
        if known:
            proposal.flag("SIX_MONTHS_KNOWN")
        proposal.facts |= {"seed": proposal.seed, "count": len(frame.lines), "targets": targets, "known": known}

    @act(
        "TK4",
        source=State.TARGETS_DRAWN,
        target=State.FIELD_WORK,
        articles=(12, 60),
    )
    def begin_field_work(self, proposal: Proposal) -> None:
        """The first act of a sampler at a target begins the field work (Articles 12, 60)."""

    @act(
        "TK5",
        source=State.FIELD_WORK,
        target=State.TESTING_DONE,
        articles=(34,),
    )
    def finish_testing(self, proposal: Proposal) -> None:
        """Testing is done when the last target has come to its end (Article 34)."""

    @act(
        "TK6",
        source=State.TESTING_DONE,
        target=State.CLOSED,
        articles=(34,),
        by=("lab",),
        needs=(SIX_HEADS,),
        facts=facts.Summary,
    )
    def file_summary(self, proposal: Proposal) -> None:
        """The laboratory hands in the work summary with its six heads (Article 34)."""

    @act(
        "TK7",
        source=(State.DRAFT, State.SCHEME_READY, State.AGENCIES_ENGAGED, State.TARGETS_DRAWN),
        target=State.CANCELLED,
        articles=(10,),
        by=("province",),
        facts=facts.Cancellation,
    )
    def cancel(self, proposal: Proposal) -> None:
        """The province cancels a task before field work; administrative, not in the text (Article 10)."""

    @own_act(
        "RS1",
        "rules.choose",
        source=(
            State.DRAFT,
            State.SCHEME_READY,
            State.AGENCIES_ENGAGED,
            State.TARGETS_DRAWN,
            State.FIELD_WORK,
        ),
        articles=(9,),
        by=("province",),
        needs=(RULE_PUBLISHED, RULE_NOT_IN_USE),
        facts=facts.RuleChoice,
    )
    def choose_rule(self, proposal: Proposal) -> None:
        """The version of the rules of detail by which the samples of the task are tested (Article 9)."""
        rule = DetailRule.objects.get(pk=proposal["rule"])
        self.detail_rule = rule
        proposal.facts |= {"detail_rule": f"{rule}（SHA-256 {rule.fingerprint}）"}

    def is_meant_by(self, spec: ActSpec) -> bool:
        """A rule is wanted where the record answers for its files, and asked for once."""
        return spec.method != "choose_rule" or (self.full_record and self.detail_rule_id is None)

    @property
    def usual_check(self) -> str:
        """The kind of check that its targets are, unless the draw says otherwise.

        What an emergency has brought about is an emergency check: it knows no six-month exemption (Articles 5, 19).
        """
        return Dossier.Check.EMERGENCY if self.trigger == "emergency" else Dossier.Check.DAILY
