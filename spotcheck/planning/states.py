"""The states of the charts of this chapter, by name; their words stand in ``rules.charts``."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    """年度计划: annual plan."""

    DRAFTING = "drafting"
    COLLECTING = "collecting"
    ADOPTED = "adopted"
    FILED = "filed"
    EXECUTING = "executing"
    CLOSED = "closed"


class TaskState(TextChoices):
    """抽查任务: spot-check task."""

    DRAFT = "draft"
    SCHEME_READY = "scheme_ready"
    AGENCIES_ENGAGED = "agencies_engaged"
    TARGETS_DRAWN = "targets_drawn"
    FIELD_WORK = "field_work"
    TESTING_DONE = "testing_done"
    CLOSED = "closed"
    CANCELLED = "cancelled"
