"""What asks other machines: counters and the cache in Redis, plain or behind Sentinels; the mail server.

Whatever stands here may be away: then nobody counts, nothing is remembered, and the page goes on.
"""
