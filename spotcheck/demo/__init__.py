"""The demo province: a year that was published, and files whose clocks run today.

Everything goes through the same acts as the work of real people, on a simulated clock; nothing is written
into the tables of a chapter directly.

    products.py  names.py  frame.py   what is made and sold, by which invented firms: the sampling frame
    cast.py  accounts.py              offices and people; signing in by a click
    timeline.py  file.py  usual.py    stories on a simulated clock, and the hand that performs their acts
    stories/                          what happens to a sample, told as stories
    scheme.py  batch.py               the second batch of 2023, as large as the published one
    sideways.py                       the same year beside the batch: refusals, purchases online, handed-over files
    running.py                        the files that run now
    load.py  progress.py  views.py    loading once, whole or not at all, and showing how far it is
    bulletin.py  published.py         the table computed from the files, and the figures that were published
"""
