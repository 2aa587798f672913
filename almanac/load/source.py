"""Bytes of a YAML file -> tree of nodes with line and column.

The tree is built from the parser's events, without recursion and without YAML's implicit types: a plain `no` is the
string "no". Dangerous input is rejected: deep nesting crashes the C library, aliases and merge keys expand
exponentially, and some characters hide lines from the reader.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from almanac.cache import BuildCache
from almanac.load.errors import ErrorCollector, character, quoted
from almanac.records import Place

if TYPE_CHECKING:
    import yaml

LARGEST = 256 * 1024  # bytes; the largest content file has a tenth of that
DEEPEST = 20  # levels
MOST_CHARACTERS = 20  # forbidden characters reported per file


class Scalar(NamedTuple):
    line: int
    column: int
    value: str
    plain: bool  # written without quotes and not as a block


class Sequence(NamedTuple):
    line: int
    column: int
    items: list[Node]


class Mapping(NamedTuple):
    line: int
    column: int
    flow: bool  # written in { }
    fields: dict[str, tuple[Scalar, Node]]  # key -> (key node, value)
    refused: list[RejectedNode]  # rejected keys, already reported
    repeated: list[Scalar]  # duplicate keys, already reported


class RejectedNode(NamedTuple):
    """Placeholder for a node that was rejected and reported, so that it is reported once."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | RejectedNode


class _Refused(Exception):
    """The file cannot be read any further; the reason is already reported."""


def tree(data: bytes, errors: ErrorCollector, cache: BuildCache) -> Node:
    """The root node of `data`, or a RejectedNode. `data` may be cut off after LARGEST bytes.

    The trees of files without errors are cached.
    """
    key = blake2b(b"YAML\0" + data, digest_size=16).digest()
    known = cache.get(key)
    if known is not None:
        return _from_json(json.loads(known))
    try:
        node = _composed(_clean(_decoded(data, errors), errors), errors)
    except _Refused:
        return RejectedNode(1, 1)
    if not errors.problems:
        cache.put(key, json.dumps(node, ensure_ascii=False).encode())
    return node


def _from_json(node: Any) -> Node:
    """A node without errors from JSON, where it is a list."""
    line, column, what, *more = node
    if isinstance(what, str):
        return Scalar(line, column, what, *more)
    if isinstance(what, list):
        return Sequence(line, column, [_from_json(item) for item in what])
    fields = {name: (Scalar(*key), _from_json(value)) for name, (key, value) in more[0].items()}
    return Mapping(line, column, what, fields, [], [])


# --- Bytes to text ----------------------------------------------------------------------------------------------------


def _decoded(data: bytes, errors: ErrorCollector) -> str:
    if len(data) > LARGEST:
        errors.add(errors.place(1, 1), f"the file is larger than {LARGEST // 1024} KiB", "shorten it")
        raise _Refused
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = errors.place(*_position(error.object[: error.start].decode("utf-8-sig"), len(data)))
        encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
        what = f"it is {encoding}" if encoding else f"byte 0x{error.object[error.start]:02X} is not valid"
        errors.add(at, f"the file is not UTF-8: {what}", "save the file as UTF-8")
        raise _Refused from None


_BYTE_ORDER_MARKS = {  # that of UTF-32 begins like that of UTF-16
    **dict.fromkeys((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE), "UTF-32"),
    **dict.fromkeys((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), "UTF-16"),
}


