"""The one import machine: sheets (xlsx, CSV) come in by kinds, which packages above register.

kinds.py     what a kind says of itself: columns, what stands above its table, how it is checked and taken
lines.py     a line while it is looked at: what holds for every column, and what is said of a cell
reading.py   a file as a table of texts, with the address of every cell and what could not be read
staging.py   what is to be written, put beside the tables by COPY
asking.py    long sheets: a worker is asked
heads.py     an office's own words for columns
undoing.py   taken back as a whole, within seven days
running.py   begun (read and checked), looked at as often as one likes, taken all at once or not at all

``Import`` (``registers/models.py``) keeps what was read with its hash, so that what is taken is what was looked at.
"""
