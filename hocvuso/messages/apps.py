from __future__ import annotations

from django.apps import AppConfig


class MessagesApp(AppConfig):
    name = "hocvuso.messages"
    label = "hvs_messages"  # Django's own messages hold the other label
