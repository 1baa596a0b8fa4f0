"""A member of a team tells what is difficult in the village, and reads the answer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hocvuso.concerns.actions import File, answer_concern, merge_concerns
from hocvuso.concerns.models import Concern
from hocvuso.lib.ids import new_id
from tests.make.concerns import BY, TODAY, concern
from tests.make.fieldwork import Village, team, village
from tests.make.people import person, visiting
from tests.make.places import Country
from tests.web.test_language import in_english, left_over

pytestmark = pytest.mark.django_db
LIST, TELL = reverse("team_concern_list"), reverse("tell_concern")


@pytest.fixture
def home(land: Country) -> Village:
    return village(land)


def told(home: Village, **more: str) -> dict[str, str]:
    form = {
        "id": str(new_id()),
        "team": str(home.team.pk),
        "kind": "difficulty",
        "theme": "song-mang",
        "text": "Sóng yếu.",
    }
    return {**form, **more}


def test_a_member_tells_it_once_and_the_commune_is_to_answer(home: Village, land: Country) -> None:
    client, form = visiting(home.minh), told(home)
    assert TELL in client.get(LIST).content.decode()
    for _twice in range(2):
        page = client.post(TELL, form, follow=True).content.decode()
        assert "Đã gửi đến Xã Ea Kar" in page
    made = Concern.objects.get()
    assert (made.place, made.person, made.by) == (land.villages[0], home.minh, home.minh.actor)
    assert "chờ trả lời" in client.get(LIST).content.decode()


def test_what_is_wrong_is_said_and_nothing_kept(home: Village) -> None:
    client = visiting(home.minh)
    for wrong, says in (
        ({"text": ""}, "Hãy ghi nội dung."),
        ({"text": "Bà Lan 012345678901"}, "giống số định danh"),
        ({"text": "gọi 0912345678"}, "Vẫn giữ số điện thoại"),
        ({"theme": "x"}, "chọn"),
        ({"team": str(new_id())}, "chọn"),
    ):
        answer = client.post(TELL, told(home, **wrong))
        assert answer.status_code == 400
        assert says in answer.content.decode().replace("lựa chọn", "chọn")
    assert not Concern.objects.exists()


def test_the_answer_is_read_with_its_file_also_when_others_asked_first(home: Village, land: Country) -> None:
    first = concern(land.ea_knop)
    mine = concern(land.villages[0], person=home.minh, by=home.minh.actor)
    merge_concerns(first, [mine], at=land.province, by=BY, today=TODAY)
    answer_concern(
        first, at=land.province, text="Đã lắp trạm.", by=BY, today=TODAY, file=File("anh.png", b"\x89PNG\r\n\x1a\n")
    )
    client, page = visiting(home.minh), reverse("team_concern", args=[mine.pk])
    seen = client.get(page).content.decode()
    assert "Đã lắp trạm." in seen
    step = first.steps.get(what="answered")
    assert step.attachment is not None
    file = client.get(reverse("team_concern_attachment", args=[mine.pk, step.attachment.pk]))
    assert b"".join(file.streaming_content) == b"\x89PNG\r\n\x1a\n"  # type: ignore[attr-defined]
    assert client.get(reverse("team_concern_attachment", args=[mine.pk, new_id()])).status_code == 404
    assert client.post(page, {"what": "reopen", "text": ""}).status_code == 400
    client.post(page, {"what": "reopen", "text": "Vẫn yếu."})
    client.post(page, {"what": "close"})
    assert [row.what for row in mine.steps.all()] == ["routed", "merged", "reopened", "closed"]
    assert client.post(page, {"what": "answer"}).status_code == 404


def test_nobody_reads_what_another_member_told(home: Village, land: Country) -> None:
    mine = concern(land.villages[0], person=home.minh, by=home.minh.actor)
    stranger = person("Y Tuấn", land.villages[2])
    team(land.villages[2], stranger)
    client = visiting(stranger)
    assert client.get(reverse("team_concern", args=[mine.pk])).status_code == 404
    assert "Sóng" not in client.get(LIST).content.decode()


def test_the_pages_are_english_for_who_chose_it(home: Village, land: Country) -> None:
    mine = concern(land.villages[0], person=home.minh, by=home.minh.actor)
    answer_concern(mine, at=land.ea_kar, text="Đã rõ.", by=BY, today=TODAY)
    client = in_english(visiting(home.minh))
    for address in (LIST, TELL, reverse("team_concern", args=[mine.pk])):
        assert left_over(client.get(address).content) == []
