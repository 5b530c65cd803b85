"""The pages of tablets at the desk."""

from django.urls import path

from spotcheck.tablet import pages_of_devices

app_name = "devices"
urlpatterns = [
    path("", pages_of_devices.listing, name="list"),
    path("new/", pages_of_devices.new, name="new"),
    path("<uuid:key>/revoke/", pages_of_devices.revoke, name="revoke"),
    path("<uuid:key>/rescue/", pages_of_devices.rescue_file, name="rescue"),
]
