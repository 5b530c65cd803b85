"""Files: kept whole or not at all, in a folder or in a bucket, and never changed; nothing here knows a dossier.

stores.py    what a store is, and the folder; bucket.py: the bucket of several machines
storage.py   the one door to stored files: keep, read, put back, each with its SHA-256
promises.py  which files the rows promise: what a backup carries and a check after a restore looks for
"""
