"""The settings by the name that units of installations before 0.3 give (``DJANGO_SETTINGS_MODULE``)."""

from spotcheck.wiring.site.settings import *  # noqa: F403 -- the same settings
