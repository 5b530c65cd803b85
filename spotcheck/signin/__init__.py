"""The door through which everybody comes in: names, passwords, second factors, sessions, posts.

The work is allauth's, in our look and by our rules; nobody else in the program knows that package (import contract).

    forms.py, adapters.py   what is asked, and how allauth is told our rules
    passwords.py            what a password must be
    factors.py              who needs a second factor, and how its secrets lie in the database
    locks.py                wrong tries in the book, and the lock that follows
    sessions.py             idle and overlong sessions, what has to be done first (a middleware)
    dialog.py               signing in again inside a page whose session has come to its end
    letters.py, by_mail.py  what goes out by mail, and the pages behind its links
    single.py               people whom the provider of a single sign-on names
    recent.py, proving.py   proving oneself again for what cannot be undone, inside a form or at the provider and back
    resetting.py            four eyes: second factors taken away, the single sign-on linked by hand
    places.py               where somebody goes after the entrance
    views.py, urls.py       the pages; only those named there exist
"""
