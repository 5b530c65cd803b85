"""What holds the parts together: the site, the operating of it, and the machine under it.

Importing these packages loads neither Django nor Celery, so that the command starts at once.
"""
