"""The states of the charts of this chapter, by name; their words stand in ``rules.charts``."""

from django.db.models import TextChoices


class RectificationState(TextChoices):
    """结果处理案卷: rectification case."""

    REPORT_RECEIVED = "report_received"
    ORDER_ISSUED = "order_issued"
    RECTIFYING = "rectifying"
    APPLIED = "applied"
    HARDSHIP_CLAIMED = "hardship_claimed"
    HARDSHIP_SUSPENDED = "hardship_suspended"
    WINDOW_LAPSED = "window_lapsed"
    RECHECKING = "rechecking"
    FAILED = "failed"
    REPORTED_UP = "reported_up"
    ANNOUNCED = "announced"
    CLOSURE_ORDERED = "closure_ordered"
    PASSED = "passed"
    LICENCE_REVOKED = "licence_revoked"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    CLOSED_DISSOLVED = "closed_dissolved"


class RecheckState(TextChoices):
    """复查: recheck."""

    OPENED = "opened"
    VERIFIED = "verified"
    TEST_COMMISSIONED = "test_commissioned"
    TESTED = "tested"
    PASSED = "passed"
    FAILED = "failed"
    HARDSHIP_CONFIRMED = "hardship_confirmed"


class AnnouncementState(TextChoices):
    """复查不合格公告: announcement of a failed recheck."""

    REPORTING = "reporting"
    AT_CITY = "at_city"
    AT_PROVINCE = "at_province"
    ANNOUNCED = "announced"
    CORRECTED = "corrected"


class PublicationState(TextChoices):
    """抽查结果公开: publication of results."""

    COMPILING = "compiling"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"


class LeadState(TextChoices):
    """违法线索: lead."""

    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    VERIFYING = "verifying"
    CASE_FILED = "case_filed"
    NOT_FILED = "not_filed"
    CONCLUDED = "concluded"
    REFERRED = "referred"


class DenialState(TextChoices):
    """移交案件否认生产: denial of production (handed-over case)."""

    CLAIMED = "claimed"
    INVESTIGATING = "investigating"
    FOUND_NOT_PRODUCED = "found_not_produced"
    FOUND_NONEXISTENT = "found_nonexistent"
    FOUND_PRODUCED = "found_produced"
    PEER_NOTIFIED = "peer_notified"
    AT_CITY = "at_city"
    AT_PROVINCE = "at_province"
    CLOSED = "closed"


class BanState(TextChoices):
    """禁止恢复生产销售: ban on resuming."""

    NONE = "none"
    ACTIVE = "active"
    LIFTED = "lifted"
    PERMANENT = "permanent"
    HANDED_OVER = "handed_over"
