"""Addresses below ``/field/``: the page of the application, and the files that it consists of."""

from django.urls import path

from spotcheck.tablet import pages

app_name = "tablet"
urlpatterns = [
    path("", pages.application, name="application"),
    path("<str:name>", pages.part, name="part"),
]
