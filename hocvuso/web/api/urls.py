from __future__ import annotations

from django.urls import path

from hocvuso.web.api import team, upward
from hocvuso.web.api.figures import figures_urls

urlpatterns = [
    path("to/", team.team_lists, name="team_lists"),
    path("dong-bo/", team.sync_events, name="sync_events"),
    path("v1/", figures_urls),
    path("so-lieu/ban-ke/", upward.receive_manifest, name="receive_manifest"),
    path("so-lieu/goi/<str:package>/", upward.receive_package, name="receive_package"),
]
