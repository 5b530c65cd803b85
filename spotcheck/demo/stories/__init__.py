"""What happens to a sample, told as stories: generators that act on the days they have waited for.

parts.py       what many stories share: the visit, the testing, the notices, the order, the recheck
of_2023.py     the ways of the nonconforming batches of the published bulletin
sideways.py    refusals, obstruction, purchases online, revocation, the whole ladder, handed-over files
waiting.py     sampling, testing and objections which wait for somebody today
handling.py    rectification, rechecks and announcements which wait for somebody today
"""
