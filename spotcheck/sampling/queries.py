"""Questions about samples, in the terms of the register: a list asks them of all its lines at once."""

from typing import Final

from django.db.models import Q

from spotcheck.docket.calls import beside
from spotcheck.sampling.states import SampleState

UNFIT: Final = (SampleState.COMPROMISED, SampleState.RETESTED, SampleState.DISPOSED)
"""The states of the reserve unit in which no retest can be held with it."""


def unit(label: str, *states: str) -> Q:
    """A unit of the same sample is in one of these states."""
    return beside("sample", label=label, state__in=states)
