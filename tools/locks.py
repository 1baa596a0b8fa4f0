"""Do the lock files still fit pyproject.toml? Every dependency named there is locked at a version it allows; no host name is in them."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def faults(root: Path) -> Iterator[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    core, groups = project["project"]["dependencies"], project["dependency-groups"]
    wanted = {
        "requirements.lock": core,
        "requirements-dev.lock": core + groups["dev"],
        "requirements-build.lock": project["build-system"]["requires"] + groups["build"],
    }
    seen: dict[str, str] = {}
    for name, requirements in wanted.items():
        text = (root / name).read_text(encoding="utf-8")
        locked = {str(canonicalize_name(package)): version for package, version in PIN.findall(text)}
        for requirement in map(Requirement, requirements):
            version = locked.get(canonicalize_name(requirement.name))
            if version is None:
                yield f"{name}: {requirement.name} is not locked"
            elif version not in requirement.specifier:
                yield f"{name}: {requirement.name} {version} is outside {requirement.specifier}"
        for package, version in locked.items():
            if seen.setdefault(package, version) != version:
                yield f"{name}: {package} {version}, but {seen[package]} in another lock"
        if "://" in text:
            yield f"{name}: names a host"


if __name__ == "__main__":
    found = list(faults(ROOT))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit("Run `scripts/setup --lock`." if found else 0)
