"""The door of the administration: people, posts, offices, absences, rights, the book. It gives no sight of any case.

Pages over ``registers/`` and the book. They are drawn with the base and the parts of the desk, whose language, clock
and post they share; everything else is asked of the registers, which refuse with a cure.

web/         one module a matter; guarding.py says for whom a page is
forms.py     what is typed
urls.py      the addresses below /administration/
"""
