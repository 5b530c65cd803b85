"""How every door looks and answers: the frame of pages, their parts, styles and scripts.

page.py          who stands at the door: in a post, for which every form is drawn (form_names.py)
drafting.py      what was typed into a form that did not get through; drafts.py while it is filled in
importing.py     a sheet is chosen, looked at, taken
refusing.py      refusals on a page; errors.py what is not there, not allowed, or broken
forms.py         what Django's forms say in one way
templatetags/    words, days and clocks on a page
templates/       the frame (base.html; bare.html for who is not in a post yet), parts of pages and forms, errors
static/          one style a component, one module of the script a matter

It knows no door. The frame names the addresses of some, as a page does.
"""
