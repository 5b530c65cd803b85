"""What every door of the system needs, whoever stands at it and whatever it is drawn with.

privacy.py          what an actor sees of a dossier (laboratories no party, enterprises no inspector)
possible_acts.py    what an actor can do in a dossier now, what not, and why not
fields.py           the inputs of an act, read off its facts, and back again: questions.py what has to be answered,
                    suggestions.py what is said beforehand and what there is to choose from, places.py places by their
                    names; particulars_form.py the same for the fields of its papers
worklist.py         what is due today: duties.py what waits without a number of days (reading R12), read off the charts;
                    turns.py whose turn it is: whose.py whose it is, readiness.py what holds it up, period_acts.py which
                    act ends a period, waiting.py for whom it waits, outstanding.py reports to take over and papers to
                    serve, which are no state of a matter
clocks.py           one period with both last days; explanation.py why it ends when it ends, explanation_lines.py the
                    same for a screen
dossier_search.py   search and its filters; paper_search.py that of papers; paging.py one page cut out of a list by keys
papers.py           papers with their recipients and the state of each service
record.py           the record of a dossier in words; lanes.py its tracks as lanes in time
draws.py            a draw as it was prepared and held
drafts.py           what was typed into a form and did not get through, kept for who typed it
inbox.py            what has arrived
owning.py           who brings a case on: owners, pool, hand-overs, deputies (models.py); readers.py who has read it
validity.py         on which basis the rules apply to a dossier
problems.py         refusals as programs read them (RFC 9457)
reading.py          what addresses and forms ask for
"""
