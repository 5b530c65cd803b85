"""The demo province: a year that was published, and files whose clocks run today.

Everything goes through the same acts as the work of real people, on a simulated clock; no file, state, period or
entry is made in any other way. What they have made of 2023 is kept as rows, which a test plays again and compares.

    products.py  names.py  frame.py   what is made and sold, by which invented firms: the sampling frame
    cast.py  accounts.py              offices and people; signing in by a click
    timeline.py  file.py  usual.py    stories on a simulated clock, and the hand that performs their acts
    stories/                          what happens to a sample, told as stories
    scheme.py  drawing.py             which tasks there are, and how their targets are drawn
    year_2023.py  batch.py            the year 2023 and its second batch, as large as the published one
    sideways.py                       the same year beside the batch: refusals, purchases online, handed-over files
    running.py                        the files that run now
    rows.py  rows.json.xz             firms and the year 2023 as they were played at release
    load.py  progress.py  views.py    loading once, whole or not at all, and showing how far it is
    bulletin.py  published.py         the figures computed from the files, and those that were published
    tables.py                         how the command prints them
"""
