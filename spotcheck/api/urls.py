"""Addresses that every program has, below ``/api/v1/``; none ends with a slash."""

from django.urls import path

from spotcheck.api import documents
from spotcheck.api.me import Me
from spotcheck.api.oauth import views as oauth

app_name = "api"
urlpatterns = [
    path("me", Me.as_view(), name="me"),
    path("oauth/token", oauth.token, name="token"),
    path("oauth/revoke", oauth.revoke, name="revoke"),
    path("schema", documents.described, name="schema"),
    path("docs", documents.read, name="docs"),
]
