from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from hocvuso.lib.append_only import install_triggers


def _install_triggers(*, using: str, **_: Any) -> None:
    install_triggers(using)


class ConfigApp(AppConfig):
    name = "hocvuso.config"
    label = "config"

    def ready(self) -> None:
        # Django's own signal, sent once an app after every migrate: SQLite has just dropped triggers of the tables it rebuilt.
        post_migrate.connect(_install_triggers, dispatch_uid="append-only-triggers")
