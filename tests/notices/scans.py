"""Files that prove a receipt, as small as they can be and still open."""

from io import BytesIO

from PIL import Image
from pypdf import PdfWriter


def scanned(pages: int = 1) -> bytes:
    """A PDF with empty pages."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pictured() -> bytes:
    """A picture of nothing much."""
    buffer = BytesIO()
    Image.effect_noise((40, 40), 60).save(buffer, "PNG")
    return buffer.getvalue()
