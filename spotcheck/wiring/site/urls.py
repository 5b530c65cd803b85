"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

from spotcheck.api.documents import nothing
from spotcheck.api.oauth.views import metadata
from spotcheck.public.views import problem
from spotcheck.wiring.operating.health import healthz, livez, metrics, readyz
from spotcheck.wiring.operating.page import doctor, operating

urlpatterns = [
    path("livez", livez),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("operating/", operating, name="operating"),
    path("operating/doctor/", doctor, name="doctor"),
    path("", include("spotcheck.signin.urls")),
    path("administration/", include("spotcheck.administration.urls")),
    path("p/", include("spotcheck.public.urls")),
    path("field/", include("spotcheck.tablet.urls")),
    path("problems/<str:name>", problem, name="problem"),
    path("api/v1/", include("spotcheck.api.urls")),
    path("api/v1/", include("spotcheck.laboratories.urls")),
    path("api/v1/field/", include("spotcheck.tablet.api_urls")),
    path("api/<path:rest>", nothing),
    path(".well-known/oauth-authorization-server", metadata),
    path("devices/", include("spotcheck.tablet.device_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *([path("", include("spotcheck.demo.urls"))] if settings.DEMO else []),
    path("", include("spotcheck.desk.urls")),
]

handler403 = "spotcheck.look.errors.forbidden"
handler404 = "spotcheck.look.errors.not_found"
handler429 = "spotcheck.signin.views.too_many"  # which the entrance asks for
handler500 = "spotcheck.look.errors.broken"
