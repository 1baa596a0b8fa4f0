"""Settings come from the environment; a value that cannot be read stops the start with a clear line."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from hocvuso.lib.errors import NotReady

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def envstr(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def envbool(name: str, default: bool = False) -> bool:
    value = envstr(name, "1" if default else "0").lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise NotReady(f"{name}={value!r}: chỉ nhận 1 hoặc 0.")


def envint(name: str, default: int, *, low: int = 0, high: int = 2**31) -> int:
    value = envstr(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise NotReady(f"{name}={value!r}: phải là một số nguyên.") from None
    if not low <= number <= high:
        raise NotReady(f"{name}={number}: phải từ {low} đến {high}.")
    return number


def envone(name: str, default: str, known: tuple[str, ...]) -> str:
    value = envstr(name).lower() or default
    if value not in known:
        raise NotReady(f"{name}={value!r}: phải là một trong {', '.join(known)}.")
    return value


def envdate(name: str, default: str = "") -> dt.date | None:
    value = envstr(name, default)
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise NotReady(f"{name}={value!r}: ngày phải viết dạng 2025-10-17.") from None


def envpairs(name: str, default: str, known: tuple[str, ...]) -> dict[str, str]:
    """`number=so_dinh_danh,name=ho_ten`; a name that is not known, twice or without its value is refused."""
    pairs = [part.partition("=") for part in (envstr(name) or default).split(",")]
    found = {key.strip(): value.strip() for key, _, value in pairs}
    if not set(found) <= set(known) or not all(found.values()) or len(found) != len(pairs):
        raise NotReady(f"{name}: phải có dạng {default}.")
    return found


def envaddress(name: str, *, secure: bool) -> str:
    """The address of an outside server as it stands; `secure`: only https will do."""
    value = envstr(name)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ({"https"} if secure else {"https", "http"}) or not parts.hostname or parts.username:
        raise NotReady(f"{name}: phải là một địa chỉ {'https://' if secure else 'http:// hoặc https://'}….")
    if parts.query or parts.fragment:
        raise NotReady(f"{name}: địa chỉ không được có “?” hay “#”.")
    return value


def envlist(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in envstr(name, default).split(",") if part.strip()]


def envpath(name: str, default: Path) -> Path:
    return Path(envstr(name) or default).expanduser().resolve()


def envfile(name: str, default: str, *, folder: Path, ending: str) -> Path:
    """A word names a file of ours in that folder; anything with a slash or the ending is a path."""
    value = envstr(name) or default
    path = Path(value).expanduser() if "/" in value or value.endswith(ending) else folder / f"{value}{ending}"
    if not path.is_file():
        raise NotReady(f"{name}={value!r}: không có tệp này.")
    return path.resolve()


def envurl(name: str, default: str) -> str:
    """http(s)://host, maybe with a port and a folder; without a slash at the end."""
    value = envstr(name) or default
    try:
        parts = urlsplit(value)
        good = (
            parts.scheme in {"http", "https"}
            and parts.hostname
            and (parts.port or 1)
            and not (parts.query or parts.fragment)
        )
    except ValueError:
        good = False
    if not good or parts.username:
        raise NotReady(f"{name}={value!r}: phải là một địa chỉ dạng https://hocvuso.tinh.gov.vn.")
    return value.rstrip("/")


def envlevel(name: str, default: str) -> str:
    value = envstr(name, default).upper() or default
    if value not in _LEVELS:
        raise NotReady(f"{name}={value!r}: phải là một trong {', '.join(_LEVELS)}.")
    return value


def demand_folder(name: str, path: Path) -> None:
    """Make the folder where it is missing; one that cannot be made or written in stops the start."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotReady(f"{name}={path}: không tạo được thư mục ({error.strerror}).") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise NotReady(f"{name}={path}: không ghi được vào thư mục này.")


def database(url: str, home: Path) -> dict[str, object]:
    """`HOCVUSO_DATABASE`: empty = SQLite under HOCVUSO_HOME; `sqlite:///path`; `postgresql://user:password@host:port/name`."""
    if not url:
        return _sqlite(home / "hocvuso.sqlite3")
    # The link may hold a password: no refusal repeats it.
    refusal = NotReady("HOCVUSO_DATABASE: chỉ nhận sqlite:///… hoặc postgresql://…/tên-cơ-sở-dữ-liệu.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refusal from None
    name = unquote(parts.path.strip("/"))
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.startswith("/") and name:
        return _sqlite(Path("/") / name)
    if parts.scheme in {"postgresql", "postgres"} and name:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(port or ""),
            "OPTIONS": dict(parse_qsl(parts.query)),  # ?sslmode=require and the like
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise refusal


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening the file and its pragmas cost as much as a page's questions: a thread keeps its connection.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: a writer waits at BEGIN instead of failing halfway. FULL: an acknowledged row survives a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;",
        },
    }
