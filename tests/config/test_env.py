"""What comes from the environment: read as it was meant, or refused by its name."""

from __future__ import annotations

import base64
import datetime as dt
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from hocvuso.config import env, keys
from hocvuso.lib.errors import NotReady

NAME = "HOCVUSO_THU"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(
    ("value", "read"),
    [("1", True), ("true", True), ("YES", True), (" on ", True), ("0", False), ("False", False), ("off", False), ("", False)],
)  # fmt: skip
def test_a_switch_is_on_or_off(given: Any, value: str, read: bool) -> None:
    given(value)
    assert env.envbool(NAME) is read


@pytest.mark.parametrize("value", ["2", "có", "enabled", "-"])
def test_anything_else_is_no_switch(given: Any, value: str) -> None:
    given(value)
    with pytest.raises(NotReady, match=f"{NAME}=.*1 hoặc 0"):
        env.envbool(NAME)


def test_what_is_not_set_has_its_default() -> None:
    assert env.envbool(NAME) is False
    assert env.envbool(NAME, True) is True
    assert env.envint(NAME, 8000) == 8000
    assert env.envdate(NAME) is None
    assert env.envdate(NAME, "2025-10-17") == dt.date(2025, 10, 17)
    assert env.envlist(NAME, "a,b") == ["a", "b"]
    assert env.envpath(NAME, Path("/srv/x")) == Path("/srv/x")


@pytest.mark.parametrize(("value", "read"), [("1", 1), (" 8080 ", 8080), ("65535", 65535)])
def test_a_number_within_its_bounds(given: Any, value: str, read: int) -> None:
    given(value)
    assert env.envint(NAME, 8000, low=1, high=65535) == read


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8000.5", "tám", "0x10", "8 000"])
def test_a_number_that_cannot_be_is_refused_by_name(given: Any, value: str) -> None:
    given(value)
    with pytest.raises(NotReady, match=NAME):
        env.envint(NAME, 8000, low=1, high=65535)


@pytest.mark.parametrize("value", ["17/10/2025", "2025-02-30", "hôm nay", "2025-10-17T00:00"])
def test_a_day_no_calendar_has_is_refused_by_name(given: Any, value: str) -> None:
    given(value)
    with pytest.raises(NotReady, match=f"{NAME}.*2025-10-17"):
        env.envdate(NAME)


def test_a_list_drops_its_blanks(given: Any) -> None:
    given(" a.vn, ,b.vn ,")
    assert env.envlist(NAME) == ["a.vn", "b.vn"]


def test_a_path_is_made_whole(given: Any, tmp_path: Path) -> None:
    given(f"{tmp_path}/x/../y")
    assert env.envpath(NAME, Path("/srv")) == tmp_path / "y"


def test_a_word_names_a_file_of_ours_and_a_path_somebodys_own(given: Any, tmp_path: Path) -> None:
    ours, own = tmp_path / "plain.yaml", tmp_path / "own.yaml"
    ours.touch()
    own.touch()
    assert env.envfile(NAME, "plain", folder=tmp_path, ending=".yaml") == ours
    given(str(own))
    assert env.envfile(NAME, "plain", folder=tmp_path, ending=".yaml") == own
    given("khong-co")
    with pytest.raises(NotReady, match=f"{NAME}.*không có tệp"):
        env.envfile(NAME, "plain", folder=tmp_path, ending=".yaml")


# --- the database --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("", "/home/x/hocvuso.sqlite3"),
        ("sqlite:////srv/a%20b.sqlite3", "/srv/a b.sqlite3"),
        ("sqlite:///srv/a.db", "/srv/a.db"),
    ],
)
def test_sqlite_under_home_or_where_it_is_told(url: str, name: str) -> None:
    found = env.database(url, Path("/home/x"))
    assert (found["ENGINE"], Path(str(found["NAME"]))) == ("django.db.backends.sqlite3", Path(name))


