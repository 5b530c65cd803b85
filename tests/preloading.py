"""What a forked web server finds loaded (``preloaded.py``); nothing else takes this module in."""

import os

import django
import gunicorn.app.wsgiapp  # type: ignore[import-untyped]  # noqa: F401 -- the server
import gunicorn.workers.gthread  # type: ignore[import-untyped]  # noqa: F401 -- and what answers
from django.utils.module_loading import import_string

os.environ.pop("DATABASE_OWNER_URL", None)  # a site never has it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotcheck.wiring.site.settings")
django.setup()
import_string("spotcheck.wiring.site.urls.urlpatterns")  # and with it every page
