"""The messages of screens and errors: extract them, keep the English file in step, compile it.

    python tools/messages.py            bring locale/en/LC_MESSAGES/django.po up to date, compile django.mo
    python tools/messages.py --check    change nothing; name what is missing and leave with 1

Vietnamese is the source, so it has no file of its own. Needs Django, Babel and polib, and no GNU gettext.
"""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "hocvuso"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"

SINGLE, PLURAL, WITH_CONTEXT, PLURAL_WITH_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": SINGLE,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), SINGLE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), WITH_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), PLURAL_WITH_CONTEXT),
}
# No dates and no tool's version: the same messages give the same bytes.
HEADER = {
    "Project-Id-Version": "hocvuso",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
# What a translation must carry over: placeholders and the few tags inside sentences.
KEPT = re.compile(r"%\(\w+\)[sd]|%%|</?\w+[^>]*>")
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)

Key = tuple[str | None, str]  # context, Vietnamese


@dataclass(slots=True)
class Message:
    plural: str | None = None
    files: set[str] = field(default_factory=set)


def found_in(path: Path) -> Iterator[tuple[str | None, str, str | None]]:
    """Context, message and plural of every call in a Python file or a template."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Django writes calls between blanked-out text; only the tokenizer's idea of indentation stands in the way.
        text = INDENT.sub("", templatize(text))
    for _line, texts, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        if isinstance(texts, tuple):
            yield context, texts[0], texts[1]
        else:
            yield context, texts, None


def collect(source: Path = SOURCE) -> dict[Key, Message]:
    messages: defaultdict[Key, Message] = defaultdict(Message)
    for path in sorted([*source.rglob("*.py"), *source.rglob("templates/**/*.html")]):
        for context, text, plural in found_in(path):
            message = messages[context, text]
            message.plural = plural or message.plural
            message.files.add(path.relative_to(source.parent).as_posix())
    return dict(messages)


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def brought_up_to_date(old: polib.POFile, messages: dict[Key, Message]) -> polib.POFile:
    """What the file should be: every message of the source in alphabetical order, with the English it had."""
    known = {key_of(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=0)
    new.header = (
        "English. tools/messages.py keeps this file in step with the source; only the msgstr lines are written by hand."
    )
    new.metadata = dict(HEADER)
    for key in sorted(messages, key=lambda key: (key[1], key[0] or "")):
        message, before = messages[key], known.get(key)
        entry = polib.POEntry(msgctxt=key[0], msgid=key[1], occurrences=[(name, "") for name in sorted(message.files)])
        if before:
            entry.tcomment, entry.flags = before.tcomment, [flag for flag in before.flags if flag == "fuzzy"]
        if message.plural is None:
            entry.msgstr = before.msgstr if before else ""
        else:
            forms = before.msgstr_plural if before else {}
            entry.msgid_plural = message.plural
            entry.msgstr_plural = {number: forms.get(number, "") for number in (0, 1)}
        new.append(entry)
    return new


def kept_parts(text: str) -> list[str]:
    return sorted(KEPT.findall(text))


def faults_of(entry: polib.POEntry) -> Iterator[str]:
    """Why an entry cannot be shown to anybody yet."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(forms):
        yield "not translated"
        return
    if entry.fuzzy:
        yield "fuzzy: somebody must look at it"
    sources = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
    for source, form in zip(sources, forms, strict=True):
        if kept_parts(source) != kept_parts(form):
            yield f"has {kept_parts(form) or 'no placeholder'} where the Vietnamese has {kept_parts(source) or 'none'}"


def text_of(po: polib.POFile) -> str:
    return f"{po}".rstrip("\n") + "\n"


def read_po(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def check(po_path: Path, messages: dict[Key, Message]) -> list[str]:
    """Everything that keeps the file from being whole, one line each."""
    stored = read_po(po_path)
    wanted = brought_up_to_date(stored, messages)
    known, alive = {key_of(entry) for entry in stored if not entry.obsolete}, set(messages)
    missing = sorted(alive - known, key=lambda key: key[1])
    faults = [f"missing: {key[1]!r} ({', '.join(sorted(messages[key].files))})" for key in missing]
    faults += [f"no longer used: {text!r}" for _context, text in sorted(known - alive, key=str)]
    faults += [f"{entry.msgid!r}: {fault}" for entry in wanted if key_of(entry) in known for fault in faults_of(entry)]
    if not faults and (not po_path.exists() or po_path.read_text(encoding="utf-8") != text_of(wanted)):
        faults.append(f"{po_path.name} is not as this program writes it: run `python tools/messages.py`")
    mo_path = po_path.with_suffix(".mo")
    if not mo_path.exists() or mo_path.read_bytes() != wanted.to_binary():
        faults.append(f"{mo_path.name} is not what the messages compile to: run `python tools/messages.py`")
    return faults


def update(po_path: Path, messages: dict[Key, Message]) -> list[str]:
    """Write both files; gives back what a person still has to do."""
    wanted = brought_up_to_date(read_po(po_path), messages)
    po_path.parent.mkdir(parents=True, exist_ok=True)
    po_path.write_text(text_of(wanted), encoding="utf-8")
    po_path.with_suffix(".mo").write_bytes(wanted.to_binary())
    return [f"{entry.msgid!r}: {fault}" for entry in wanted for fault in faults_of(entry)]


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    messages = collect()
    faults = check(PO, messages) if arguments else update(PO, messages)
    for fault in faults:
        print(fault)
    if not arguments:
        print(f"{len(messages)} messages, {len(faults)} to be seen to: {PO.relative_to(ROOT)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
