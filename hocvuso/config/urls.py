from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hocvuso.web.public.urls")),
    path("hoc/", include("hocvuso.web.learner.urls")),
    path("to/", include("hocvuso.web.team.urls")),
    path("api/", include("hocvuso.web.api.urls")),
    path("dieu-hanh/", include("hocvuso.web.office.urls")),
]

handler404 = "hocvuso.web.shared.views.not_found"
handler500 = "hocvuso.web.shared.views.our_fault"
