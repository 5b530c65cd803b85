"""The ground of every program's door: who calls, what is asked, how it is answered, and how that is written down.

scopes.py       what a credential may be used for
credentials.py  issuing, rotating and revoking them; ``models.py`` keeps them
oauth/          tokens for credentials (RFC 6749, 7009, 7523, 8414)
callers.py      who calls: the bearer of a token, and the person who does the act
reading.py      a body, read strictly; ``shapes.py`` says what it may be
doors.py        the base of every address: limits, scopes, keys, tags, rehearsals, problems
kept.py         answers that are given again under the same key
cursors.py      lists, page by page
problems.py     every refusal by its name (RFC 9457)
schema.py       the description of all addresses (OpenAPI)
"""
