"""Addresses of the public pages; they stand on papers and never change."""

from django.urls import path

from spotcheck.public import views

app_name = "public"
urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("draw/", views.draw, name="draw"),
    path("calendar/<str:secret>.ics", views.calendar, name="calendar"),
    path("<str:code>", views.paper, name="paper"),
    path("<str:code>/check", views.check, name="check"),
]
