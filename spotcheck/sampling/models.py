"""Tables of chapter three: the charts of sampling, purchase and sample unit."""

from spotcheck.sampling.flow.purchase import Purchase
from spotcheck.sampling.flow.sample import SampleUnit
from spotcheck.sampling.flow.sampling import Sampling

__all__ = ["Purchase", "SampleUnit", "Sampling"]
