"""Proofs of service: a scan, a postal slip, a screen. A file is told by its content, and must open and be bound."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spotcheck.files.checks.content import HEIC, JPEG, MEGABYTE, PDF, PNG
from spotcheck.files.keeping import look_at
from spotcheck.files.reasons import FileRefused

TYPES: Final = (PDF, PNG, JPEG, HEIC)
LARGEST: Final = 20 * MEGABYTE
"""Bytes; a scanned acknowledgement has a few hundred thousand."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The file that proves a receipt: a scanned acknowledgement, a postal slip, a screen."""

    name: str
    content: bytes
    size: int | None = None
    """Of a file that was too large to be read."""

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return sha256(self.content).hexdigest()


def complaint(proof: Proof | None) -> str:
    """Say why this file proves nothing; empty when it does."""
    if proof is None:
        return _("没有送达凭证，期限不能起算；请附上回证、回执或者截图。")
    refusal = _refusal(proof)
    return refusal.words.in_(get_language() or "zh-hans") if refusal is not None else ""


def _refusal(proof: Proof) -> FileRefused | None:
    if (proof.size or len(proof.content)) > LARGEST:
        return FileRefused("too_large", f"{LARGEST // MEGABYTE} MB")
    try:
        look_at(proof.content, TYPES)
    except FileRefused as refused:
        return refused
    return None
