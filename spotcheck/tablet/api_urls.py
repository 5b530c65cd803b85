"""Addresses of tablets, below ``/api/v1/field/``; none ends with a slash (``web/LOG.md``)."""

from django.urls import path

from spotcheck.tablet import day, files, reports, signing_in, visits

app_name = "field"
urlpatterns = [
    path("devices", signing_in.Devices.as_view(), name="devices"),
    path("sessions", signing_in.Sessions.as_view(), name="sessions"),
    path("sessions/current", signing_in.CurrentSession.as_view(), name="current_session"),
    path("files/status", files.Status.as_view(), name="files_status"),
    path("files/<str:sha256>/pieces/<int:number>", files.Piece.as_view(), name="piece"),
    path("files/<str:sha256>/complete", files.Completion.as_view(), name="completion"),
    path("files/<str:sha256>", files.Whole.as_view(), name="whole_file"),
    path("visits/<str:visit>/batches/<uuid:batch>", visits.Batch.as_view(), name="batch"),
    path("visits/<str:visit>/lease", day.Lease.as_view(), name="lease"),
    path("day", day.Day.as_view(), name="day"),
    path("parts/<str:sha256>", day.PartOfPackage.as_view(), name="part"),
    path("blocks", day.Blocks.as_view(), name="blocks"),
    path("bar", day.Bar.as_view(), name="bar"),
    path("feed", reports.Feed.as_view(), name="feed"),
    path("reports", reports.Reports.as_view(), name="reports"),
    path("time", signing_in.Time.as_view(), name="time"),
]
