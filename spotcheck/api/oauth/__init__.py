"""Tokens for credentials: OAuth 2.0 client credentials, and nothing else of it.

granting.py    which scopes a token may have
validator.py   whether a program is the one that it says: by its secret, or by a key (``assertions.py``)
views.py       asking for a token, giving it back, and what this server can do
"""
