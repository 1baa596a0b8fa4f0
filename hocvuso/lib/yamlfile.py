from __future__ import annotations

from pathlib import Path
from typing import Any

from hocvuso.lib.errors import BadInput


def read_yaml(path: Path) -> Any:
    """The parsed file; what cannot be read is said with the line where reading stopped."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  a safe loader, in C where it is there
    except OSError:
        raise BadInput(f"Không đọc được tệp {path.name}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name}: không phải văn bản UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""
        raise BadInput(
            f"{path.name}{where}: không đúng cú pháp YAML ({getattr(error, 'problem', '') or 'lỗi'})."
        ) from None
