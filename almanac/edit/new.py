"""The kind of a record -> the text of a new file: all required fields in order, empty or `unknown`.

`check` then asks for each value that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from almanac.addresses import slug
from almanac.edit import files
from almanac.edit.kinds import FOLDERS
from almanac.fields import Declaration, FieldType, Structure, written
from almanac.records import Absent, Day, Deadline, EndpointPath, Mark, Section, SourceId

KINDS: Final[Mapping[str, str]] = {
    "model": "models",
    "family": "families",
    "announcement": "announcements",
    "event": "events",
    "endpoint": "endpoints",
    "product": "products",
}
"""What can be written anew, and the folder that it goes to."""

NEXT: Final[Mapping[str, str]] = {
    "model": "add its id to 'models' of one file in content/families/",
    "family": "add its id to 'families' in content/site.yaml",
}
"""What else must be written."""

_EXAMPLES: Final[Mapping[Any, str]] = {
    Day: "2023-06-13, 2023-06 or 2023",
    Deadline: "2024-06-13, not before 2024-06-13, or undated",
    SourceId: "an id of content/sources.yaml",
}


def write(content: Path, kind: str, name: str) -> Path:
    """Write the file of a new record, and return its path; ValueError if there is one of this name."""
    if kind not in KINDS:
        raise ValueError(f"write one of {', '.join(KINDS)}, not {kind!r}")
    given = {"endpoint": {"path": name}, "event": {"observed": name[: len("2026-01-08")]}}
    path = content / KINDS[kind] / f"{stem(kind, name)}.yaml"
    for folder, shown in ((content, content.name), (path.parent, f"{content.name}/{KINDS[kind]}")):
        if folder.is_symlink():
            raise ValueError(f"{shown} is a symbolic link, which is not allowed in content")
    path.parent.mkdir(exist_ok=True)
    if any(each.name.casefold() == path.name.casefold() for each in path.parent.iterdir()):
        raise ValueError(f"{content.name}/{KINDS[kind]}/{path.name} already exists")
    files.replace(path, text(kind, given.get(kind, {})).encode())
    return path


def stem(kind: str, name: str) -> str:
    """The name of the file without its extension."""
    return slug(EndpointPath(name)) if kind == "endpoint" else name


def text(kind: str, given: Mapping[str, str]) -> str:
    """The text of a file for a record of this kind; `given` are values of fields that are known already."""
    lines = _lines(FOLDERS[KINDS[kind]], "", is_top=True)
    return "".join(
        f"{key}: {given[key]}\n" if (key := line.partition(":")[0]) in given else f"{line}\n" for line in lines
    )


def _lines(kind: Any, indent: str, *, is_top: bool = False) -> Iterator[str]:
    for each in written(kind, is_top=is_top):
        if each.required and (is_top or Mark.INHERITED not in each.marks):
            yield from _field(each, indent)


def _field(one: Declaration, indent: str) -> Iterator[str]:
    kind = one.type.inner if one.type.structure is Structure.HISTORY else one.type  # a history begins with one value
    key = f"{indent}{one.name}:"
    inner = kind
    while inner.item:
        inner = inner.item
    if Absent.UNKNOWN in (*kind.absent, *inner.absent):
        yield f"{key} unknown"
        return
    yield from _comment(one, inner, indent)
    if inner.of is Section or (kind.structure is Structure.LIST and inner.structure is not Structure.RECORD):
        yield f"{key} []"
        return
    yield key
    if kind.structure is Structure.TEXT:
        yield from (f"{indent}  en:", f"{indent}  zh:")
    elif inner.structure is Structure.RECORD and inner.of.__name__ != "Subject":
        if kind.structure is Structure.LIST:
            yield from _item(_lines(inner.of, f"{indent}    "), f"{indent}  ")
        else:
            yield from _lines(inner.of, f"{indent}  ")


def _item(lines: Iterable[str], indent: str) -> Iterator[str]:
    """The lines of a mapping as a list item: the dash is put before the first field, below its comment."""
    dash = "- "
    for line in lines:
        is_comment = line.lstrip().startswith("#")
        yield f"{indent}{'' if is_comment else dash}{line.lstrip()}" if dash else line
        dash = dash if is_comment else ""


def _comment(one: Declaration, inner: FieldType, indent: str) -> Iterator[str]:
    words = [word.value for word in inner.of] if isinstance(inner.of, type) and issubclass(inner.of, StrEnum) else []
    hint = f"of: {', '.join(words)}" if words else _EXAMPLES.get(inner.of, "")
    said = "; ".join(filter(None, (one.doc.text, hint)))
    if said:
        yield f"{indent}# {one.name}: {said}"
