"""Tables of chapter six: its seven charts."""

from spotcheck.remediation.flow.announcement import Announcement
from spotcheck.remediation.flow.ban import Ban
from spotcheck.remediation.flow.denial import Denial
from spotcheck.remediation.flow.lead import Lead
from spotcheck.remediation.flow.publication import Publication
from spotcheck.remediation.flow.recheck import Recheck
from spotcheck.remediation.flow.rectification import Rectification

__all__ = ["Announcement", "Ban", "Denial", "Lead", "Publication", "Recheck", "Rectification"]
