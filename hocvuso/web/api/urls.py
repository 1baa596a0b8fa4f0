from __future__ import annotations

from django.urls import path

from hocvuso.web.api import team

urlpatterns = [
    path("to/", team.team_lists, name="team_lists"),
    path("dong-bo/", team.sync_events, name="sync_events"),
]
