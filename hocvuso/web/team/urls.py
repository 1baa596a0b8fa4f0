from __future__ import annotations

from django.urls import path

from hocvuso.web.team import concerns, home, offline, plan_class, record_class, send_file

urlpatterns = [
    path("", home.team_home, name="team_home"),
    path("buoi-hoc/ghi/", record_class.record_class, name="record_class"),
    path("buoi-hoc/bao-lich/", plan_class.plan_class, name="plan_class"),
    path("buoi-hoc/lich/<uuid:planned>/bo/", plan_class.cancel_class, name="cancel_class"),
    path("kho-khan/", concerns.team_concern_list, name="team_concern_list"),
    path("kho-khan/bao/", concerns.tell_concern, name="tell_concern"),
    path("kho-khan/<uuid:concern>/", concerns.team_concern, name="team_concern"),
    path(
        "kho-khan/<uuid:concern>/tep/<uuid:attachment>/",
        concerns.team_concern_attachment,
        name="team_concern_attachment",
    ),
    path("gui-tep/", send_file.send_file, name="send_file"),
    path("ngoai-tuyen/", offline.offline_shell, name="offline_shell"),
    path("da-thoat/", offline.team_signed_out, name="team_signed_out"),
    path("sw.js", offline.service_worker, name="team_service_worker"),
    path("manifest.webmanifest", offline.manifest, name="team_manifest"),
]
