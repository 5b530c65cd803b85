"""A made-up second regulation, which the program ships nothing of: two charts, a period, a form, five articles, a word.

It shares with the rules of 2021 whatever two texts may share: numbers of articles, of its form, the code of its period,
the name of a guard and of a word; each means something else here.
"""
