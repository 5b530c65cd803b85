"""The keys of backups: one that signs, those by which backups are verified, and the recipients who can open them.

They lie in a folder of the owner's user (``SPOTCHECK_BACKUP_KEYS``; else ``backup-keys`` in the data folder), which the
site cannot read. What opens an encrypted backup (an *identity* of age) need not be on this machine at all.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from spotcheck.wiring.machine.places import data_folder, private_text, provide
from spotcheck.wiring.machine.problems import Problem

SIGNING, KNOWN = "signing.key", "known.json"
_CONTEXT: Final = b"spotcheck backup manifest\n"
"""What is signed begins with this, so that a signature is worth nothing for anything else."""
_OTHERS: Final = 0o077


class BadKey(Problem):
    """A key that is none, is not known, or lies open to others."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key in base64, since when it is known here (RFC 3339), by which account, until when it signed."""

    key: str
    since: str
    by: str
    until: str = ""

    @property
    def short(self) -> str:
        """Sixteen hexadecimal digits by which people compare it."""
        return short(self.key)


@dataclass(frozen=True, slots=True)
class Known:
    """What this machine knows: the public keys by which it verifies, and the recipients for whom it encrypts."""

    verifying: tuple[Key, ...] = ()
    recipients: tuple[str, ...] = ()

    def by_name(self, key: str) -> Key | None:
        """The key with this public half; None for one that is not known."""
        return next((one for one in self.verifying if one.key == key), None)


def short(key: str) -> str:
    """The sixteen digits of a public key."""
    return sha256(key.encode()).hexdigest()[:16]


def folder() -> Path:
    """Where the keys lie."""
    return Path(os.environ.get("SPOTCHECK_BACKUP_KEYS") or data_folder() / "backup-keys")


def known() -> Known:
    """What is known here; nothing where no backup was ever made."""
    path = folder() / KNOWN
    try:
        said = json.loads(_closed(path).read_text(encoding="utf-8"))
        return Known(tuple(Key(**row) for row in said["verifying"]), tuple(said["recipients"]))
    except FileNotFoundError:
        return Known()
    except (ValueError, KeyError, TypeError) as error:
        raise BadKey(f"{path} cannot be read: bring it back from the safe.") from error


def signing(*, at: datetime, by: str) -> Key:
    """The key that signs here; the first backup makes it. One that was lost is not made anew by itself."""
    now_known = known()
    if (folder() / SIGNING).exists():
        public = _public(_private())
        found = now_known.by_name(public)
        if found is None:
            raise BadKey(f"{folder() / SIGNING} is not one of {KNOWN}: spotcheck backup-keys renew makes another.")
        return found
    if any(not one.until for one in now_known.verifying):
        raise BadKey(
            f"{folder() / SIGNING} is missing: bring it from the safe, or spotcheck backup-keys renew makes another."
        )
    return renew(at=at, by=by)


def renew(*, at: datetime, by: str) -> Key:
    """Make a key that signs from now on; what those before it have signed is verified as ever."""
    now_known, made = known(), Ed25519PrivateKey.generate()
    _provide()
    fresh = Key(_public(made), at.isoformat(), by)
    ended = tuple(one if one.until else replace(one, until=at.isoformat()) for one in now_known.verifying)
    # First what verifies: a machine that stops in between signs with a key that it knows.
    _keep(replace(now_known, verifying=(*ended, fresh)))
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    private_text(folder() / SIGNING, pem.decode())
    return fresh


def trust(key: str, *, at: datetime, by: str) -> Key:
    """Verify from now on also what this key has signed: that of another machine, from whose safe it was brought."""
    _loaded(key)
    now_known = known()
    if there := now_known.by_name(key):
        return there
    _provide()
    taken = Key(key, at.isoformat(), by, until=at.isoformat())
    _keep(replace(now_known, verifying=(*now_known.verifying, taken)))
    return taken


