"""What a file is and whether it opens, looked at in a process of its own under limits (``child.py``).

Nothing here knows Django, and nothing is imported before it is needed: a process for one file has to start quickly.

content.py   what the first bytes say        pdf.py, picture.py, film.py, sheet.py   one module a kind
leaf.py      bindable pages out of a PDF or a picture: upright, from a corner at 0, without anything that acts
"""
