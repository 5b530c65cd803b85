"""The one address of the demo."""

from django.urls import path

from spotcheck.demo.views import GO_ON_PATH, go_on

urlpatterns = [path(GO_ON_PATH.lstrip("/"), go_on, name="demo_go_on")]
