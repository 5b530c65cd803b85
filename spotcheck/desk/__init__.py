"""The desk of the bureaus, the laboratories and the enterprises: the pages, and nothing that another door needs.

web/            each page reads a request, asks one question or does one act, and draws a template
templatetags/   filters that put the regulation's words and days on a page
"""
