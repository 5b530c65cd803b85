"""The ``spotcheck`` command: every module here but ``main`` is a subcommand.

A subcommand has ``HELP``, ``NEEDS_DATABASE``, ``add_arguments(parser)`` and ``run(options) -> int``
(0 fine, 1 the answer is no, 2 wrong use). It imports Django, and what needs Django, inside ``run``.
"""