def _position(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index`, or of the end of `text` if that comes before."""
    before = text[:index]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


# Control characters except line feed; line ends of YAML that editors do not show as such; invisible characters, bidi
# controls, surrogates and noncharacters.
_STRANGE = (
    "\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff"
    "\ufff0-\uffff\U000e0000-\U0010ffff"
)
_FORBIDDEN = re.compile(f"[{_STRANGE}]|\r(?!\n)")
_UNPRINTABLE = re.compile(f"[{_STRANGE}\r]")
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7}|={7})(?![<>=]).*", re.MULTILINE)


def _clean(text: str, errors: ErrorCollector) -> str:
    found = 0
    for match in _FORBIDDEN.finditer(text):
        at = errors.place(*_position(text, match.start()))
        errors.add(at, *_refusal(match[0]))
        found += 1
        if found == MOST_CHARACTERS:
            break
    for match in _MERGE_MARK.finditer(text):
        at = errors.place(*_position(text, match.start()))
        errors.add(
            at, f"{quoted(match[0])} is left over from a merge", "keep the right lines, and delete the merge markers"
        )
        found += 1
        break
    if found:
        raise _Refused
    return text


def _refusal(char: str) -> tuple[str, str]:
    if char == "\t":
        return "a tab is not allowed in content", "use spaces"
    if char == "\r":
        return "a carriage return without a line feed is not allowed in content", "save the file with LF line endings"
    if char == "\ufffd":
        return f"{character(char)} is not allowed in content", "a character was lost here: write it again"
    return f"{character(char)} is not allowed in content", "delete it"


# --- Text to tree -----------------------------------------------------------------------------------------------------


def _composed(text: str, errors: ErrorCollector) -> Node:
    import yaml  # imported here: a build without changes does not need it

    builder = _Builder(errors)
    scalars: list[tuple[int, int]] = []
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            builder.take(event)
            if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
                scalars.append((event.start_mark.index, event.end_mark.index))
    except yaml.MarkedYAMLError as error:
        errors.add(*_syntax_problem(error, text, errors))
        raise _Refused from None
    except (yaml.YAMLError, UnicodeError):  # UnicodeError: the C library lets `!%C0%80` through to Python's decoder
        hint = "look for a tag or an escape here or below, and delete it"
        errors.add(errors.place(*builder.last), "YAML cannot be read from here on", hint)
        raise _Refused from None
    if "#" in text:
        _refuse_hidden_text(text, scalars, errors)
    if builder.root is None:
        errors.add(errors.place(1, 1), "the file is empty", "write the fields that CONTRIBUTING.md lists")
        raise _Refused
    return builder.root


_COMMENT = re.compile(r"#.*")


def _refuse_hidden_text(text: str, scalars: Iterable[tuple[int, int]], errors: ErrorCollector) -> None:
    """Report each comment that may be meant as text: beside a value, or not in the column of the line below."""
    end = 0
    for start, after in (*scalars, (len(text), len(text))):
        for match in _COMMENT.finditer(text, end, start):
            _refuse_if_hidden(text, match, errors)
        end = max(end, after)
        header = text[start : text.find("\n", start)] if text[start : start + 1] in {"|", ">"} else ""
        if "#" in header:
            _refuse_comment(text, start + header.index("#"), errors)


def _refuse_if_hidden(text: str, comment: re.Match[str], errors: ErrorCollector) -> None:
    line = text[text.rfind("\n", 0, comment.start()) + 1 : comment.start()]
    below = re.compile(r"\n(?: *(?:#.*)?\r?\n)*( *)(?=[^ #\r\n])").match(text, text.find("\n", comment.start()))
    if line != (below[1] if below else ""):
        _refuse_comment(text, comment.start(), errors)


def _refuse_comment(text: str, index: int, errors: ErrorCollector) -> None:
    found = _COMMENT.match(text, index)
    assert found
    errors.add(
        errors.place(*_position(text, index)),
        f"{quoted(found[0].rstrip())} is a comment, which no page shows",
        "quote a text that contains ' #'; write a comment on a line of its own, in the same column as the line below",
    )


class _Builder:
    """Events -> tree. Open collections form a stack; in a mapping, a key is held until its value arrives."""

    def __init__(self, errors: ErrorCollector) -> None:
        import yaml

        self.root: Node | None = None
        self.last: tuple[int, int] = (1, 1)  # start of the last event
        self._errors = errors
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | RejectedNode | None] = []  # per open collection, the key without a value yet
        self._documents = 0
        self._takers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: self._take_mapping,
            yaml.MappingEndEvent: self._take_end,
            yaml.SequenceStartEvent: self._take_sequence,
            yaml.SequenceEndEvent: self._take_end,
            yaml.AliasEvent: self._take_alias,
            yaml.DocumentStartEvent: self._take_document,
        }

    def take(self, event: yaml.Event) -> None:
        take = self._takers.get(type(event))
        if take:
            mark = event.start_mark
            assert mark  # None only for events that are not from a parser
            self.last = mark.line + 1, mark.column + 1
            take(event)

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        line, column = self.last
        self._refuse_extras(event)
        escaped = _UNPRINTABLE.search(event.value) if event.style == '"' else None
        if escaped:
            self._add_error(f"the escape for {character(escaped[0])} is not allowed in content", "delete it")
        if escaped or event.tag:
            self._put(RejectedNode(line, column))
        else:
            self._put(Scalar(line, column, event.value, not event.style))

    def _take_mapping(self, event: yaml.MappingStartEvent) -> None:
        self._refuse_extras(event)
        self._enter(Mapping(*self.last, bool(event.flow_style), {}, [], []))

    def _take_sequence(self, event: yaml.SequenceStartEvent) -> None:
        self._refuse_extras(event)
        self._enter(Sequence(*self.last, []))

    def _take_end(self, _: yaml.CollectionEndEvent) -> None:
        self._open.pop()
        self._keys.pop()

    def _take_alias(self, event: yaml.AliasEvent) -> None:
        hint = "write the value again, or quote a text that begins with *"
        self._add_error(f"{quoted(f'*{event.anchor}')} is a YAML alias, which is not allowed in content", hint)
        self._put(RejectedNode(*self.last))

    def _take_document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._add_error("a line that begins with % is not allowed in content", "delete it")
        if self._documents > 1:
            self._add_error("a second document begins here", "delete the '---': a file holds one document")
            raise _Refused

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            hint = "delete it, or quote a text that begins with &"
            self._add_error(f"{quoted(f'&{event.anchor}')} is a YAML anchor, which is not allowed in content", hint)
        if event.tag:
            hint = "delete it, or quote a text that begins with !"
            self._add_error(f"{quoted(event.tag)} is a YAML tag, which is not allowed in content", hint)

    def _enter(self, node: Sequence | Mapping) -> None:
        if len(self._open) == DEEPEST:
            self._add_error(f"this is nested more than {DEEPEST} levels deep", "remove brackets or indentation")
            raise _Refused
        self._put(node)
        self._open.append(node)
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        within = self._open[-1]
        if isinstance(within, Sequence):
            within.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(node)
            return
        self._keys[-1] = None
        if isinstance(key, RejectedNode):
            within.refused.append(key)
            return
        first = within.fields.setdefault(key.value, (key, node))[0]
        if first is not key:
            within.repeated.append(key)
            at = self._errors.place(key.line, key.column)
            self._errors.add(
                at, f"{quoted(key.value)} is written twice", f"delete one: the first is on line {first.line}"
            )

    def _key(self, node: Node) -> Scalar | RejectedNode:
        if isinstance(node, RejectedNode):
            return node
        if not isinstance(node, Scalar):
            self._add_error("a list or a mapping cannot be a key", "quote a text that begins with [ or {")
        elif node.plain and node.value == "<<":
            self._add_error("a merge key (<<) is not allowed in content", "write the fields themselves")
        elif node.plain and not node.value:
            self._add_error("the key before the colon is missing", "write 'key: value', or quote the text")
        else:
            return node
        return RejectedNode(node.line, node.column)

    def _add_error(self, message: str, hint: str = "") -> None:
        self._errors.add(self._errors.place(*self.last), message, hint)


# --- Syntax errors, in words for editors ------------------------------------------------------------------------------

# The parser's message -> whether to report the start of the construct, our message, the hint.
_SYNTAX = {
    "mapping values are not allowed": (
        False,
        "there is a second colon in this text, or wrong indentation",
        "quote a text that contains ': '; begin the fields of one mapping in the same column",
    ),
    "could not find expected ':'": (
        True,
        "the colon after this key is missing",
        "write 'key: value', with a space after the colon",
    ),
    "did not find expected key": (
        False,
        "this does not continue the lines above",
        "begin the fields of one mapping in the same column; write quotes inside a quoted text twice",
    ),
    "did not find expected '-' indicator": (
        False,
        "this is not an item of the list above",
        "begin each item with '- '",
    ),
    "did not find expected ',' or": (
        False,
        "a comma or a closing bracket is missing before this",
        "add it, or quote a text that contains , : # [ ] { }",
    ),
    "did not find expected node content": (
        False,
        "a value is missing here, or begins with a special character",
        "close each bracket once; quote a text that begins with a special character",
    ),
    "found unexpected end of stream": (
        True,
        "this quotation mark is never closed",
        "close it, or write >- and the text on the lines below",
    ),
    "found character that cannot start any token": (
        False,
        "an unquoted text cannot begin with this character",
        "quote the text",
    ),
    "found unknown escape character": (
        False,
        "this escape does not exist: in double quotes a backslash is special",
        "use single quotes, or write \\\\ for a backslash",
    ),
    "invalid Unicode character escape": (False, "this escape is not a character", "write the character itself"),
    "did not find expected hexdecimal number": (
        False,
        "this escape is not a character: hexadecimal digits are missing",
        "write the character itself, or use single quotes",
    ),
    "found unexpected document indicator": (
        True,
        "this quotation mark is not closed before a line that begins with --- or ...",
        "close it, or indent that line",
    ),
    "found an indentation indicator equal to 0": (
        False,
        "a text after >- or |- cannot be indented by 0 spaces",
        "delete the digit, and indent the text",
    ),
    "found undefined tag handle": (False, "an unquoted text cannot begin with !", "quote the text"),
    "found incompatible YAML document": (False, "a line that begins with % is not allowed in content", "delete it"),
    "block sequence entries are not allowed": (False, "a list cannot begin on this line", "begin it on the next line"),
    "did not find expected alphabetic or numeric": (
        True,
        "an unquoted text cannot begin with * or &",
        "quote the text",
    ),
    "did not find expected <document start>": (
        False,
        "this does not continue the lines above",
        "write one mapping or one list in a file",
    ),
    "did not find expected comment or line break": (
        False,
        "a text after >- or |- must begin on the next line",
        "write it there, indented",
    ),
    "mapping keys are not allowed": (
        False,
        "an unquoted text cannot begin with a question mark and a space",
        "quote the text",
    ),
    "found unexpected ':'": (False, "this colon does not end a key", "write a space and the value after it"),
}
# The end of its message or of what it was reading, for its many messages about what content may not have at all.
_SYNTAX_WITHIN = {
    " tag": (True, "an unquoted text cannot begin with !", "quote the text"),
    " directive": (True, "a line cannot begin with %", "delete it, or quote the text"),
}
_UNKNOWN_SYNTAX = "look for a missing quotation mark or bracket here or above; quote a text with special characters"
_FULL_WIDTH_COLON = re.compile(r"^[\s{-]*([A-Za-z0-9_.-]{1,40})：")
_NO_SPACE_AFTER_COLON = re.compile(r"^[\s-]*([a-z_]{1,40}):[^\s/]")


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, errors: ErrorCollector) -> tuple[Place, str, str]:
    said = error.context or "", error.problem or ""
    within = (words for ending, words in _SYNTAX_WITHIN.items() if any(each.endswith(ending) for each in said))
    by_problem = (words for problem, words in _SYNTAX.items() if problem in (error.problem or ""))
    otherwise = False, f"this is not valid YAML: {error.problem or 'the parser gives no reason'}", _UNKNOWN_SYNTAX
    where_begun, message, hint = next(chain(within, by_problem), otherwise)
    mark = (error.context_mark or error.problem_mark) if where_begun else (error.problem_mark or error.context_mark)
    if mark is None:
        return errors.place(1, 1), message, hint
    lines = text.splitlines()
    for number in (mark.line, mark.line - 1):
        if 0 <= number < len(lines) and (match := _FULL_WIDTH_COLON.match(lines[number])):
            at = errors.place(number + 1, match.end())
            hint = f"write '{match[1]}: ' with an ASCII colon and a space"
            return at, f"there is a full-width colon after {quoted(match[1])}", hint
    if mark.line < len(lines) and (match := _NO_SPACE_AFTER_COLON.match(lines[mark.line])):
        return (
            errors.place(mark.line + 1, match.end() - 1),
            f"the space after '{match[1]}:' is missing",
            "write 'key: value'",
        )
    return errors.place(mark.line + 1, mark.column + 1), message, hint
