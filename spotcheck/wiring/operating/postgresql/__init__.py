"""Django's PostgreSQL, asked with the patience of the request: see ``base.py``."""
