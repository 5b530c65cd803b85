"""What everybody may see: whether a paper is genuine. No personal data, no names of enterprises.

views.py    the page behind the code of a paper, and the check of a file byte for byte
"""
