"""The benchmark: what a sweep, a firing, an act and a calendar notice cost, as ratios measured side by side in one run.

Everything happens in scratch databases whose rows are made with a handful of statements (:mod:`.world`,
:mod:`.cloning`). Absolute figures move with the machine and its neighbours; the ratios are what is meant.
"""
