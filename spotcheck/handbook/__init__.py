"""The regulation as the program carries it out, written down from the program itself (``docs/``).

pages.py         which pages there are, and whether those on disk are current
articles.py      docs/regulation.md: every article with what rests on it, down to the tests
following.py     what follows what: consequences and lapses, in their order
charts.py        docs/charts: one diagram and one table a chart
matrix.py        docs/permitted-acts.md: actor by state, every permitted act
citing.py        which tests cite which article
statements.py    the checklist of the papers: each statement beside what its articles say (forms_templates/README.md)
markdown.py      tables and cells
"""
