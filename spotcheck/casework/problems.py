"""Refusals as programs read them: problem details of RFC 9457, in the language that was asked for."""

from typing import Final

from django.http import JsonResponse

from spotcheck.docket.wording import language
from spotcheck.rules.refused import Refused

PROBLEM: Final = "application/problem+json"


def problem(refused: Refused, *, status: int | None = None) -> JsonResponse:
    """Answer a program whose request was refused. ``status`` where HTTP has a nearer word than the family."""
    details = refused.as_problem(language())
    if status is not None:
        details["status"] = status
    return JsonResponse(details, status=details["status"], content_type=PROBLEM)
