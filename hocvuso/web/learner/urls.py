from __future__ import annotations

from django.urls import path

from hocvuso.web.learner import certificates, home, sign_in

urlpatterns = [
    path("", home.learner_home, name="learner_home"),
    path("vao/", sign_in.learner_sign_in, name="learner_sign_in"),
    path("ra/", sign_in.learner_sign_out, name="learner_sign_out"),
    path("giay-xac-nhan/", certificates.certificate_list, name="certificate_list"),
    path("giay-xac-nhan/<str:certificate>/", certificates.learner_certificate, name="learner_certificate"),
    path("giay-xac-nhan/<str:certificate>/giay-xac-nhan.pdf", certificates.certificate_paper, name="certificate_paper"),
]
