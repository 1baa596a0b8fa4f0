"""Forms and templates as files: those that come with the program, and those an office puts beside them under the same name.

A file may begin with `like: NAME` and say only what differs. Any fault refuses the whole library, with file and line: a report is never
half of one template and half of another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hocvuso.lib.errors import BadInput
from hocvuso.lib.faults import fault_in_words
from hocvuso.lib.text import fold
from hocvuso.lib.yamlfile import read_yaml
from hocvuso.reports.documents.form import Body, Form
from hocvuso.reports.documents.template import Template

SHIPPED = Path(__file__).parents[2] / "data" / "reports"
FREQUENCIES = ("weekly", "monthly", "quarterly", "biannual", "yearly", "final", "adhoc")
_Checked = TypeVar("_Checked", bound=BaseModel)


@dataclass(frozen=True)
class Library:
    """`forms` by file name, `templates` by their path without ending: "weekly", "dak-lak-100-ngay/v1-hang-tuan"."""

    forms: dict[str, Form]
    templates: dict[str, Template]
    own: tuple[str, ...] = ()  # which files are the office's: "forms/state.yaml", "templates/weekly.yaml"

    def form_named(self, key: str) -> Form:
        """The form a report was drawn up in. A file that an office took away is named instead of being replaced by another form."""
        try:
            return self.forms[key]
        except KeyError:
            raise BadInput(
                f"Báo cáo này lập theo thể thức forms/{key}.yaml; tệp đó không còn. Hãy đặt lại tệp vào thư mục mẫu."
            ) from None

    def form_for(self, name: str, *, kind: str, on: dt.date) -> tuple[Form, Body]:
        """The form and the body of an office by its name: the longest beginning that fits; the newest form of that system in force."""
        found = [
            (_fit(body, name), form.since or dt.date.min, form, body)
            for form in self.forms.values()
            if form.in_force(on) and (body := form.body_of(name, kind=kind))
        ]
        if not found:
            raise BadInput(f"Chưa có thể thức nào dành cho “{name}” (xem thư mục forms).")
        _fits, _since, form, body = max(found, key=lambda one: one[:2])
        return form, body

    def template_for(self, *, plan: str, duty: str, frequency: str) -> Template:
        """The duty's own template, or that of its frequency."""
        return self.templates.get(f"{plan}/{duty}") or self.templates[frequency]

    def lacks(self, *, plan: str, duty: str, frequency: str, contents: Iterable[str]) -> tuple[str, ...]:
        """What the plan wants in this duty's report and its template has no place for."""
        return self.template_for(plan=plan, duty=duty, frequency=frequency).lacks(tuple(contents))


def _fit(body: Body, name: str) -> int:
    return max((len(fold(start)) for start in body.names if fold(name).startswith(fold(start))), default=0)


@cache
def shipped() -> Library:
    return load(None)


def load(own: Path | None) -> Library:
    """What the program brings, with the files of `own` in their place or beside them: those in `own/forms` are forms, others templates."""
    mine = _own_files(own) if own and own.is_dir() else {}
    files = {name: SHIPPED / name for name in _names(SHIPPED)} | mine
    forms = _read_all(files, "forms", Form)
    templates = _read_all(files, "templates", Template)
    if missing := [name for name in FREQUENCIES if name not in templates]:
        raise BadInput(f"Thiếu mẫu báo cáo {', '.join(missing)}.")
    return Library(forms, templates, tuple(sorted(mine)))


def copy_to(folder: Path) -> list[str]:
    """The program's files, where they are not there yet; what is there stays as it is."""
    made = []
    for name in _names(SHIPPED):
        target = folder / name.removeprefix("templates/")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((SHIPPED / name).read_bytes())
            made.append(name)
    return made


def unread_in(folder: Path) -> list[str]:
    """Files in an office's folder that nobody reads, because their names do not end with .yaml."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".yaml"]
    return [path.relative_to(folder).as_posix() for path in files]


def _own_files(folder: Path) -> dict[str, Path]:
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml"))]
    return {name if name.startswith("forms/") else f"templates/{name}": folder / name for name in names}


def _names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml"))]


def _read_all(files: dict[str, Path], part: str, model: type[_Checked]) -> dict[str, _Checked]:
    paths = {
        name.removeprefix(f"{part}/").removesuffix(".yaml"): path
        for name, path in files.items()
        if name.startswith(f"{part}/")
    }
    data = {name: _mapping(path, f"{part}/{name}.yaml") for name, path in paths.items()}
    ours = {name: SHIPPED / part / f"{name}.yaml" for name in paths}
    ground = {
        name: data[name] if path == paths[name] else _mapping(path, f"{part}/{name}.yaml")
        for name, path in ours.items()
        if path.exists()
    }
    return {
        name: _checked(model, _with_like(name, data, ground, part, ()), name=f"{part}/{name}.yaml", path=paths[name])
        for name in sorted(data)
    }


def _mapping(path: Path, name: str) -> dict[str, Any]:
    data = read_yaml(path)
    if not isinstance(data, dict):
        raise BadInput(f"{name}: tệp phải là một bảng khóa – giá trị.")
    return data


def _with_like(
    name: str, data: dict[str, dict[str, Any]], ground: dict[str, dict[str, Any]], part: str, seen: tuple[str, ...]
) -> dict[str, Any]:
    """`data` are the files in force, `ground` those of the program: an office's file that is like its own name means the program's."""
    here = dict(data[name])
    like = here.pop("like", None)
    if like is None:
        return here
    if like == name and name in ground and ground[name] is not data[name]:
        below = _with_like(name, ground, ground, part, ())
    elif like in data and like not in (*seen, name):
        below = _with_like(str(like), data, ground, part, (*seen, name))
    else:
        raise BadInput(f"{part}/{name}.yaml: “like: {like}” không dẫn tới tệp nào, hoặc dẫn vòng.")
    for key, value in here.items():
        # Only the table of styles is filled up; whatever else is given stands whole.
        below[key] = {**below.get(key, {}), **value} if key == "styles" and isinstance(value, dict) else value
    return below


def _checked(model: type[_Checked], data: dict[str, Any], *, name: str, path: Path) -> _Checked:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        line = _line_finder(path)
        faults = [
            f"  {name}{line(fault['loc'])}: {_place(fault['loc'])}{fault_in_words(fault)}" for fault in error.errors()
        ]
        raise BadInput("\n".join([f"{name}: {len(faults)} lỗi, chưa dùng được mẫu nào.", *faults])) from None


def _place(loc: tuple[int | str, ...]) -> str:
    words = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")
    return f"{words}: " if words else ""


def _line_finder(path: Path) -> Callable[[tuple[int | str, ...]], str]:
    """Says on which line of the file a fault is; of what comes from another file by `like`, nothing."""
    import yaml

    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)

    def line(loc: tuple[int | str, ...]) -> str:
        node, found = root, None
        for step in loc:
            if isinstance(node, yaml.MappingNode):
                pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
                if pair is None:
                    break
                found, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                found = node.start_mark.line + 1
        return f", dòng {found}" if found else ""

    return line
