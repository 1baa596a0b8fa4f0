from __future__ import annotations

from django.urls import path

from hocvuso.web.office.views import (
    certificates,
    compare_plans,
    my_rights,
    overview,
    people,
    places,
    plans,
    provinces,
    reports,
    share_out,
    tasks,
    teams,
    vneid_deliveries,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("ke-hoach/", plans.plan_list, name="plan_list"),
    path("ke-hoach/<slug:plan>/", plans.plan, name="plan"),
    path("ke-hoach/<slug:plan>/chi-tieu/<slug:target>/", plans.target, name="target"),
    path("ke-hoach/<slug:plan>/chi-tieu/<slug:target>/giao/", share_out.share_out, name="share_out"),
    path("ke-hoach/<slug:plan>/diem-chua-thong-nhat/", plans.findings, name="findings"),
    path("ke-hoach/<slug:child>/so-voi/<slug:parent>/", compare_plans.compare_plans, name="compare_plans"),
    path("noi/<str:place>/", places.place, name="place"),
    path("cac-tinh/", provinces.provinces, name="provinces"),
    path("nhiem-vu/", tasks.task_list, name="task_list"),
    path("nhiem-vu/<slug:plan>/<slug:task>/", tasks.task, name="task"),
    path("bao-cao/", reports.report_list, name="report_list"),
    path("bao-cao/<slug:plan>/<slug:duty>/<str:place>/<slug:due>/", reports.report, name="report"),
    path(
        "bao-cao/<slug:plan>/<slug:duty>/<str:place>/<slug:due>/van-ban.docx",
        reports.report_document,
        name="report_document",
    ),
    path("nguoi/", people.people, name="people"),
    path("nguoi/<uuid:person>/", people.person, name="person"),
    path(
        "nguoi/<uuid:person>/giay-xac-nhan/<str:certificate>/thu-hoi/",
        certificates.certificate_revocation,
        name="certificate_revocation",
    ),
    path("to-cong-nghe-so/", teams.team_review, name="team_review"),
    path("to-cong-nghe-so/viec/<int:event>/", teams.settle_event, name="settle_event"),
    path("to-cong-nghe-so/ten/<int:note>/", teams.match_name, name="match_name"),
    path("gui-vneid/", vneid_deliveries.vneid_deliveries, name="vneid_deliveries"),
    path("gui-vneid/<uuid:delivery>/gui-lai/", vneid_deliveries.resend_delivery, name="resend_delivery"),
    path("quyen-cua-toi/", my_rights.my_rights, name="my_rights"),
]
