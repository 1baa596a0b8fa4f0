from __future__ import annotations

from django.urls import path

from hocvuso.web.public import calendar_feed, certificates, class_list, front_page, language, results, sign_in, verifier

urlpatterns = [
    path("", front_page.front_page, name="front_page"),
    path("buoi-hoc/", class_list.class_list, name="class_list"),
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/ma/", sign_in.one_time_code, name="one_time_code"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("ngon-ngu/", language.set_language, name="set_language"),
    path("c/<str:certificate>", certificates.check_certificate, name="check_certificate"),
    path("giay-xac-nhan/khoa.json", certificates.certificate_keys, name="certificate_keys"),
    path("giay-xac-nhan/trang-thai.json", certificates.certificate_status, name="certificate_status"),
    path("xac-minh/", verifier.verifier, name="verifier"),
    path("xac-minh/sw.js", verifier.verifier_worker, name="verifier_worker"),
    path("ket-qua/", results.open_results, name="open_results"),
    path("ket-qua/so-lieu.csv", results.open_results_file, name="open_results_file"),
    path("lich/<slug:token>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("suc-khoe/", front_page.health, name="health"),
]
