"""A file of content/ -> the same file with its fields in order and its Chinese set as the rules want it.

Lines are moved and corrected in place, so that comments, quotes and layout stay. A file that would then say something
else, or that cannot be read, is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from almanac.edit import files
from almanac.edit.kinds import Keys, keys, type_of
from almanac.fields import FieldType, Structure
from almanac.typography import corrected

Node: TypeAlias = yaml.Node

LARGEST = 1 << 20  # bytes; `load` reads less


def content(folder: Path, is_readable: Callable[[bytes], bool], *, write: bool) -> tuple[str, ...]:
    """The paths of all files in content/ that are not formatted; they are written anew if `write`.

    A file whose YAML is not readable, as `load` reads it, is left to `check`: it may crash the parser, or expand.
    """
    changed = []
    for path in sorted(folder.rglob("*.yaml")):
        kind = type_of(path.relative_to(folder))
        if kind is None or path.is_symlink() or not path.is_file():
            continue
        try:
            with path.open("rb") as file:
                before = file.read(LARGEST + 1)
        except OSError:
            continue  # `check` says why
        if len(before) > LARGEST or not is_readable(before):
            continue
        after = formatted(before.decode(), kind).encode()
        if after != before:
            if write:
                files.replace(path, after)
            changed.append(path.relative_to(folder.parent).as_posix())
    return tuple(changed)


def formatted(source: str, kind: FieldType) -> str:
    """The text of a file, formatted; unchanged if it is not valid YAML."""
    try:
        ordered = _ordered(source, kind)
        return _corrected(ordered, kind)
    except (yaml.YAMLError, UnicodeError, RecursionError):
        return source


# --- The tree ---------------------------------------------------------------------------------------------------------


def _tree(source: str) -> Node:
    root = yaml.compose(source, yaml.CSafeLoader)
    if root is None:
        raise yaml.YAMLError
    return root


def _typed(node: Node, kind: FieldType | None, *, is_top: bool = True) -> Iterator[tuple[Node, FieldType]]:
    """All nodes below whose type is known."""
    if kind is None:
        return
    if isinstance(node, yaml.SequenceNode):
        for item in node.value if kind.item else ():
            yield from _typed(item, _item_type(node, kind), is_top=is_top)
        return
    while isinstance(node, yaml.MappingNode) and kind.structure is Structure.LIST and kind.item:
        kind = kind.item  # wrong, and reported by `check`
    yield node, kind
    if isinstance(node, yaml.MappingNode):
        known = keys(kind, _names(node), is_top=is_top)
        for key, value in node.value:
            inner = kind.item if kind.structure is Structure.MAPPING else known.types.get(key.value) if known else None
            yield from _typed(value, inner, is_top=False)


def _item_type(node: yaml.SequenceNode, kind: FieldType) -> FieldType | None:
    """The type of the items: the items of a history are facts of it, unless the list is the value of its only fact."""
    if kind.structure is not Structure.HISTORY:
        return kind.item
    is_value = kind.inner.structure is Structure.LIST and not any(
        isinstance(item, yaml.MappingNode) and "value" in _names(item) for item in node.value
    )
    return kind.inner.item if is_value else kind


def _names(node: yaml.MappingNode) -> list[str]:
    return [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]


# --- The order of fields ----------------------------------------------------------------------------------------------


def _ordered(source: str, kind: FieldType) -> str:
    meant = _plain(_tree(source))
    while True:
        root = _tree(source)
        found = next(((node, known) for node, known in _mappings(root, kind) if _is_disordered(node, known)), None)
        if found is None:
            return source
        moved = (_moved_inside if found[0].flow_style else _moved_lines)(source, *found)
        if moved == source or _plain(_tree(moved)) != meant:
            return source
        source = moved


def _mappings(root: Node, kind: FieldType) -> Iterator[tuple[yaml.MappingNode, Keys]]:
    top = {id(root)} if isinstance(root, yaml.MappingNode) else {id(each) for each in root.value}
    for node, each in _typed(root, kind):
        if isinstance(node, yaml.MappingNode) and len(set(_names(node))) == len(node.value):
            known = keys(each, _names(node), is_top=id(node) in top)
            if known:
                yield node, known


def _rank(known: Keys, name: str) -> int:
    return known.order.index(name) if name in known.order else len(known.order)


def _is_disordered(node: yaml.MappingNode, known: Keys) -> bool:
    ranks = [_rank(known, name) for name in _names(node)]
    return ranks != sorted(ranks)


def _moved_inside(source: str, node: yaml.MappingNode, known: Keys) -> str:
    """The fields of a mapping in braces change places; what is between them stays."""
    offsets = _Offsets(source)
    spans = [(offsets.at(key.start_mark), offsets.at(value.end_mark)) for key, value in node.value]
    names = _names(node)
    order = sorted(range(len(names)), key=lambda index: _rank(known, names[index]))
    pieces, end = [], 0
    for (start, stop), index in zip(spans, order, strict=True):
        pieces += [source[end:start], source[slice(*spans[index])]]
        end = stop
    return "".join((*pieces, source[end:]))


def _moved_lines(source: str, node: yaml.MappingNode, known: Keys) -> str:
    """The lines of each field change places, with the comments above them."""
    lines = source.split("\n")
    column = node.value[0][0].start_mark.column
    starts = [key.start_mark.line for key, _ in node.value]
    for index in range(1, len(starts)):
        while starts[index] - 1 > starts[index - 1] and _is_comment(lines[starts[index] - 1], column):
            starts[index] -= 1
    first, end = starts[0], _end(lines, node, column)
    before = lines[first][:column]  # indentation, or the dash of a list item
    lines[first] = " " * column + lines[first][column:]
    blocks = [lines[start:stop] for start, stop in zip(starts, [*starts[1:], end], strict=True)]
    names = _names(node)
    order = sorted(range(len(names)), key=lambda index: _rank(known, names[index]))
    moved = [line for index in order for line in blocks[index]]
    moved[0] = before + moved[0][column:]
    return "\n".join([*lines[:first], *moved, *lines[end:]])


def _is_comment(line: str, column: int) -> bool:
    return line[:column].strip() == "" and line[column:].startswith("#")


def _end(lines: list[str], node: yaml.MappingNode, column: int) -> int:
    """The line after the last field."""
    _, last = node.value[-1]
    end: int = node.value[-1][0].start_mark.line + 1
    for number in range(end, len(lines)):
        line = lines[number]
        indent = len(line) - len(line.lstrip(" "))
        is_item = indent == column and line.lstrip().startswith("- ") and isinstance(last, yaml.SequenceNode)
        if line.strip() and indent <= column and not is_item:
            break
        if line.strip():
            end = number + 1
    return end


class _Offsets:
    """Line and column -> offset in the text."""

    def __init__(self, source: str) -> None:
        self._starts = [0]
        for line in source.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def at(self, mark: Any) -> int:
        return int(self._starts[mark.line] + mark.column)

    def line(self, number: int) -> int:
        return self._starts[number]


def _plain(node: Node) -> Any:
    """What is written, whatever the order of fields."""
    if isinstance(node, yaml.MappingNode):
        return sorted((repr(_plain(key)), repr(_plain(value))) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


# --- Chinese ----------------------------------------------------------------------------------------------------------


def _corrected(source: str, kind: FieldType) -> str:
    offsets = _Offsets(source)
    found = _chinese(source, kind)
    for index in reversed(range(len(found))):  # what comes before a text keeps its place
        key, node = found[index]
        wanted = "\n".join(map(corrected, node.value.split("\n")))
        if wanted == node.value:
            continue
        start, end = offsets.at(node.start_mark), offsets.at(node.end_mark)
        if node.style in {"|", ">"}:
            end = offsets.line(_end_of_block(source.split("\n"), key)) - 1
        written = "\n".join(map(corrected, source[start:end].split("\n")))
        changed = source[:start] + written + source[end:]
        again = _chinese(changed, kind)
        if [each.value for _, each in again[: index + 1]] == [*(each.value for _, each in found[:index]), wanted]:
            source = changed
    return source


def _end_of_block(lines: list[str], key: yaml.Node) -> int:
    """The line after a text that is written on lines below its key, indented more than the key."""
    end: int = key.start_mark.line + 1
    for number in range(end, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= key.start_mark.column:
            break
        if line.strip():
            end = number + 1
    return end


def _chinese(source: str, kind: FieldType) -> list[tuple[yaml.Node, yaml.ScalarNode]]:
    """The Chinese of all texts, in order, each with its key."""
    return [
        (key, value)
        for node, each in _typed(_tree(source), kind)
        if isinstance(node, yaml.MappingNode) and _is_text(node, each)
        for key, value in node.value
        if key.value == "zh" and isinstance(value, yaml.ScalarNode)
    ]


def _is_text(node: yaml.MappingNode, kind: FieldType) -> bool:
    while kind.structure is Structure.HISTORY and "value" not in _names(node):
        kind = kind.inner
    return kind.structure is Structure.TEXT
