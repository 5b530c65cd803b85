"""The papers: numbered, recorded with the snapshot they rest on, received with proof; and who is told what.

models.py        papers, their recipients, their numbers
consequences.py  the papers of every act that issues a form, and the messages of every act
telling.py       who is told of which act, article by article
"""
