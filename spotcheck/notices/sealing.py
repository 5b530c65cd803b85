"""Sealing: the interface behind which the bureau's seal service stands.

A seal service of the GB/T 38540 kind would need what :class:`Order` carries: the whole document, who seals,
under which number, and where on which page the seal stands. The default for a demonstration signs with a
local key (PAdES) and paints a seal that nobody can take for a real one.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import Final, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from spotcheck.notices.render import Drawn

PATIENCE_SECONDS: Final = 60
DEFAULT: Final = "spotcheck.notices.demonstration_seal.DemonstrationSealer"


class SealFailed(RuntimeError):
    """The seal service refused, failed, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a seal service is asked for."""

    pdf: bytes
    issuer: str
    number: str
    places: Sequence[tuple[int, float, float]]
    """Page (from 0), and the point in points from the lower left over which the seal is centred."""


class Sealer(Protocol):
    """Seals a document. Must be safe to call again for the same order."""

    def seal(self, order: Order) -> bytes:
        """Return the sealed document; raises :class:`SealFailed`."""
        ...


def seal(drawn: Drawn, *, issuer: str, number: str) -> bytes:
    """Have a drawn paper sealed; a service that does not answer in time has failed."""
    sealer: Sealer = import_string(getattr(settings, "SEALER", DEFAULT))()
    order = Order(drawn.pdf, issuer, number, drawn.seals)
    patience = getattr(settings, "SEAL_PATIENCE_SECONDS", PATIENCE_SECONDS)
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="seal")
    try:
        return pool.submit(sealer.seal, order).result(timeout=patience)
    except TooLate as error:
        raise SealFailed(f"no answer within {patience} seconds") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
