"""The papers: numbered, recorded with the snapshot they rest on, received with proof; and who is told what.

models.py        papers, their recipients, their numbers
service.py       送达: attempts, receipts with proof, returns, corrections; who may record them
particulars.py   what papers say beyond the facts of acts, and who states it
preview.py       the papers of an act before it is done
consequences.py  the papers of every act that issues a form, and the messages of every act
contributions.py what the chapters say on papers, and when letters are needed: their modules ``papers`` register it
"""
