"""Plans: how well the reader reads documents that were read by hand, per document and field, and how quickly.

Documents and readings are matched by name: DIR/001.json is the reading of the file whose name begins with 001. Misses go to standard error.
`--own` makes the documents of invented offices that belong to the tests and scores them set by set.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.plan_scores import Agreement, Score, forbidden, scores

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
OWN = ROOT / "tests" / "plans" / "reader_gold"
SHOWN = ("text", "target", "unit", "comparator", "group", "due", "leads", "lead", "coordinators", "frequency", "to")
KINDS = (".txt", ".docx", ".pdf", ".html", ".htm")


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench plans", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--gold", type=Path, default=SHARED / "gold", help="folder of readings by hand (../shared/gold)"
    )
    parser.add_argument("--seeds", type=Path, help="folder of the documents (seeds beside the readings)")
    parser.add_argument(
        "--misses", action="store_true", help="name on standard error what was missed and what is too much"
    )
    parser.add_argument(
        "--own", action="store_true", help="the documents of our own; also when there is no folder of readings"
    )
    options = parser.parse_args()
    if options.own or (options.seeds is None and options.gold == SHARED / "gold" and not options.gold.is_dir()):
        print(json.dumps(measure_own(misses=options.misses), indent=2, ensure_ascii=False))
        return
    seeds = options.seeds or options.gold.parent / "seeds"
    if not options.gold.is_dir() or not seeds.is_dir():
        sys.exit(f"bench plans: no readings at {options.gold} or no documents at {seeds}; see --gold and --seeds")
    print(json.dumps(measure(options.gold, seeds, misses=options.misses), indent=2, ensure_ascii=False))


def measure(gold: Path, seeds: Path, *, misses: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    sums: dict[str, Score] = {}
    for path in sorted(gold.glob("*.json")):
        document = next(
            (file for file in sorted(seeds.iterdir()) if file.name.startswith(path.stem) and file.suffix in KINDS), None
        )
        if document is None:
            continue
        wanted = json.loads(path.read_text(encoding="utf-8"))
        reading, seconds = read(document)
        agreed = scores(reading, wanted)
        for kind, agreement in agreed.items():
            sums[kind] = sums.get(kind, Score(0, 0, 0)) + agreement.whole
            if misses:
                _tell(path.stem, kind, agreement)
        found[path.stem] = {
            "seconds": seconds,
            "issuer": reading["issuer"],
            "findings": [finding["title"] for finding in reading["findings"]],
            "forbidden": forbidden(reading, wanted),
            **{kind: {**agreement.whole.shown(), "fields": {name: field.shown()["f1"] for name, field in agreement.fields.items()}}
               for kind, agreement in agreed.items()},
        }  # fmt: skip
    return {"documents": found, "all": {kind: score.shown() for kind, score in sums.items()}}


def measure_own(*, misses: bool = False) -> dict[str, Any]:
    """Each set of our own documents by itself: they are written into a folder that is thrown away."""
    found: dict[str, Any] = {}
    for name, (write, gold) in own_sets().items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder))
            found[name] = measure(gold, Path(folder), misses=misses)
    return found


def own_sets() -> dict[str, tuple[Callable[[Path], object], Path]]:
    """By name: what writes the documents, and the folder of their readings by hand."""
    from tests.make.plan_documents import write_plan_documents
    from tests.make.plan_documents.second import write_second_plan_documents
    from tests.make.plan_documents.third import write_third_plan_documents

    return {
        "first": (write_plan_documents, OWN),
        "second": (write_second_plan_documents, OWN / "second"),
        "third": (write_third_plan_documents, OWN / "third"),
    }


def read(document: Path) -> tuple[dict[str, Any], float]:
    from hocvuso.lib.yamlfile import read_yaml
    from hocvuso.plans.reader.printed import printed_draft
    from hocvuso.plans.reader.read import read_plan

    catalogue = read_yaml(ROOT / "hocvuso" / "data" / "metrics.yaml")["metrics"]
    data = document.read_bytes()
    start = time.perf_counter()
    draft = read_plan(data, name=document.name, catalogue=catalogue)
    return printed_draft(draft), round(time.perf_counter() - start, 3)


def _tell(name: str, kind: str, agreement: Agreement) -> None:
    for sign, rows in (("too much", agreement.surplus), ("missed", agreement.missed)):
        for row in rows:
            shown = {key: row.get(key) for key in SHOWN if row.get(key) not in (None, [], "")}
            print(f"{name} {kind} {sign}: {json.dumps(shown, ensure_ascii=False)}", file=sys.stderr)


if __name__ == "__main__":
    main()
