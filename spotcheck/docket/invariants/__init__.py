"""Invariants: what must hold in every database at every moment, each one a file of SQL.

A file answers with the rows that break it: ``dossier`` (its number), ``subject`` (which matter, period or paper) and
``what`` is wrong. It speaks of the tables, and of the relations of :mod:`~spotcheck.docket.invariants.known`, which
say what the regulation, as the program has it, allows. No row is the right answer.

    I1  each period takes effect exactly once       I5  a completed retest is final
    I2  nothing that was accepted is missing         I7  the chain of entries is unbroken, and closed to changes
    I3  every state was reached by allowed acts      I8  numbers of papers are unique and without gaps
    I4  every date can be counted again              I11 doing something twice has the effect of doing it once
    I13 nobody is held to what has fallen            I14 whoever sampled was drawn, and has not tested
    I15 nobody has two of the three duties           I16 rights come from posts alone, and posts are in order
    I17 what is written once is closed               I18 posts are what the book says was granted
"""
