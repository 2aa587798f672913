"""Broken and hostile files: reported quickly, without a crash."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from almanac import load
from almanac.cache import BuildCache
from almanac.load.errors import ErrorCollector
from almanac.load.source import RejectedNode, tree
from tests.load.sound import MODEL, SOUND, write


def reported(yaml_text: str | bytes) -> list[str]:
    errors = ErrorCollector("x")
    tree(yaml_text.encode() if isinstance(yaml_text, str) else yaml_text, errors, BuildCache())
    return [f"{p.at}: {p.message}" + (f" | {p.hint}" if p.hint else "") for p in errors.problems]


# --- Comments ---------------------------------------------------------------------------------------------------------

COMMENT = (
    "is a comment, which no page shows | quote a text that contains ' #'; write a comment on a line of its own, in the"
)


@pytest.mark.parametrize(
    ("yaml_text", "at"),
    [
        pytest.param("a: GPT-4 #preview\n", "1:10", id="a plain text"),
        pytest.param("a: 预览 #预览\n", "1:7", id="Chinese"),
        pytest.param("a: b\n  c #d\n", "2:5", id="the second line of a text"),
        pytest.param("a: 'b'#c\n", "1:7", id="after quotes"),
        pytest.param("a: [b,#c\n  d]\n", "1:7", id="in brackets"),
        pytest.param("a: {b: c #d\n}\n", "1:10", id="in braces"),
        pytest.param("- a #b\n", "1:5", id="an item"),
        pytest.param("a: #b\n  c: d\n", "1:4", id="after a key"),
        pytest.param("a: >- # b\n  c\n", "1:7", id="before a block"),
        pytest.param("a:\n  b: |-\n    c\n   # d\n  e: f\n", "4:4", id="below a block"),
        pytest.param("a: b\n  # c\n", "2:3", id="indented at the end"),
        pytest.param("--- # a\nb: c\n", "1:5", id="after the mark of a document"),
        pytest.param("a: b\r\nc: d #e\r\n", "2:6", id="with other line ends"),
    ],
)
def test_a_comment_that_may_be_meant_as_text_is_reported(yaml_text: str, at: str) -> None:
    (line,) = reported(yaml_text)
    assert line.startswith(f"x:{at}: '#")
    assert COMMENT in line


def test_the_comment_is_quoted() -> None:
    (line,) = reported("a: GPT-4 #preview\n")
    assert line.startswith("x:1:10: '#preview' is a comment, which no page shows | ")


def test_other_comments_and_text_with_number_signs_are_not_reported() -> None:
    assert (
        reported(
            "# of the file\n\n# of the field\na: b#c\n# below\nd:\n  # in a mapping\n  e: 'f #g'\n  h: |-\n    # i\n"
            '    j #k\n\n  # of l\n  l: "m\n    # n"\no: [\n  # p\n  q,\n]\n# the end\n'
        )
        == []
    )


# --- Bytes and characters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yaml_text", "line"),
    [
        pytest.param(b"", "x:1:1: the file is empty | write the fields that CONTRIBUTING.md lists", id="nothing"),
        pytest.param(
            b"# a comment\n",
            "x:1:1: the file is empty | write the fields that CONTRIBUTING.md lists",
            id="a comment",
        ),
        pytest.param(
            b"a: b\nkey: \xff\n",
            "x:2:6: the file is not UTF-8: byte 0xFF is not valid | save the file as UTF-8",
            id="Latin-1",
        ),
        pytest.param(
            "名: 中文\n".encode() + "名: 中文\n".encode("gbk"),
            "x:2:1: the file is not UTF-8: byte 0xC3 is not valid | save the file as UTF-8",
            id="GBK",
        ),
        pytest.param(
            "a: 中".encode()[:-1],
            "x:1:4: the file is not UTF-8: byte 0xE4 is not valid | save the file as UTF-8",
            id="cut off",
        ),
        pytest.param(
            b"\xef\xbb\xbfa: \xff",
            "x:1:4: the file is not UTF-8: byte 0xFF is not valid | save the file as UTF-8",
            id="behind a mark",
        ),
        pytest.param(
            "a: b".encode("utf-16"),
            "x:1:1: the file is not UTF-8: it is UTF-16 | save the file as UTF-8",
            id="UTF-16",
        ),
        pytest.param(
            "a: b".encode("utf-32"),
            "x:1:1: the file is not UTF-8: it is UTF-32 | save the file as UTF-8",
            id="UTF-32",
        ),
        pytest.param(b"a: \0", "x:1:4: U+0000 (a control character) is not allowed in content | delete it", id="NUL"),
        pytest.param(
            b"a: \x1b[1m", "x:1:4: U+001B (a control character) is not allowed in content | delete it", id="ESC"
        ),
        pytest.param(b"a:\tb", "x:1:3: a tab is not allowed in content | use spaces", id="tab"),
        pytest.param(
            b"a: b\rc: d",
            "x:1:5: a carriage return without a line feed is not allowed in content"
            " | save the file with LF line endings",
            id="CR",
        ),
        pytest.param(
            "a: b\u2028c: d", "x:1:5: U+2028 (LINE SEPARATOR) is not allowed in content | delete it", id="2028"
        ),
        pytest.param(
            "a: b\x85c: d", "x:1:5: U+0085 (a control character) is not allowed in content | delete it", id="NEL"
        ),
        pytest.param(
            "a: \ufeffb",
            "x:1:4: U+FEFF (ZERO WIDTH NO-BREAK SPACE) is not allowed in content | delete it",
            id="BOM inside",
        ),
        pytest.param(
            "a: \u202eb",
            "x:1:4: U+202E (RIGHT-TO-LEFT OVERRIDE) is not allowed in content | delete it",
            id="right to left",
        ),
        pytest.param(
            "a: \ufffd",
            "x:1:4: U+FFFD (REPLACEMENT CHARACTER) is not allowed in content"
            " | a character was lost here: write it again",
            id="replacement",
        ),
        pytest.param("a" * 2**20, "x:1:1: the file is larger than 256 KiB | shorten it", id="a megabyte"),
    ],
)
def test_bytes_and_characters_with_an_error(yaml_text: str | bytes, line: str) -> None:
    assert reported(yaml_text) == [line]


@pytest.mark.parametrize(
    "yaml_text", ["\ufeffa: b\n", "a: b\r\nc: d\r\n", "---\na: b\n", "a: b", "a: DALL·E “中文”🎉\u3000é\n"]
)
def test_harmless_bytes_and_characters(yaml_text: str) -> None:
    assert reported(yaml_text) == []


@pytest.mark.parametrize(
    ("escape", "called"),
    [
        (r"\0", "U+0000 (a control character)"),
        (r"\e", "U+001B (a control character)"),
        (r"\t", "U+0009 (a control character)"),
        (r"\r", "U+000D (a control character)"),
        (r"\N", "U+0085 (a control character)"),
        (r"\L", "U+2028 (LINE SEPARATOR)"),
        (r"\u200b", "U+200B (ZERO WIDTH SPACE)"),
    ],
)
def test_escapes_cannot_produce_forbidden_characters(escape: str, called: str) -> None:
    assert reported(f'a: "{escape}"') == [f"x:1:4: the escape for {called} is not allowed in content | delete it"]


def test_an_escape_for_a_surrogate() -> None:
    assert reported(r'a: "\ud800"') == ["x:1:7: this escape is not a character | write the character itself"]


# --- Constructs -------------------------------------------------------------------------------------------------------

NO_ANCHOR = "is a YAML anchor, which is not allowed in content | delete it, or quote a text that begins with &"
NO_ALIAS = (
    "is a YAML alias, which is not allowed in content | write the value again, or quote a text that begins with *"
)
NO_TAG = "is a YAML tag, which is not allowed in content | delete it, or quote a text that begins with !"


@pytest.mark.parametrize(
    ("yaml_text", "lines"),
    [
        pytest.param("a: &b c\nd: *b", [f"x:1:4: '&b' {NO_ANCHOR}", f"x:2:4: '*b' {NO_ALIAS}"], id="anchor and alias"),
        pytest.param("a: !!int 1", [f"x:1:4: 'tag:yaml.org,2002:int' {NO_TAG}"], id="tag"),
        pytest.param("a: !important", [f"x:1:4: '!important' {NO_TAG}"], id="tag for a text"),
        pytest.param(
            "a: !!python/object/apply:os.system [x]",
            [f"x:1:4: 'tag:yaml.org,2002:python/object/apply:os.system' {NO_TAG}"],
            id="Python",
        ),
        pytest.param(
            "<<: {a: b}",
            ["x:1:1: a merge key (<<) is not allowed in content | write the fields themselves"],
            id="merge",
        ),
        pytest.param("a: b\na: c\n", ["x:2:1: 'a' is written twice | delete one: the first is on line 1"], id="twice"),
        pytest.param(
            "{[a]: b}",
            ["x:1:2: a list or a mapping cannot be a key | quote a text that begins with [ or {"],
            id="list as a key",
        ),
        pytest.param(
            "a: b\n---\nc: d\n",
            ["x:2:1: a second document begins here | delete the '---': a file holds one document"],
            id="two documents",
        ),
        pytest.param(
            "%YAML 1.1\n---\na: b\n",
            ["x:1:1: a line that begins with % is not allowed in content | delete it"],
            id="directive",
        ),
        pytest.param(
            "a: !<%c0%80> b",
            ["x:1:1: YAML cannot be read from here on | look for a tag or an escape here or below, and delete it"],
            id="bytes in a tag",
        ),
    ],
)
def test_constructs_that_are_not_allowed(yaml_text: str, lines: list[str]) -> None:
    assert reported(yaml_text) == lines


@pytest.mark.parametrize(
    ("yaml_text", "at"),
    [
        pytest.param("[" * 50_000, "1:21", id="lists"),
        pytest.param("{a: " * 50_000, "1:81", id="mappings"),
        pytest.param("- " * 50_000, "1:41", id="items"),
        pytest.param("\n".join(" " * depth + "a:" for depth in range(600)), "21:21", id="steps"),
    ],
)
def test_deep_nesting(yaml_text: str, at: str) -> None:
    hint = "remove brackets or indentation"
    assert reported(yaml_text) == [f"x:{at}: this is nested more than 20 levels deep | {hint}"]


def test_deep_nesting_of_keys() -> None:
    assert reported("? " * 50_000)[-1].startswith("x:1:41: this is nested more than 20 levels deep")


def test_nested_aliases_are_not_expanded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{m}, *{m}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True))
    assert len(reported(bomb)) == 9 + 16


# --- Syntax -----------------------------------------------------------------------------------------------------------

SAME_COLUMN = "begin the fields of one mapping in the same column; write quotes inside a quoted text twice"


@pytest.mark.parametrize(
    ("yaml_text", "line"),
    [
        pytest.param(
            "a: one: two",
            "1:7: there is a second colon in this text, or wrong indentation"
            " | quote a text that contains ': '; begin the fields of one mapping in the same column",
            id="colon in a text",
        ),
        pytest.param(
            "a: b\n  c: d\n",
            "2:4: there is a second colon in this text, or wrong indentation"
            " | quote a text that contains ': '; begin the fields of one mapping in the same column",
            id="step",
        ),
        pytest.param(
            "a: 'b\n",
            "1:4: this quotation mark is never closed | close it, or write >- and the text on the lines below",
            id="open",
        ),
        pytest.param("a: 'it's'\n", f"1:8: this does not continue the lines above | {SAME_COLUMN}", id="quote inside"),
        pytest.param(
            "a: [b\nc: d\n",
            "2:2: a comma or a closing bracket is missing before this"
            " | add it, or quote a text that contains , : # [ ] { }",
            id="bracket",
        ),
        pytest.param("a: @b", "1:4: an unquoted text cannot begin with this character | quote the text", id="@"),
        pytest.param("a: *b*", "1:4: an unquoted text cannot begin with * or & | quote the text", id="stars"),
        pytest.param(
            'a: "\\d"',
            "1:5: this escape does not exist: in double quotes a backslash is special"
            " | use single quotes, or write \\\\ for a backslash",
            id="backslash",
        ),
        pytest.param(
            "a: - b", "1:4: a list cannot begin on this line | begin it on the next line", id="item behind a key"
        ),
        pytest.param(
            "[a]\nb: c\n",
            "2:1: this does not continue the lines above | write one mapping or one list in a file",
            id="mapping behind a list",
        ),
        pytest.param(
            "a: b\nkey\nc: d\n",
            "2:1: the colon after this key is missing | write 'key: value', with a space after the colon",
            id="no colon",
        ),
        pytest.param(
            "a: b\nkind：chat\nc: d\n",
            "2:5: there is a full-width colon after 'kind' | write 'kind: ' with an ASCII colon and a space",
            id="full-width colon",
        ),
        pytest.param(
            "kind：chat\nc: d\n",
            "1:5: there is a full-width colon after 'kind' | write 'kind: ' with an ASCII colon and a space",
            id="full-width colon first",
        ),
        pytest.param(
            "a: b\nkind：chat\n",
            "2:5: there is a full-width colon after 'kind' | write 'kind: ' with an ASCII colon and a space",
            id="full-width colon last",
        ),
        pytest.param(
            "a: >- b\n",
            "1:7: a text after >- or |- must begin on the next line | write it there, indented",
            id="a block on its first line",
        ),
        pytest.param(
            "a: ? b\n",
            "1:4: an unquoted text cannot begin with a question mark and a space | quote the text",
            id="a question mark",
        ),
        pytest.param(
            "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> theirs\n",
            "2:1: '<<<<<<< HEAD' is left over from a merge | keep the right lines, and delete the merge markers",
            id="the marks of a merge",
        ),
        pytest.param(
            "a: b\nkind:chat\n", "2:5: the space after 'kind:' is missing | write 'key: value'", id="no space"
        ),
        pytest.param("a: !b,c d", "1:4: an unquoted text cannot begin with ! | quote the text", id="tag"),
        pytest.param("a: !b!c d", "1:4: an unquoted text cannot begin with ! | quote the text", id="tag handle"),
        pytest.param("a: b\n%c: d", "2:1: a line cannot begin with % | delete it, or quote the text", id="percent"),
        pytest.param(
            "%TAG ! x\n%TAG ! y\n", "2:1: a line cannot begin with % | delete it, or quote the text", id="directives"
        ),
        pytest.param(
            "a: 'b\n--- c'",
            "1:4: this quotation mark is not closed before a line that begins with --- or ..."
            " | close it, or indent that line",
            id="open before a document",
        ),
        pytest.param(
            'a: "\\xZZ"',
            "1:7: this escape is not a character: hexadecimal digits are missing"
            " | write the character itself, or use single quotes",
            id="escape without digits",
        ),
        pytest.param(
            "a: |0\n b",
            "1:5: a text after >- or |- cannot be indented by 0 spaces | delete the digit, and indent the text",
            id="no indentation",
        ),
        pytest.param(
            "{a:}", "1:3: this colon does not end a key | write a space and the value after it", id="colon and bracket"
        ),
    ],
)
def test_syntax_errors_in_words_for_editors(yaml_text: str, line: str) -> None:
    assert reported(yaml_text) == [f"x:{line}"]


# --- Arbitrary input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "yaml_text",
    [
        pytest.param("".join(f"k{n}: {n}\n" for n in range(20_000)), id="unknown fields"),
        pytest.param("input: [" + ",".join(f"txt{n}" for n in range(25_000)) + "]", id="unknown words"),
        pytest.param("a: &a b\n" * 30_000, id="anchors"),
        pytest.param("a: " + '"' + "\\n" * 120_000 + '"', id="escapes"),
        pytest.param("a: " + "#" * 250_000, id="comment"),
        pytest.param("\n" * 250_000 + "[", id="empty lines"),
        pytest.param("\x01" * 250_000, id="control characters"),
        pytest.param("{" + "a, " * 40_000 + "}", id="keys without values"),
        pytest.param("[" * 19 + "a, " * 40_000, id="brackets never closed"),
        pytest.param("label: " + "9_" * 120_000 + "x", id="almost a number"),
        pytest.param("label: " + "1:" * 120_000 + "x", id="almost a time"),
        pytest.param("source: " + "a" * 250_000 + "é", id="long id"),
    ],
)
def test_a_hostile_file_fails_fast(tmp_path: Path, yaml_text: str) -> None:
    write(tmp_path, {**SOUND, "models/gpt-4.yaml": yaml_text})
    began = time.perf_counter()
    assert load.content(tmp_path).unparsed.problems
    assert time.perf_counter() - began < 10  # seconds: most take a tenth; what this guards against took minutes


YAML_LIKE = st.lists(
    st.sampled_from(
        [*"[]{}:,-?!&*#|>%@`'\"\\~=<\n", "  ", ": ", "- ", "source", "models-2023-11", "en: ", "zh: ", "value: ",
         "0613", "---\n", "<<: ", "\ufeff", "：", "中", "\u2028", "\x00", "\t", "\r", "\\ud800", "!<%c0%80>"]
    )
).map("".join)  # fmt: skip


class Recorded(BuildCache):
    """A build cache that records its values."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[bytes, bytes] = {}

    def put(self, key: bytes, value: bytes) -> None:
        self.values[key] = value


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(yaml_text=st.binary() | st.text().map(str.encode) | YAML_LIKE.map(str.encode))
def test_arbitrary_bytes_are_read_or_reported(yaml_text: bytes) -> None:
    errors = ErrorCollector("x")
    recorded = Recorded()
    node = tree(yaml_text, errors, recorded)
    assert errors.problems or not isinstance(node, RejectedNode)
    assert len(recorded.values) == (not errors.problems)
    assert tree(yaml_text, ErrorCollector("x"), BuildCache(recorded.values)) == node
    for problem in errors.problems:
        assert (problem.message + problem.hint).isprintable()
        assert problem.at.line >= 1
        assert problem.at.column >= 1


@pytest.fixture(scope="module")
def sound_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("sound"), SOUND)


@st.composite
def corrupted_models(draw: st.DrawFn) -> bytes:
    """A sound file with a few parts replaced."""
    yaml_text = MODEL.encode()
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(yaml_text)))
        end = draw(st.integers(begin, min(len(yaml_text), begin + 12)))
        yaml_text = yaml_text[:begin] + draw(st.binary(max_size=6) | YAML_LIKE.map(str.encode)) + yaml_text[end:]
    return yaml_text


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(yaml_text=corrupted_models())
def test_a_corrupted_file_is_read_completely_or_reported(sound_root: Path, yaml_text: bytes) -> None:
    write(sound_root, {"models/gpt-4.yaml": yaml_text})
    loaded = load.content(sound_root)
    assert len(loaded.models) == (0 if loaded.unparsed.problems else 1)
    for model in loaded.models:
        assert None not in {
            model.source,
            *(fact.value for history in (model.kind, model.summary) for fact in history.facts),
        }
