"""Sealing: the interface behind which the bureau's seal service stands.

A seal service of the GB/T 38540 kind would need what :class:`Order` carries: the whole document, who seals,
under which number, and where on which page the seal stands. The default for a demonstration signs with a
local key (PAdES) and paints a seal that nobody can take for a real one.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from threading import Thread
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
    answer: Future[bytes] = Future()
    # A daemon: a service that never answers must not keep the worker from ending.
    Thread(target=_ask, args=(sealer, order, answer), name="seal", daemon=True).start()
    try:
        return answer.result(timeout=patience)
    except TooLate as error:
        raise SealFailed(f"no answer within {patience} seconds") from error


def _ask(sealer: Sealer, order: Order, answer: "Future[bytes]") -> None:
    try:
        answer.set_result(sealer.seal(order))
    except Exception as error:  # noqa: BLE001 -- handed to whoever waits
        answer.set_exception(error)
