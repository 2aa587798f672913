"""Examples of all content files for CONTRIBUTING.md, derived from the declarations: each field, with a comment.

`python -m almanac.load.shapes CONTRIBUTING.md` writes them between the two marks in that file. Tests check that they
are current and that each example can be read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from textwrap import wrap
from typing import Any

from almanac.fields import Declaration, FieldType, Structure, source_field, written
from almanac.records import (
    Absent,
    Announcement,
    AnnouncementId,
    Conflict,
    Correction,
    Day,
    Deadline,
    Discontinuations,
    Endpoint,
    EndpointPath,
    Event,
    Family,
    FamilyId,
    Keywords,
    Mark,
    Model,
    ModelId,
    NoticePolicy,
    PageText,
    Product,
    ProductId,
    Replacement,
    Site,
    Source,
    SourceId,
    Term,
    TermId,
)

BEGIN = "<!-- The shapes, as `python -m almanac.load.shapes CONTRIBUTING.md` writes them from almanac/records.py -->"
END = "<!-- The end of the shapes -->"

FILES: Mapping[str, Any] = {
    "content/models/gpt-4-0613.yaml": Model,
    "content/families/gpt-4.yaml": Family,
    "content/announcements/2023-07-06-gpt-and-embeddings.yaml": Announcement,
    "content/events/2026-01-08-realtime-previews-moved.yaml": Event,
    "content/endpoints/chat-completions.yaml": Endpoint,
    "content/products/assistants-api.yaml": Product,
    "content/pages/policy.yaml": PageText,
    "content/sources.yaml": Source,
    "content/glossary.yaml": Term,
    "content/conflicts.yaml": Conflict,
    "content/corrections.yaml": Correction,
    "content/notice.yaml": NoticePolicy,
    "content/keywords.yaml": Keywords,
    "content/discontinuations.yaml": Discontinuations,
    "content/site.yaml": Site,
}
LISTS = frozenset({Source, Term, Conflict, Correction, NoticePolicy, Keywords})

_ITS_SOURCE = "where it is not the record's"
_WIDTH = 120
_COLUMN = 34  # where comments begin, if the code leaves room
_EXAMPLES: Mapping[Any, str] = {
    AnnouncementId: "2023-07-06-gpt-and-embeddings",
    Day: "2023-06-13",
    Deadline: "2024-06-13",
    EndpointPath: "/v1/chat/completions",
    FamilyId: "gpt-4",
    ModelId: "gpt-4",
    ProductId: "assistants-api",
    SourceId: "models-2023-11",
    TermId: "zero-data-retention",
    int: "4096",
}


def markdown() -> str:
    """An example of each file, and of a replacement written as a mapping."""
    blocks = [[f"# {path}{': a list' if kind in LISTS else ''}", *_example(kind)] for path, kind in FILES.items()]
    described = "# one of the replacements in a row or an event, where its name alone does not say enough"
    blocks.append([described, *_item(_lines(Replacement, "  ", is_top=False))])
    return "\n\n".join("\n".join(("```yaml", *block, "```")) for block in blocks)


def updated(document: str) -> str:
    """The document with current examples between the marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    assert after, "the marks are missing"
    return f"{before}{BEGIN}\n\n{markdown()}\n\n{END}{after}"


def example(path: str) -> str:
    """The example of a file, as YAML."""
    return "\n".join(_example(FILES[path])) + "\n"


def _example(kind: Any) -> Iterator[str]:
    return _item(_lines(kind, "  ", is_top=True)) if kind in LISTS else _lines(kind, "", is_top=True)


def _item(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a mapping, indented by two, as a list item: the dash is put before the first field."""
    is_first = True
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if is_first and not line.lstrip().startswith("#"):
            line, is_first = f"{line[: indent - 2]}- {line[indent:]}", False
        yield line


def _lines(kind: Any, indent: str, *, is_top: bool = False) -> Iterator[str]:
    first, *others = getattr(kind, "ONE_OF", ("",))
    for each in written(kind, is_top=is_top):
        if each.name in others:
            yield from _commented(f"{indent}# or {each.key}: {_value(each.type, each.doc.example)}", each.doc.text)
        else:
            inherits = Mark.INHERITED in each.marks and not is_top
            yield from _field(each, indent, optional=(inherits or not each.required) and each.name != first)


def _field(one: Declaration, indent: str, *, optional: bool) -> Iterator[str]:
    comment = _comment(one, optional=optional)
    inner = one.type
    while inner.item:
        inner = inner.item
    if inner.structure is not Structure.RECORD or one.doc.example:
        yield from _commented(f"{indent}{one.key}: {_value(one.type, one.doc.example)}", comment)
        return
    yield from _commented(f"{indent}{one.key}:", comment)
    if one.type.structure is Structure.LIST:
        yield from _item(_lines(inner.of, f"{indent}    "))
    else:
        yield from _lines(inner.of, f"{indent}  ")
        if one.type.structure is Structure.HISTORY and not source_field(inner.of):
            yield from _commented(f"{indent}  source: {_EXAMPLES[SourceId]}", f"optional: {_ITS_SOURCE}")


def _value(kind: FieldType, example: str) -> str:
    if example:
        return example
    match kind.structure:
        case Structure.LIST:
            return f"[{_value(kind.inner, '')}]"
        case Structure.HISTORY:
            return _value(kind.inner, "")
        case Structure.TEXT:
            return "{en: …, zh: …}"
        case _ if isinstance(kind.of, type) and issubclass(kind.of, StrEnum):
            return next(iter(kind.of)).value
        case _:
            return _EXAMPLES.get(kind.of, "…")


def _comment(one: Declaration, *, optional: bool) -> str:
    """Comment of a field: whether it is optional, its description, and the allowed words."""
    kind, absent = one.type, one.type.absent
    value = kind.inner if kind.structure is Structure.HISTORY else kind
    while kind.item:
        kind = kind.item
        absent = absent or kind.absent
    words = [each.value for each in kind.of] if isinstance(kind.of, type) and issubclass(kind.of, StrEnum) else []
    default = one.default.value if isinstance(one.default, StrEnum) and not isinstance(one.default, Absent) else ""
    choice = ", ".join(f"{word} (default)" if word == default else word for word in words)
    parts = [
        _ITS_SOURCE if one.name == "source" and optional else one.doc.text,
        f"{'any' if value.structure is Structure.LIST else 'one'} of: {choice}" if len(words) > 1 else "",
        f"or {', '.join(absent)}" if absent else "",
        "or none" if Mark.URL in one.marks else "",
        "may be []" if value.structure is Structure.LIST and one.required and Mark.SOME not in value.marks else "",
    ]
    what = "; ".join(filter(None, parts))
    if not optional:
        return what
    return f"optional{';' if what.startswith('or ') else ':'} {what}" if what else "optional"


def _commented(code: str, comment: str) -> Iterator[str]:
    """Code with its comment: to the right, wrapped, if there is room; otherwise above."""
    column = max(_COLUMN, len(code) + 2)
    if not comment:
        yield code
    elif _WIDTH - column - 2 >= min(len(comment), 60):
        first, *more = wrap(comment, _WIDTH - column - 2, break_long_words=False, break_on_hyphens=False)
        yield f"{code:<{column}}# {first}"
        yield from (f"{'':<{column}}# {line}" for line in more)
    else:
        indent = code[: len(code) - len(code.lstrip())]
        yield from (f"{indent}# {line}" for line in wrap(comment, _WIDTH - len(indent) - 2, break_on_hyphens=False))
        yield code


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(updated(file.read_text("utf-8")), "utf-8")
