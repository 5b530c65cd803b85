"""The door for a web server: ``gunicorn spotcheck.wiring.site.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spotcheck.wiring.site.settings")

application = get_wsgi_application()
