"""What holds the parts together: settings, addresses, servers, databases.

Importing this package loads neither Django nor Celery, so that the command starts at once.
"""
