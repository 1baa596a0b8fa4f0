"""Vietnamese is the language of every page; whoever chooses English finds no Vietnamese left but names and the plans' own words."""

from __future__ import annotations

import re
from functools import cache

import lxml.html
import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hocvuso.assessment.models import Attempt
from hocvuso.items.actions import load_bank, read_bank
from hocvuso.people.models import Account
from tests.make.fieldwork import team
from tests.make.people import person, signed_in, visiting
from tests.make.places import Country
from tests.web.test_pages import PAGES, PLAN, REPORT

ENGLISH = polib.pofile(str(settings.LOCALE_PATHS[0] / "en" / "LC_MESSAGES" / "django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|<[^>]+>")
VIETNAMESE_LETTER = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
SPOKEN = ("aria-label", "data-label", "alt", "title", "placeholder")
LESSON = reverse("lesson_step", args=["nam-ky-nang", "nop-ho-so-tai-nha", 4])
OPEN_PAGES = [
    *(reverse(name) for name in ("front_page", "sign_in", "learner_home", "learner_sign_in", "verifier")),
    LESSON, f"{LESSON}?chon=0", f"{LESSON}?chon=", "/khong-co-trang-nay/",
]  # fmt: skip
OWN_PAGES = [
    *(reverse(name) for name in ("learner_home", "my_record", "certificate_list", "message_list", "contact", "team_home")),
    reverse("test_start", args=["nam-ky-nang"]),
]  # fmt: skip


def in_english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def words(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def source_phrases() -> re.Pattern[str]:
    """Any Vietnamese message, cut at its placeholders, as a whole phrase wherever it stands."""
    pieces = {words(piece) for entry in ENGLISH for piece in PLACEHOLDER.split(entry.msgid)}
    longest_first = sorted((piece for piece in pieces if VIETNAMESE_LETTER.search(piece)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def left_over(html: bytes) -> list[tuple[str, str]]:
    """Vietnamese that an English page still says, seen or heard: (phrase, where). What is marked as Vietnamese may stay, and so may
    the title, which quotes plans."""
    page = lxml.html.document_fromstring(html.decode())
    assert page.get("lang") == "en"
    for part in page.xpath("//*[@lang='vi'] | //head"):
        part.drop_tree()
    said = [*page.itertext(), *(text for name in SPOKEN for text in page.xpath(f"//@{name}"))]
    return [(found.group(), text) for text in map(words, said) if (found := source_phrases().search(text))]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_an_office_page_is_wholly_english_for_who_chose_it(office: dict[str, Account], address: str) -> None:
    assert left_over(in_english(signed_in(office["hoa"])).get(address).content) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES[:7])
def test_the_province_reads_its_pages_in_english_too(office: dict[str, Account], address: str) -> None:
    assert left_over(in_english(signed_in(office["binh"])).get(address).content) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_a_page_before_sign_in_is_english_for_who_chose_it(address: str) -> None:
    assert left_over(in_english(Client()).get(address).content) == []


@pytest.mark.django_db
def test_a_citizens_pages_are_wholly_english_for_who_chose_it(land: Country) -> None:
    minh = person("Minh", land.villages[0])
    team(land.villages[0], minh)
    load_bank(read_bank(settings.DATA_DIR / "items" / "nam-ky-nang.yaml"), by=":test")
    client = in_english(visiting(minh))
    left = {address: left_over(client.get(address).content) for address in OWN_PAGES}
    client.post(OWN_PAGES[-1])
    attempt = Attempt.objects.get()
    for name, *args in (("test_question", 1), ("test_review",)):
        left[name] = left_over(client.get(reverse(name, args=[attempt.pk, *args])).content)
    client.post(reverse("test_submit", args=[attempt.pk]))
    left["test_result"] = left_over(client.get(reverse("test_result", args=[attempt.pk])).content)
    assert {where: what for where, what in left.items() if what} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("address", [reverse("overview"), *OPEN_PAGES])
def test_what_the_browser_prefers_changes_nothing(office: dict[str, Account], address: str) -> None:
    answer = signed_in(office["hoa"]).get(address, headers={"accept-language": "en-US,en;q=0.9"})
    page = lxml.html.document_fromstring(answer.content.decode())
    assert page.get("lang") == "vi"
    assert "Đến nội dung chính" in page.text_content()


@pytest.mark.django_db
def test_an_unknown_language_in_the_cookie_is_vietnamese() -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert 'lang="vi"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_choosing_english_leads_back_to_the_same_page_in_english(office: dict[str, Account]) -> None:
    client, address = signed_in(office["hoa"]), reverse("my_rights")
    answer = client.post(reverse("set_language"), {"language": "en", "next": address}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert left_over(answer.content) == []


@pytest.mark.django_db
def test_a_refusal_speaks_the_readers_language(office: dict[str, Account]) -> None:
    thursday = REPORT.replace("2025-10-17", "2025-10-16")
    answer = in_english(signed_in(office["hoa"])).get(thursday)
    assert answer.status_code == 400
    assert "This weekly report is sent on a Friday; 16/10/2025 is another day." in answer.content.decode()
    assert left_over(answer.content) == []


@pytest.mark.django_db
def test_an_error_of_a_form_speaks_the_readers_language(office: dict[str, Account]) -> None:
    address = reverse("task", args=[PLAN, "iii-2-1-ban-chi-dao-va-to"])
    answer = in_english(signed_in(office["hoa"])).post(address, {"state": "done", "document": "", "note": ""})
    assert answer.status_code == 400
    assert "Give the number and date of the document" in answer.content.decode()
    assert left_over(answer.content) == []


def test_vietnamese_needs_no_catalogue_and_djangos_own_changes_no_message_of_ours() -> None:
    with translation.override("vi"):
        for entry in ENGLISH:
            if entry.msgid_plural:
                said = {translation.ngettext(entry.msgid, entry.msgid_plural, n) for n in (0, 1, 2, 11)}
                assert said == {entry.msgid}
            else:
                assert translation.gettext(entry.msgid) == entry.msgid
