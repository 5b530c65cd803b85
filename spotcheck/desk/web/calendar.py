"""日历订阅 at the desk: the secret address of one's own calendar is made, shown once, and ended."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spotcheck.casework import feeds
from spotcheck.desk.web.cases import at_work
from spotcheck.look.page import page
from spotcheck.network.counting import address_of


@require_http_methods(["GET", "POST"])
@at_work
def calendar(request: Any) -> HttpResponse:
    """Whether there is an address, and since when; a new one is shown this once."""
    post, made = request.desk_post, ""
    if request.method == "POST":
        match request.POST.get("what"):
            case "make":
                secret = feeds.make(post, address=address_of(request))
                made = request.build_absolute_uri(reverse("public:calendar", kwargs={"secret": secret}))
            case "end":
                feeds.end(post, address=address_of(request))
                messages.success(request, _("日历订阅地址已停用。"))
                return redirect("desk:calendar")
            case other:
                raise Http404(other)
    return page(request, "desk/calendar.html", {"made": made, "feed": feeds.open_feed(post)})
