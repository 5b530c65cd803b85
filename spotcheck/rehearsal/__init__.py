"""Rehearsals: plays scenario files against the real models on a simulated clock, in a database of its own.

    scenario.py  a file, read and checked: what is not of the format is an error with its place
    shapes.py    the shapes of its parts: tables, lists, numbers, days, words
    facts.py     the facts a file may state, their values, and the valid ones the player fills in
    world.py     parties, offices and dossiers of a file, and the labels by which it names matters
    stages.py    the stages from which a file starts
    player.py    the clock, the acts, the refusals
    compare.py   what the file expects against what is there

A bureau's lawyer writes a case and sees what the law does: ``spotcheck rehearse FILE``.
"""
