"""Tables of chapter three: the charts of sampling, purchase and unit, what a sample is of, custody,
and what tablets have sent."""

from spotcheck.sampling.field_tables import FieldAct, FieldBatch, FieldDecision, FieldReturn
from spotcheck.sampling.flow.purchase import Purchase
from spotcheck.sampling.flow.sample import SampleUnit
from spotcheck.sampling.flow.sampling import Sampling
from spotcheck.sampling.tables import CustodyLink, Film, SampleFile

__all__ = [
    "CustodyLink",
    "FieldAct",
    "FieldBatch",
    "FieldDecision",
    "FieldReturn",
    "Film",
    "Purchase",
    "SampleFile",
    "SampleUnit",
    "Sampling",
]
