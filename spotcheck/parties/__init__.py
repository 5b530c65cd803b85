"""Who acts: regions, offices, people in posts, enterprises and their qualifications (Articles 4, 6, 10, 42).

models.py   regions, offices, users, posts, enterprises, qualifications, the sampling frame
actors.py   the actor of an act: an office, a person in a post, an enterprise, or the system
loading.py  the real regions of Shandong and one bureau for each
"""
