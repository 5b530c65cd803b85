"""The registers (名录): what is done with people, posts and offices. Every change is one line of the book.

doer.py       who does it: somebody in a post, or a command on the machine, with its account
standing.py   what an administrator may administer: his office and those below; a body administers itself
refusals.py   why not, and what would make it possible
people.py     persons, their particulars and staff numbers; locks
posts.py      posts: granting and ending them; ending.py: who is asked before one ends, changed_rights.py: who is told
proposals.py  what one person proposes and another one confirms within seven days
links.py      one-time links, by which somebody sets a password
absences.py   absences, and colleagues who stand in
offices.py    offices: commissioned bodies, short names
qualifications.py  certificates of bodies
districts.py  zones without a code, and which bureau handles what of a region
rights.py     who might do what on a day, and the review of it
first.py      the first two administrators of a province
"""
