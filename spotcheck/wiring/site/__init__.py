"""The site: settings, addresses, what stands around every answer, Celery and its beat, the door for a web server."""
