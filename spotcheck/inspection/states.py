"""The states of the charts of this chapter, by name; their words stand in ``rules.charts``."""

from django.db.models import TextChoices


class InspectionState(TextChoices):
    """检验: inspection."""

    AWAITING = "awaiting"
    RECEIVED = "received"
    CLEARED = "cleared"
    TESTING = "testing"
    COMPLETED = "completed"
    REPORTED = "reported"
    TERMINATED_ILLEGAL = "terminated_illegal"
    STOPPED_UNIT_LOST = "stopped_unit_lost"


class ResultNoticeState(TextChoices):
    """检验结果通知: result notice."""

    DUE = "due"
    SENT = "sent"
    SERVED = "served"
    OBJECTED = "objected"
    WINDOW_CLOSED = "window_closed"
    ENDED = "ended"


class ConclusionState(TextChoices):
    """检验结论: conclusion."""

    PROVISIONAL_CONFORMING = "provisional_conforming"
    PROVISIONAL_NONCONFORMING = "provisional_nonconforming"
    UNDER_OBJECTION = "under_objection"
    UNDER_RETEST = "under_retest"
    FINAL_CONFORMING = "final_conforming"
    FINAL_NONCONFORMING = "final_nonconforming"
    REVOKED = "revoked"
