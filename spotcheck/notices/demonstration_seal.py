"""演示印章: a local key and a seal that says what it is. Never for papers that count."""

import os
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO
from math import cos, pi, radians, sin
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from reportlab.pdfgen.canvas import Canvas

from spotcheck.notices.sealing import Order, SealFailed
from spotcheck.notices.typefaces import face, runs, width

SIDE: Final = 119.0  # 42 mm, the diameter of a bureau's seal
RAISED: Final = 18.0  # name and date stand a little below the middle of the seal (GB/T 9704)
VALID: Final = (datetime(2021, 1, 1, tzinfo=UTC), datetime(2051, 1, 1, tzinfo=UTC))
RED: Final = "#D7263D"


class DemonstrationSealer:
    """Signs with a key of this installation's own (PAdES) and paints the seal of a demonstration."""

    def seal(self, order: Order) -> bytes:
        """Sign once for all copies; further copies carry the picture of the seal only as a field of their own."""
        try:
            return self._seal(order)
        except (OSError, ValueError) as error:
            raise SealFailed(str(error)) from error

    def _seal(self, order: Order) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(order.pdf))
        page, x, y = order.places[0]
        y += RAISED
        box = (round(x - SIDE / 2), round(y - SIDE / 2), round(x + SIDE / 2), round(y + SIDE / 2))
        metadata = signers.PdfSignatureMetadata(
            field_name="Seal",
            reason=f"演示用章，无法律效力：{order.number}",
            location="山东",
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
        )
        signer = signers.PdfSigner(
            metadata,
            signer=_signer(),
            stamp_style=_style(order.issuer),
            new_field_spec=fields.SigFieldSpec("Seal", on_page=page, box=box),
        )
        out = BytesIO()
        signer.sign_pdf(writer, output=out)
        return out.getvalue()


def _style(issuer: str) -> StaticStampStyle:
    """The picture of an issuer's seal, to be pressed once: pyHanko writes into it where it has put its parts."""
    return StaticStampStyle.from_pdf_file(_picture_file(issuer), border_width=0, background_opacity=0.75)


@cache
def _picture_file(issuer: str) -> str:
    """Where the picture lies; pyHanko reads the file while it signs, so the file stays."""
    path = _folder() / f"{sha256(issuer.encode()).hexdigest()[:16]}.pdf"
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(picture(issuer))
    part.replace(path)
    return str(path)


def picture(issuer: str) -> bytes:
    """The seal: a ring with the issuer's name and, across it, what it is."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(SIDE, SIDE), invariant=1, initialFontName=face("kai").fontName)
    centre = SIDE / 2
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    canvas.setLineWidth(2.6)
    canvas.circle(centre, centre, centre - 3, stroke=1, fill=0)
    _around(canvas, issuer, centre, centre - 19)
    # Above, between and below the name and the date that it is pressed on, so that it can be read.
    _line(canvas, "演示印章", centre, centre + 9, 15)
    _line(canvas, "DEMONSTRATION", centre, centre - 20.5, 7)
    _line(canvas, "无法律效力", centre, centre - 51, 8)
    canvas.save()
    return buffer.getvalue()


def _around(canvas: Any, words: str, centre: float, radius: float) -> None:
    """Words along the upper part of the ring."""
    size = min(13.0, 1.45 * pi * radius / max(1, len(words)) * 0.95)
    step = min(22.0, 205 / max(1, len(words)))
    angle = 90 + step * (len(words) - 1) / 2
    for character in words:
        canvas.saveState()
        canvas.translate(centre + radius * cos(radians(angle)), centre + radius * sin(radians(angle)))
        canvas.rotate(angle - 90)
        _line(canvas, character, 0, 0, size)
        canvas.restoreState()
        angle -= step


def _line(canvas: Any, words: str, centre: float, y: float, size: float) -> None:
    x = centre - width("kai", words, size) / 2
    for font, part in runs("kai", words):
        canvas.setFont(font.fontName, size)
        canvas.drawString(x, y, part)
        x += width("kai", part, size)


def _folder() -> Path:
    folder = Path(settings.DATA) / "seal"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


@cache
def _signer() -> signers.SimpleSigner:
    """The key of this installation, made when it is first needed."""
    path = _folder() / "demonstration.p12"
    if path.exists() and not path.stat().st_size:
        path.unlink()  # a power cut has left the name alone
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}")
        with part.open("wb") as file:
            file.write(_new_key())
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o600)
        try:
            os.link(part, path)  # the first to finish wins
        except FileExistsError:
            pass
        finally:
            part.unlink()
    signer = signers.SimpleSigner.load_pkcs12(str(path), passphrase=None)
    if signer is None:
        raise SealFailed(f"{path} cannot be read")
    return signer


def _new_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "spotcheck 演示"),
            x509.NameAttribute(NameOID.COMMON_NAME, "演示印章（无法律效力）"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID[0])
        .not_valid_after(VALID[1])
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415 -- only for a new key

    return pkcs12.serialize_key_and_certificates(b"demonstration", key, certificate, None, plain)
