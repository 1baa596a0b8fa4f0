from __future__ import annotations

from django.urls import path

from hocvuso.web.learner import home, sign_in

urlpatterns = [
    path("", home.learner_home, name="learner_home"),
    path("vao/", sign_in.learner_sign_in, name="learner_sign_in"),
    path("ra/", sign_in.learner_sign_out, name="learner_sign_out"),
]
