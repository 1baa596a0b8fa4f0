from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hocvuso.lib.errors import BadInput


def read_yaml(path: Path) -> Any:
    """The parsed file; what cannot be read is said with the line where reading stopped."""
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506  a safe loader, in C where it is there
    except OSError:
        raise BadInput(f"Không đọc được tệp {path.name}.") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path.name}: không phải văn bản UTF-8.") from None
    except ValueError as error:  # a day that no calendar has, as YAML reads it
        raise BadInput(f"{path.name}: có một giá trị không đọc được ({error}).") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""
        raise BadInput(
            f"{path.name}{where}: không đúng cú pháp YAML ({getattr(error, 'problem', '') or 'lỗi'})."
        ) from None


@cache
def _loader() -> Any:
    """YAML keeps the last of two equal keys and says nothing; here the second is a fault, so that no value is chosen in silence."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen: set[str] = set()
            for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
                if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                    if key.value in seen:
                        raise yaml.constructor.ConstructorError(
                            problem=f"khóa “{key.value}” ghi hai lần", problem_mark=key.start_mark
                        )
                    seen.add(key.value)
            return super().construct_mapping(node, deep=deep)

    return Loader
