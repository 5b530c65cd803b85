"""Logs: one JSON object a line, without personal data.

Names, telephone numbers and the like belong in the docket, where reading them leaves a trace. A log
is copied, shipped and kept elsewhere; values under these keys never get there.
"""

import logging
import re
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

PERSONAL = frozenset(
    {
        "address",
        "authorization",
        "contact",
        "cookie",
        "email",
        "full_name",
        "id_number",
        "ip",
        "legal_representative",
        "password",
        "person",
        "phone",
        "remote_addr",
        "request",
        "signature",
        "token",
        "user",
        "username",
    }
)


def leave_out_personal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what must not be logged, on the first level and one below."""
    for key, value in list(event.items()):
        if key in PERSONAL:
            event[key] = "[left out]"
        elif isinstance(value, dict):
            event[key] = {name: "[left out]" if name in PERSONAL else part for name, part in value.items()}
    return event


_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}"  # unified social credit code
    r"|\d{17}[\dXx]"  # identity card
    r"|1[3-9]\d{9}"  # mobile telephone
    r"|0\d{2,3}-?\d{7,8}"  # other telephone
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"  # bounded: whoever asks may send much of it
    r")(?![0-9A-Za-z])"
)
_MOST = 20_000
"""Characters of one text of a line; what is longer was sent by somebody, not said by us."""
# What PostgreSQL and Python quote of a row or a value stands behind these words.
_QUOTED = re.compile(r"(DETAIL|CONTEXT|LINE \d+|HINT):.*|(Failing row contains|Key) \(.*")


def leave_out_quoted(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut from texts what quotes a row, and blot out what is a number of a person or an enterprise."""
    for key in ("event", "exception"):
        text = event.get(key)
        if isinstance(text, str):
            event[key] = _NUMBERS.sub("[left out]", _QUOTED.sub("[left out]", text[:_MOST]))
    return event


_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    leave_out_personal,
    leave_out_quoted,
]


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is now, and not to what it was when the logging was set up: that may be closed."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)  # the stream is not kept

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # asked anew for every line
        """Standard error."""
        return sys.stderr


CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": f"{__name__}.StandardError", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "spotcheck": {"level": "INFO"},
        "celery": {"level": "INFO"},
        # the request with its headers rides on these records; the message alone says enough
        "django.request": {"level": "ERROR"},
    },
}


def configure() -> None:
    """Send structlog's records through the same handler as everybody else's."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
