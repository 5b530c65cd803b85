"""What the sampler's tablet asks of the server (Articles 12 to 26): devices, files in pieces, logs of visits, the day.

It stands on ``api`` and ``casework`` and is thin: what a log does is decided by ``casework.intake``. The protocol is
``web/LOG.md``.
"""
