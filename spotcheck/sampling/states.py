"""The states of the charts of this chapter, by name; their words stand in ``rules.charts``."""

from django.db.models import TextChoices


class SamplingState(TextChoices):
    """现场抽样: on-site sampling."""

    ASSIGNED = "assigned"
    NOTICE_PRESENTED = "notice_presented"
    REFUSAL_CLAIMED = "refusal_claimed"
    PRECHECKED = "prechecked"
    SAMPLED = "sampled"
    TERMINATED_ILLEGAL = "terminated_illegal"
    LAWFULLY_REFUSED = "lawfully_refused"
    NOT_SAMPLED = "not_sampled"
    OBSTRUCTED = "obstructed"
    VOIDED = "voided"


class PurchaseState(TextChoices):
    """网络抽样: online purchase."""

    ASSIGNED = "assigned"
    ORDERED = "ordered"
    RECEIVED = "received"
    UNSEALED = "unsealed"
    SAMPLED = "sampled"
    FAILED = "failed"
    VOIDED = "voided"


class SampleState(TextChoices):
    """样品: sample unit."""

    SEALED = "sealed"
    IN_TRANSIT = "in_transit"
    IN_CUSTODY = "in_custody"
    HELD_BY_ENTERPRISE = "held_by_enterprise"
    ISSUED = "issued"
    TESTED = "tested"
    RETAINED = "retained"
    RELEASED_FOR_RETEST = "released_for_retest"
    RETESTED = "retested"
    COMPROMISED = "compromised"
    DISPOSED = "disposed"
