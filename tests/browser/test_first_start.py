"""Nothing is there, and `hocvuso serve` is typed: it makes its demo and answers, pages with figures among them."""

from __future__ import annotations

import pytest

from tests.browser.site import FIRST_ASKED, Prepared

pytestmark = pytest.mark.browser


def test_a_start_from_an_empty_folder_answers_at_once(first_start: Prepared) -> None:
    """The start itself counts figures; a web process that inherited what the engine held in it once waited for them for ever."""
    assert set(first_start.answers) == set(FIRST_ASKED)
    assert {address: said for address, said in first_start.answers.items() if not said.startswith("200 ")} == {}
