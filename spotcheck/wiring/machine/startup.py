"""Starting Django inside a command that has found its servers."""

import os

import django

from spotcheck.wiring.machine.devservices import Urls


def enter(urls: Urls) -> None:
    """Make these servers those of this process and its children, and start Django."""
    os.environ.update(urls.environment())
    begin()


def begin() -> None:
    """Start Django with the settings of the program, for a command that asks no server."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotcheck.wiring.site.settings")
    django.setup()