def test_sqlite_waits_its_turn_and_keeps_what_it_acknowledged() -> None:
    options: Any = env.database("", Path("/home/x"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON", "foreign_keys=ON"):
        assert pragma in options["init_command"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://hvs:m%40t%2Fkhau@db.vn:5433/hocvuso", {"USER": "hvs", "PASSWORD": "m@t/khau", "HOST": "db.vn", "PORT": "5433"}),
        ("postgres://db.vn/hocvuso", {"NAME": "hocvuso", "USER": "", "HOST": "db.vn", "PORT": ""}),
        ("postgresql:///hocvuso", {"NAME": "hocvuso", "HOST": ""}),
        ("postgresql://hvs@[::1]:5432/hocvuso", {"HOST": "::1", "PORT": "5432"}),
        # what a database link asks for is not dropped in silence: an unencrypted line instead of sslmode=require
        ("postgresql://db.vn/hocvuso?sslmode=require&connect_timeout=5", {"OPTIONS": {"sslmode": "require", "connect_timeout": "5"}}),
    ],
)  # fmt: skip
def test_a_postgresql_link_is_taken_apart(url: str, expected: dict[str, Any]) -> None:
    found = env.database(url, Path("/home/x"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x/y",
        "postgresql://",
        "postgresql://db.vn/",
        "sqlite:",
        "sqlite:///",
        "sqlite://",
        "sqlite://var/x.db",  # two slashes: that would be a host named var
        "sqlite:x.db",
        "hocvuso.sqlite3",
        "/srv/x.sqlite3",
        "postgresql://u:mat-khau@db.vn:năm/x",
        "postgresql://u:mat-khau@db.vn:99999/x",
        "postgresql://u:mat-khau@[::1/x",
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(NotReady, match="HOCVUSO_DATABASE") as refusal:
        env.database(url, Path("/home/x"))
    assert "mat-khau" not in str(refusal.value)


# --- keys ----------------------------------------------------------------------------------------------------------------

SECRET, IDENTITY, CERTIFICATE = "HOCVUSO_SECRET_KEY", "HOCVUSO_IDENTITY_KEY", "HOCVUSO_CERTIFICATE_KEY"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (SECRET, IDENTITY, CERTIFICATE):
        monkeypatch.delenv(name, raising=False)


def test_a_first_start_makes_its_keys_for_itself_alone_and_keeps_them(tmp_path: Path) -> None:
    secret = keys.secret(SECRET, home=tmp_path, production=False)
    identity = keys.identity_key(home=tmp_path, production=False)
    assert (len(secret) >= 32, len(identity)) == (True, 32)
    assert keys.secret(SECRET, home=tmp_path, production=False) == secret
    assert keys.identity_key(home=tmp_path, production=False) == identity
    signing = keys.certificate_key(home=tmp_path, production=False)
    assert keys.certificate_key(home=tmp_path, production=False) == signing
    files = list((tmp_path / "keys").iterdir())
    assert sorted(file.name for file in files) == [CERTIFICATE.lower(), IDENTITY.lower(), SECRET.lower()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_what_a_start_that_broke_off_left_behind_stops_no_later_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container every start has the same process id."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / f"{SECRET.lower()}.{os.getpid()}").write_text("half")
    made = keys.secret(SECRET, home=tmp_path, production=False)
    assert len(made) >= 32
    assert keys.secret(SECRET, home=tmp_path, production=False) == made


def test_production_makes_no_keys(tmp_path: Path) -> None:
    for name in (SECRET, IDENTITY):
        with pytest.raises(NotReady, match=f"{name}.*môi trường"):
            keys.secret(name, home=tmp_path, production=True)
    with pytest.raises(NotReady, match=f"{CERTIFICATE}.*môi trường"):
        keys.certificate_key(home=tmp_path, production=True)
    assert keys.upward_key(home=tmp_path, production=True) == b"", "most servers send nothing upwards"
    assert not (tmp_path / "keys").exists()


def test_a_short_secret_is_refused_and_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, "ngan-qua")
    with pytest.raises(NotReady, match="32 ký tự") as refusal:
        keys.secret(SECRET, home=tmp_path, production=True)
    assert "ngan-qua" not in str(refusal.value)


KEY = bytes(range(224, 256))  # its base64 holds both signs that differ between the two alphabets


@pytest.mark.parametrize("text", [base64.urlsafe_b64encode(KEY).decode(), base64.b64encode(KEY).decode()])
def test_an_identity_key_may_be_written_in_either_base64(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv(IDENTITY, text)
    assert keys.identity_key(home=tmp_path, production=True) == KEY


@pytest.mark.parametrize(
    "text",
    ["x" * 32, base64.b64encode(KEY[:31]).decode(), base64.b64encode(KEY + b"x").decode(), "ừ" * 40,
     base64.b64encode(KEY).decode()[:20] + "!?" + base64.b64encode(KEY).decode()[20:]],
)  # fmt: skip
def test_an_identity_key_of_another_length_or_with_a_slip_in_it_is_refused_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """A slip that decoding passes over would start the system under a key nobody wrote down."""
    monkeypatch.setenv(IDENTITY, text)
    with pytest.raises(NotReady, match="32 byte") as refusal:
        keys.identity_key(home=tmp_path, production=True)
    assert text not in str(refusal.value)


# --- outside systems -----------------------------------------------------------------------------------------------------------

FORM, WORDS = "number=so,name=ten", ("number", "name", "sex")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("", {"number": "so", "name": "ten"}),
        ("number=a, name = b", {"number": "a", "name": "b"}),
        ("name=b,number=a,sex=c", {"name": "b", "number": "a", "sex": "c"}),
    ],
)
def test_pairs_are_read_by_their_names(given: Any, value: str, read: dict[str, str]) -> None:
    given(value)
    assert env.envpairs(NAME, FORM, WORDS) == read


@pytest.mark.parametrize("value", ["number", "number=", "number=a,number=b", "so=a", "number=a,,name=b"])
def test_pairs_that_cannot_be_meant_are_refused(given: Any, value: str) -> None:
    given(value)
    with pytest.raises(NotReady, match=f"{NAME}: phải có dạng {FORM}"):
        env.envpairs(NAME, FORM, WORDS)


def test_one_of_some_words_is_taken_or_refused(given: Any) -> None:
    given("TLS")
    assert env.envone(NAME, "off", ("off", "tls")) == "tls"
    given("ssl")
    with pytest.raises(NotReady, match="một trong off, tls"):
        env.envone(NAME, "off", ("off", "tls"))


@pytest.mark.parametrize("value", ["", "https://a.vn", "https://a.vn/", "https://a.vn:8443/oidc"])
def test_an_outside_address_stays_as_it_is_written(given: Any, value: str) -> None:
    given(value)
    assert env.envaddress(NAME, secure=True) == value


@pytest.mark.parametrize(
    ("value", "secure"),
    [
        ("http://a.vn", True), ("a.vn", False), ("ftp://a.vn", False), ("https://", False), ("https://u:p@a.vn", False),
        ("https://a.vn:x", False), ("https://a.vn/?x=1", False), ("https://a.vn/#x", False), ("https://[a", False),
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_safely_is_refused(given: Any, value: str, secure: bool) -> None:
    given(value)
    with pytest.raises(NotReady, match=NAME) as refusal:
        env.envaddress(NAME, secure=secure)
    assert "u:p" not in str(refusal.value)
