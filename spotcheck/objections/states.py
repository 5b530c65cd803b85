"""The states of the charts of this chapter, by name; their words stand in ``rules.charts``."""

from django.db.models import TextChoices


class ObjectionState(TextChoices):
    """异议: objection."""

    FILED = "filed"
    VERIFYING = "verifying"
    EXPERT_REVIEW = "expert_review"
    TRANSFERRED = "transferred"
    CONCLUDED_MAINTAIN = "concluded_maintain"
    CONCLUDED_REVOKE = "concluded_revoke"
    CONCLUDED_RETEST = "concluded_retest"
    CONCLUDED_DENIAL_UPHELD = "concluded_denial_upheld"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class RetestState(TextChoices):
    """复检: retest."""

    AWAITING_FORMALITIES = "awaiting_formalities"
    FORMALITIES_DONE = "formalities_done"
    COMMISSIONED = "commissioned"
    SAMPLE_HANDED_OVER = "sample_handed_over"
    TESTING = "testing"
    REPORTED = "reported"
    CLOSED_CONFORMING = "closed_conforming"
    CLOSED_NONCONFORMING = "closed_nonconforming"
    WAIVED = "waived"
    CANCELLED = "cancelled"
