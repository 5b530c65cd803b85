"""Proofs of service: a scan, a postal slip, a screen. A file is told by its content, and must open."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _

TYPES: Final = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
"""What a proof may be, told by its first bytes."""
LARGEST: Final = 20 * 1024 * 1024
"""Bytes; a scanned acknowledgement has a few hundred thousand."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The file that proves a receipt: a scanned acknowledgement, a postal slip, a screen."""

    name: str
    content: bytes
    size: int | None = None
    """Of a file that was too large to be read."""

    @property
    def suffix(self) -> str:
        """What the file says that it is, or nothing when it is none of what we keep."""
        return next((end for start, end in TYPES.items() if self.content.startswith(start)), "")

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return sha256(self.content).hexdigest()


def complaint(proof: Proof | None) -> str:
    """Say why this file proves nothing; empty when it does."""
    if proof is None:
        return _("没有送达凭证，期限不能起算；请附上回证、回执或者截图。")
    if (proof.size or len(proof.content)) > LARGEST:
        return _("凭证文件超过 %(size)d MB，请压缩后再传。") % {"size": LARGEST // 1024**2}
    if not proof.suffix:
        return _("凭证只能是 PDF、PNG 或者 JPEG 文件。")
    opens = _pdf_opens(proof.content) if proof.suffix == ".pdf" else _picture_opens(proof.content)
    return "" if opens else _("凭证文件打不开：可能已损坏，或者设有密码。")


def _pdf_opens(content: bytes) -> bool:
    """Whether the file has pages that anybody can read: it is bound into the case file one day (Article 53)."""
    from pypdf import PdfReader  # noqa: PLC0415 -- slow import
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- slow import

    try:
        reader = PdfReader(BytesIO(content))
        return not reader.is_encrypted and len(reader.pages) > 0
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError):
        return False  # whatever a broken file does to its reader


def _picture_opens(content: bytes) -> bool:
    from PIL import Image, ImageFile  # noqa: PLC0415 -- slow import

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # a switch of the whole process, which other libraries turn
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True
