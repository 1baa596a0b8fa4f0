from __future__ import annotations

from django.urls import path

from hocvuso.web.office.views import (
    compare_plans,
    my_rights,
    overview,
    people,
    places,
    plans,
    reports,
    share_out,
    tasks,
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
    path("quyen-cua-toi/", my_rights.my_rights, name="my_rights"),
]
