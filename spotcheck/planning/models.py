"""Tables of chapter two: the charts of plan and task, and what is drawn."""

from spotcheck.planning.detail_tables import DetailRule, RuleItem
from spotcheck.planning.flow.plan import Plan
from spotcheck.planning.flow.task import Task
from spotcheck.planning.tables import DrawLog, Frame, Target, TargetSampler

__all__ = ["DetailRule", "DrawLog", "Frame", "Plan", "RuleItem", "Target", "TargetSampler", "Task"]
