"""Mail by SMTP: one letter, one conversation, bounded in time.

``SPOTCHECK_MAIL`` names the server: ``smtps://user@host:465`` is encrypted from the first byte, ``smtp://user@host:587``
with STARTTLS wherever the server offers it. A password is never sent unencrypted, unless the server is this machine.
"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from django.conf import settings

PATIENCE: Final = 10.0
"""So many seconds a server may take for one answer."""
LONGEST_ANSWER: Final = 200
_ADDRESS: Final = re.compile(r"(smtps?)://(?:([^@/\s]+)@)?([\w.-]+|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?/?")
_PORTS: Final = {"smtps": 465, "smtp": 587}
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and from whom they come."""

    host: str
    port: int
    is_encrypted: bool
    user: str
    password_file: str
    sender: str


class Unsent(Exception):
    """A letter was not taken. ``answer`` says it in at most 200 letters.

    ``is_away``: no letter would be taken now, so that the others need not try.
    """

    def __init__(self, answer: str, *, is_away: bool) -> None:
        super().__init__(answer)
        self.answer = answer[:LONGEST_ANSWER]
        self.is_away = is_away


def server_of(address: str, *, password_file: str, sender: str) -> MailServer | None:
    """Read the address of a server; None where there is none, ``ValueError`` with a sentence where it is not one."""
    if not address:
        return None
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError("SPOTCHECK_MAIL: neither smtps://user@host:465 nor smtp://user@host:587")
    scheme, user, host, port = found.groups()
    if "@" not in sender or "\n" in sender:
        raise ValueError("SPOTCHECK_MAIL needs SPOTCHECK_MAIL_FROM, the address that letters come from")
    if user and not password_file:
        raise ValueError("SPOTCHECK_MAIL names a user: SPOTCHECK_MAIL_PASSWORD_FILE names the file of the password")
    given = int(port) if port else _PORTS[scheme]
    return MailServer(host.strip("[]"), given, scheme == "smtps", unquote(user or ""), password_file, sender)


def is_set() -> bool:
    """Whether this installation sends mail; where it does not, none is promised anywhere."""
    return settings.MAIL is not None


def send(to: str, subject: str, text: str, *, message_id: str) -> str:
    """Hand one letter in, and return what the server answered; raises :class:`Unsent`.

    ``message_id`` stays the same however often the letter is sent, so that whoever gets it twice sees one.
    """
    server: MailServer | None = settings.MAIL
    if server is None:
        raise Unsent("no mail server is set", is_away=True)
    try:
        with _conversation(server) as smtp:
            refused = smtp.send_message(_letter(server, to, subject, text, message_id))
            assert not refused, "one recipient: refused is raised"
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError) as error:
        raise Unsent(_said(error), is_away=False) from error
    except OSError as error:  # smtplib's own are among them: no connection, no answer, no encryption, not let in
        raise Unsent(_said(error), is_away=True) from error
    return "taken"


def _conversation(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    smtp: smtplib.SMTP
    if server.is_encrypted:
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        smtp.ehlo_or_helo_if_needed()
        encrypted = server.is_encrypted
        if not encrypted and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            encrypted = True
        if server.user:
            _let_in(smtp, server, encrypted=encrypted)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _let_in(smtp: smtplib.SMTP, server: MailServer, *, encrypted: bool) -> None:
    if not encrypted and server.host not in _HERE:
        raise OSError("the server offers no encryption, and the password is not sent without it")
    smtp.login(server.user, Path(server.password_file).read_text(encoding="utf-8").strip())


def _letter(server: MailServer, to: str, subject: str, text: str, message_id: str) -> EmailMessage:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = server.sender, to, subject
    letter["Date"], letter["Message-ID"] = formatdate(), message_id
    letter["Auto-Submitted"] = "auto-generated"  # so that nobody's absence answers it
    letter.set_content(text)
    return letter


def _said(error: Exception) -> str:
    """What went wrong, without the address: it stands beside it already."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        ((code, said),) = error.recipients.values()
        return f"{code} {said.decode(errors='replace')}"
    if isinstance(error, smtplib.SMTPResponseException):
        answer: bytes | str = error.smtp_error
        return f"{error.smtp_code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    return f"{type(error).__name__}: {error}"
