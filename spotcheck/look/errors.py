"""What is shown when something is not there, not allowed, or broken. None of these pages asks the database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this is not for your post."""
    return render(request, "look/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing here, or nothing that you may see."""
    return render(request, "look/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing was changed."""
    return render(request, "look/errors/500.html", status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from somewhere else. Whoever filled it in gets back to it, with what was typed."""
    back = request.get_full_path() if request.method == "POST" else ""
    return render(request, "look/errors/csrf.html", {"back": back}, status=403)
