"""Reading drawn papers back with other people's programs."""

import subprocess
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject


def text_of(pdf: bytes, *options: str) -> str:
    """What pdftotext reads."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def fonts_of(pdf: bytes) -> list[str]:
    """The lines of pdffonts, one a font."""
    done = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().splitlines()[2:]


def complaints_of_qpdf(pdf: bytes, folder: Path) -> str:
    """What qpdf --check says against a file; nothing when it is in order."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def pictures_of(pdf: bytes, folder: Path, *, dots: int) -> list[Path]:
    """Every page as a small grey picture."""
    path = folder / "seen.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", str(dots), "-png", str(path), str(folder / "page")], check=True)
    return sorted(folder.glob("page*.png"))


def undefined_in(pdf: bytes) -> set[int]:
    """The numbers of objects that something in the file refers to, and that are not there."""
    reader, seen, missing = PdfReader(BytesIO(pdf)), set[int](), set[int]()
    waiting: list[object] = [reader.trailer]
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            number, found = found.idnum, found.get_object()
            seen.add(number)
            if found is None or isinstance(found, NullObject):
                missing.add(number)
        if isinstance(found, DictionaryObject):
            waiting += [found.raw_get(key) for key in found]
        elif isinstance(found, ArrayObject):
            waiting += list(found)
    return missing
