"""Backups: made, signed, encrypted for whoever keeps the key that opens them; verified and put in the place of what is.

A backup is a folder: ``database.dump`` (pg_dump, custom format), ``files/``, ``files.list`` with a line for each file,
``manifest.sig`` and ``manifest.json``, which is written last: a folder without it is no backup.
"""
