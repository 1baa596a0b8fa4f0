from __future__ import annotations

from django.urls import path

from hocvuso.web.learner import certificates, home, lesson, messages, my_record, sign_in, test, vneid

urlpatterns = [
    path("", home.learner_home, name="learner_home"),
    path("vao/", sign_in.learner_sign_in, name="learner_sign_in"),
    path("ra/", sign_in.learner_sign_out, name="learner_sign_out"),
    path("tin-nhan/", messages.message_list, name="message_list"),
    path("tin-nhan/<uuid:message>/", messages.message, name="message"),
    path("lien-lac/", messages.contact, name="contact"),
    path("vneid/di/", vneid.vneid_start, name="vneid_start"),
    path("vneid/ve/", vneid.vneid_return, name="vneid_return"),
    path("vneid/noi-o/", vneid.vneid_home_place, name="vneid_home_place"),
    path("bai/<slug:course>/<slug:lesson>/<int:step>/", lesson.lesson_step, name="lesson_step"),
    path("bai/<slug:course>/<slug:lesson>/<int:step>/tiep/", lesson.lesson_go_on, name="lesson_go_on"),
    path("bai/<slug:course>/<slug:lesson>/xong/", lesson.lesson_done, name="lesson_done"),
    path("kiem-tra/<slug:test>/", test.test_start, name="test_start"),
    path("bai-lam/<uuid:attempt>/<int:number>/", test.test_question, name="test_question"),
    path("bai-lam/<uuid:attempt>/", test.test_review, name="test_review"),
    path("bai-lam/<uuid:attempt>/nop/", test.test_submit, name="test_submit"),
    path("bai-lam/<uuid:attempt>/ket-qua/", test.test_result, name="test_result"),
    path("cua-toi/", my_record.my_record, name="my_record"),
    path("giay-xac-nhan/", certificates.certificate_list, name="certificate_list"),
    path("giay-xac-nhan/<str:certificate>/", certificates.learner_certificate, name="learner_certificate"),
    path("giay-xac-nhan/<str:certificate>/giay-xac-nhan.pdf", certificates.certificate_paper, name="certificate_paper"),
]