def distrust(key: str) -> Key:
    """Believe nothing more that this key has signed; not the one that signs now."""
    now_known = known()
    found = next((one for one in now_known.verifying if key in {one.key, one.short}), None)
    if found is None:
        raise BadKey(f"{key} is not known here: spotcheck backup-keys show lists those that are.")
    if not found.until:
        raise BadKey(f"{found.short} signs the backups of this machine: spotcheck backup-keys renew first.")
    _keep(replace(now_known, verifying=tuple(one for one in now_known.verifying if one is not found)))
    return found


def encrypt_to(recipients: tuple[str, ...]) -> None:
    """Encrypt from now on for these recipients (``age1...``) instead of those before; for none: not at all."""
    for recipient in recipients:
        recipient_of(recipient)
    _provide()
    _keep(replace(known(), recipients=tuple(dict.fromkeys(recipients))))


def recipient_of(text: str) -> pyrage.x25519.Recipient:
    """Read a recipient; raises :class:`BadKey`."""
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BadKey(f"{text} is no recipient of age: one begins with age1 and stands beside its key.") from error


def make_identity(path: Path) -> str:
    """Write a new identity, which opens what is encrypted for it, into a new file (0600); return its recipient."""
    if path.exists():
        raise BadKey(f"{path} is there already: a key is never written over another.")
    made = pyrage.x25519.Identity.generate()
    private_text(path, f"# public key: {made.to_public()}\n{made}\n")
    return str(made.to_public())


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """Read the identities of a file as age writes them; raises :class:`BadKey`."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and line[0] != "#"]
    except OSError as error:
        raise BadKey(f"{path} cannot be read: {error.strerror}.") from error
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise BadKey(f"{path} holds no key of age: a line of one begins with AGE-SECRET-KEY-1.") from error
    if not found:
        raise BadKey(f"{path} holds no key of age.")
    return found


def sign(content: bytes) -> dict[str, str]:
    """Sign a manifest: the public key and the signature, both in base64."""
    private = _private()
    return {"key": _public(private), "signature": base64.b64encode(private.sign(_CONTEXT + content)).decode()}


def verified(content: bytes, signature: Any) -> Key:
    """The known key that has signed this; raises :class:`BadKey` for everything else, with what to do."""
    if not isinstance(signature, Mapping) or not all(isinstance(signature.get(x), str) for x in ("key", "signature")):
        raise BadKey("the signature is none")
    signer = known().by_name(signature["key"])
    if signer is None:
        raise BadKey(
            f"it is signed by {short(signature['key'])}, which is not known here. If it is the key of your safe: "
            f"spotcheck backup-keys trust {signature['key']}"
        )
    try:
        raw = base64.b64decode(signature["signature"], validate=True)
        _loaded(signer.key).verify(raw, _CONTEXT + content)
    except (InvalidSignature, binascii.Error) as error:
        raise BadKey("the signature does not fit: it was changed after it was made. Take another backup") from error
    return signer


def _public(private: Ed25519PrivateKey) -> str:
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def _loaded(key: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    except ValueError as error:
        raise BadKey(f"{key} is no public key of backups: one is 44 characters long and ends with =.") from error


def _private() -> Ed25519PrivateKey:
    path = folder() / SIGNING
    try:
        found = serialization.load_pem_private_key(_closed(path).read_bytes(), password=None)
    except FileNotFoundError as error:
        raise BadKey(f"{path} is missing.") from error
    except ValueError as error:
        raise BadKey(f"{path} cannot be read: bring it back from the safe.") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise BadKey(f"{path} is no Ed25519 key.")
    return found


def _closed(path: Path) -> Path:
    """The file, which only its owner may read; a ``FileNotFoundError`` where there is none."""
    if path.stat().st_mode & _OTHERS:
        raise BadKey(f"others can read {path}: chmod 600 it, and let spotcheck backup-keys renew make another key.")
    return path


def _provide() -> None:
    provide(folder())
    folder().chmod(0o700)


def _keep(now_known: Known) -> None:
    rows = [asdict(one) for one in now_known.verifying]
    text = json.dumps({"verifying": rows, "recipients": now_known.recipients}, ensure_ascii=False, indent=1)
    private_text(folder() / KNOWN, f"{text}\n")
