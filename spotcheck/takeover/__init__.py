"""Old cases: what runs in a province's old system comes in from sheets, without a day invented against anybody.

A sheet is a claim and not a proof. A matter comes in at the last state that the sheet and a proof carry; what is only
said is kept as a fact, starts no period and lets nothing lapse.

columns.py      what a sheet says of one party of one sample
claims.py       a line as days, proofs and texts
judging.py      what is wrong with a line, or with the lines of one sample
standing.py     where a claim stands: matters, states, periods, proved and stated days
sheets.py       the import kind ``old_cases``: looked at, taken, undone
finding_out.py  whose receipt of what has yet to be found out
"""
