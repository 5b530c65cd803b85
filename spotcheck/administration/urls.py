"""The addresses of the administration."""

from django.urls import path

from spotcheck.administration.web import absences, book, first_run, offices, people, posts, rights, start

app_name = "administration"

urlpatterns = [
    path("", start.start, name="start"),
    path("first/", first_run.first, name="first_run"),
    path("people/", people.listing, name="people"),
    path("new-person/", people.new, name="new_person"),
    path("people/<str:username>/", people.person, name="person"),
    path("people/<str:username>/particulars/", people.particulars, name="particulars"),
    path("people/<str:username>/lock/", people.lock, name="lock"),
    path("people/<str:username>/unlock/", people.unlock, name="unlock"),
    path("people/<str:username>/link/", people.link, name="link"),
    path("people/<str:username>/number/", people.number, name="number"),
    path("people/<str:username>/leave/", people.leave, name="leave"),
    path("people/<str:username>/back/", people.back, name="back"),
    path("posts/new/", posts.grant, name="grant"),
    path("posts/<int:key>/end/", posts.end, name="end_post"),
    path("posts/<int:key>/cases/", posts.open_cases, name="open_cases"),
    path("posts/<int:key>/absence/", absences.new, name="new_absence"),
    path("posts/<int:key>/deputy/", absences.new_deputy, name="new_deputy"),
    path("deputyships/<int:key>/end/", absences.end_deputy, name="end_deputy"),
    path("proposals/", posts.waiting, name="proposals"),
    path("proposals/<int:key>/", posts.decide, name="decide"),
    path("offices/", offices.listing, name="offices"),
    path("offices/new/", offices.new, name="new_body"),
    path("offices/<str:code>/short-name/", offices.short_name, name="short_name"),
    path("absences/", absences.listing, name="absences"),
    path("absences/<int:key>/end/", absences.end, name="end_absence"),
    path("rights/", rights.on_a_day, name="rights"),
    path("rights/rights.xlsx", rights.sheet, name="rights_sheet"),
    path("rights/rights.pdf", rights.paper, name="rights_paper"),
    path("review/", rights.review, name="review"),
    path("book/", book.listing, name="book"),
    path("book/mine/", book.mine, name="mine"),
]
