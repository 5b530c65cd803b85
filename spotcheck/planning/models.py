"""Tables of chapter two: the charts of plan and task, and what is drawn."""

from spotcheck.planning.flow.plan import Plan
from spotcheck.planning.flow.task import Task
from spotcheck.planning.tables import DrawLog, Frame, Target, TargetSampler

__all__ = ["DrawLog", "Frame", "Plan", "Target", "TargetSampler", "Task"]
