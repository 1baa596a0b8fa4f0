from __future__ import annotations

from django.urls import path

from hocvuso.web.public import front_page, language, sign_in

urlpatterns = [
    path("", front_page.front_page, name="front_page"),
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/ma/", sign_in.one_time_code, name="one_time_code"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("ngon-ngu/", language.set_language, name="set_language"),
    path("suc-khoe/", front_page.health, name="health"),
]
