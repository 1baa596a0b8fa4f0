from __future__ import annotations

from django.urls import path

from hocvuso.web.learner import home, sign_in, vneid

urlpatterns = [
    path("", home.learner_home, name="learner_home"),
    path("vao/", sign_in.learner_sign_in, name="learner_sign_in"),
    path("ra/", sign_in.learner_sign_out, name="learner_sign_out"),
    path("vneid/di/", vneid.vneid_start, name="vneid_start"),
    path("vneid/ve/", vneid.vneid_return, name="vneid_return"),
    path("vneid/noi-o/", vneid.vneid_home_place, name="vneid_home_place"),
]
