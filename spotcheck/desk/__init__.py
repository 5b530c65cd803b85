"""The desk of the bureaus, the laboratories and the enterprises: what is due today, search, the dossier with its acts.

sight.py      what an actor sees of a dossier (laboratories no party, enterprises no inspector)
clocks.py     one period as the screens show it; explaining.py tells why it ends when it ends
duties.py     what waits for somebody without a number of days (reading R12), read off the charts
turns.py      whose turn it is in a matter: whose.py whose it is, readiness.py what holds it up, called_for.py which act
              it calls for, period_acts.py which act ends a period, waiting.py for whom it waits
outstanding.py reports to take over and papers to serve, which are no state of a matter
worklist.py   what is due today; inbox.py what has arrived; finding.py search and its filters
lanes.py      the tracks of a dossier as lanes in time
acts.py       what an actor can do in a dossier now, what not, and why not
fields.py     the form of an act, drawn from its facts
papers.py     papers with their recipients and the state of each service; paper_search.py their register
stating.py    the form of particulars, drawn from the fields of the papers
paging.py     one page cut out of a list by keys
drawing.py    candidates and targets of a draw
web/          the pages
"""
