"""Finds names in text: of models by themselves, of endpoints and products by calls, headers and paths.

`templates/script/recognition.js` does the same in the browser, function by function. The table comes from
`almanac/render/patterns.py`, the test vectors of both from `tests/vectors/code.json`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_BEFORE, _AFTER, _LINE, _CALL_BEFORE = 64, 32, 400, 80  # characters of context
_LONGEST = 200  # characters of a piece that may be a name
_DIGITS = re.compile(r"[0-9]+")
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_WORDS = re.compile(r"[\w$]+", re.ASCII)
_HUMP = re.compile("(?<=[a-z0-9])(?=[A-Z])")
_GO_METHODS = {"New": "create", "Get": "retrieve"}
_NOT_PLAIN = re.compile(r"[^\w-].*", re.ASCII | re.DOTALL)
_PLAIN = re.compile(r"[\w-]", re.ASCII)


class Found(NamedTuple):
    """Something that was found in a text."""

    name: str
    how: str  # exact, alike, constant, renamed, tuned, unknown, call, header, argument
    written: str
    offset: int
    line: int = 0
    column: int = 0
    host: str = ""  # azure


class _Called(NamedTuple):
    name: str
    how: str


class _Piece(NamedTuple):
    """A piece of text with its context."""

    text: str
    start: int
    written: str
    before: str
    after: str


class Recognition:
    """Reads texts with one table of names and patterns."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        patterns = data["patterns"]
        self._forms = {name: re.compile(source, re.ASCII) for name, source in patterns["forms"].items()}
        self._endpoints, self._former = data["endpoints"], data["former"]
        self._headers = patterns["headers"]
        self._arguments = {re.compile(form, re.ASCII): names for form, names in patterns.get("arguments", {}).items()}
        each_digit = (head.replace("#", digit) for head in patterns["heads"] for digit in "0123456789")
        self._heads = list(dict.fromkeys(each_digit))
        self._learn_names([*data["models"], *self._former])
        self._learn_calls(patterns["calls"])
        self._templates = [(path.split("/"), endpoint) for path, endpoint in patterns["paths"].items()]
        heads = f"(?:{'|'.join(self._heads)}|{_FULL_WIDTH.pattern})"
        self._head = re.compile(heads, re.ASCII | re.IGNORECASE)
        self._run = self._forms["run"]

    def read(self, text: str) -> list[Found]:
        """Everything in a text, in its order."""
        # Where only Azure's clients or addresses are used, all names are Azure's.
        lower = text.lower()
        may_be = "azure" in lower or "cognitiveservices" in lower
        azure = may_be and self._is("azure_text", text) and not self._is("openai_text", text)
        host = "azure" if azure else ""
        found = list(self._names_in(text, host))
        others = [*self._calls_in(text, lower)]
        if "openai-beta" in lower:
            others += self._headers_in(text)
        others += self._arguments_in(text, lower)
        others += self._paths_in(text, is_openai="openai" in lower)
        found += (each._replace(host=host) for each in others)
        return _with_lines(sorted(found, key=lambda each: each.offset), text) if found else []

    # --- Names of models ---

    def _learn_names(self, names: list[str]) -> None:
        self.known = set(names)
        self._by_spelling = {name.lower(): name for name in names}
        self._by_letters: dict[str, str] = {}  # without hyphens, full stops, underscores; "" if that is ambiguous
        for name in names:
            other = self._by_letters.setdefault(self._squashed(name), name)
            if self.present(other) != self.present(name):
                self._by_letters[self._squashed(name)] = ""
        self._shapes = {_shape(name) for name in names if not self._is("letters", name)}
        self._shapes_of_heads = {_shape(name.split("-", 1)[0]) for name in names}

    def present(self, name: str) -> str:
        """The present name of something that was renamed; other names unchanged."""
        found: str = self._former.get(name, name)
        return found

    def _is(self, form: str, text: str) -> bool:
        return self._forms[form].search(text) is not None

    def _ascii(self, text: str) -> str:
        return text if text.isascii() else self._forms["hyphen"].sub("-", unicodedata.normalize("NFKC", text))

    def _squashed(self, text: str) -> str:
        """Without hyphens, full stops and underscores; "" for the beginning of a name."""
        if text.endswith(("-", ".", "_")):
            return ""
        letters = self._ascii(text).lower().replace("-", "").replace(".", "").replace("_", "")
        return self._forms["dot"].sub(r"\1", letters) if "dot" in letters else letters

    def _stands(self, form: str, at: _Piece) -> bool:
        return self._is(f"{form}_before", at.before) and self._is(f"{form}_after", at.after)

    def _is_in_line_of_names(self, at: _Piece) -> bool:
        end = at.start + len(at.written)
        before, after = at.text[max(0, at.start - _LINE - 1) : at.start], at.text[end : end + _LINE + 1]
        start, stop = before.rfind("\n"), after.find("\n")
        if (start < 0 and at.start > _LINE) or (stop < 0 and end + _LINE < len(at.text)):
            return False
        line = before[start + 1 :] + at.written + (after if stop < 0 else after[:stop])
        return all(each in self.known for each in re.split(r"[ \t\r,;]+", line) if each)

    def _is_set(self, at: _Piece) -> bool:
        return self._stands("set", at) and not self._is("comment_before", at.before)

    def _is_value(self, at: _Piece) -> bool:
        forms = ("quoted", "option", "alone")
        return any(self._stands(form, at) for form in forms) or self._is_set(at) or self._is_in_line_of_names(at)

    def _is_value_not_word(self, name: str, at: _Piece) -> bool:
        """The same for a name that could be a word, as ada, or a variable, as o1."""
        of_letters = self._is("letters", name)
        if of_letters and (self._is("code_before", at.before) or self._is("code_after", at.after)):
            return False
        named = self._forms["word_key_before"].search(at.before)
        listed = self._forms["list_key_before"].search(at.before)
        key = named[1] if named else ""
        list_key = listed[1] if listed else ""
        of_models = bool(key) and self._is("word_key", key)
        of_other = bool(key) and (self._is("word_not_key", key) or self._is("attribute_before", at.before))
        if any(self._stands(form, at) for form in ("option", "word_path", "element")):
            return True
        if list_key and self._is("word_not_key", list_key):
            return False
        if of_letters and not key and self._is_among_others(at):
            return False
        if self._is("word_key", list_key) and self._stands("item", at):
            return True
        as_letters = self._is("letters_key", key) if key else not at.before.endswith("/")
        may_be = as_letters if of_letters else of_models or not of_other
        if may_be and self._stands("word_quoted", at):
            return True
        if of_models and (self._is_set(at) or self._stands("assigned", at)):
            return True
        if not of_letters and may_be and any(self._stands(form, at) for form in ("word_set", "word_slash", "cell")):
            return True
        return self._stands("alone", at) or self._is_in_line_of_names(at)

    def _is_among_others(self, at: _Piece) -> bool:
        """Whether it stands in a list of strings of which those beside it are not names."""
        beside = (self._forms["neighbour_before"].search(at.before), self._forms["neighbour_after"].search(at.after))
        strings = [found[1] for found in beside if found]
        return bool(strings) and not any(self._by_letters.get(self._squashed(each)) for each in strings)

    def _called(self, name: str, how: str) -> _Called:
        present = self.present(name)
        return _Called(present, how if present == name else "renamed")

    def _constant_in(self, word: str, before: str) -> _Called | None:
        """A constant of a library."""
        qualified = self._is("qualified", word) and self._is("qualifier", before)
        if name := self._by_letters.get(self._squashed(word)):
            if self._is("word", name):
                of_type = not self._is("letters", name) and self._is("model_type", before)
                meant = of_type or (qualified and self._is("model_qualifier", before))
            else:
                meant = self._is("constant", word) or qualified or self._is("model_qualifier", before)
            if meant:
                return self._called(name, "constant")
        rest = self._forms["model_prefix"].sub("", word, count=1)
        other = self._by_letters.get(self._squashed(rest)) if rest != word else None
        return self._called(other, "constant") if other else None

    def _name_in(self, name: str, at: _Piece) -> _Called | None:
        if name in self.known:
            is_meant = not self._is("word", name) or self._is_value_not_word(name, at)
            return self._called(name, "exact") if is_meant else None
        spelling = self._ascii(name)
        alike = self._by_spelling.get(spelling.lower())
        if alike and not self._is("word", alike) and (spelling == alike or self._is_value(at)):
            return self._called(alike, "alike")
        if constant := self._constant_in(name, at.before):
            return constant
        likely = self._by_letters.get(self._squashed(name))
        if likely and not self._is("word", likely) and (self._is("azure_name", name) or self._is_value(at)):
            return self._called(likely, "alike")
        return None

    def _name_after_stop(self, name: str, at: _Piece) -> tuple[_Called, int, int] | None:
        """A name, or a constant, after one of the full stops: us.gpt-4o, openai.GPT4o, ChatModel.GPT_4O.toString."""
        start = 0
        for word in name.split(".")[:12]:
            before, rest = name[:start], name[start:]
            if start and rest in self.known:
                if not self._is("word", rest):
                    return self._called(rest, "exact"), start, len(name)
                if self._is("model_qualifier", before) and self._is("word_quoted_after", at.after):
                    return self._called(rest, "exact"), start, len(name)
            if start and (constant := self._constant_in(word, before)):
                return constant, start, start + len(word)
            start += len(word) + 1
        return None

    def _is_like_name(self, name: str, at: _Piece) -> bool:
        """Whether it is not on record but similar to a name: gpt-4-foo, gpt-9."""
        if not self._is("stranger", name) or self._is("not_stranger", name):
            return False
        head = name.split("-", 1)[0]
        if _shape(head) not in self._shapes_of_heads:
            return False
        end = len(name)
        while end > 0:
            if _shape(name[:end]) in self._shapes:
                return _shape(head) != "o0" or self._is_value(at)
            end = name.rfind("-", 0, end)
        likely = (head in self.known and len(head) > 3) or (head.endswith("gpt") and bool(_DIGITS.search(name)))
        return likely and self._is_value(at)

    def _in_piece(self, at: _Piece, host: str) -> Iterator[Found]:
        if len(at.written) > _LONGEST and ":" not in at.written:
            return
        name = _ENCODED.sub(lambda code: chr(int(code[1], 16)), at.written) if "%" in at.written else at.written
        short = len(name) <= _LONGEST
        if not host and (self._is("azure_before", at.before) or self._is("azure_name", self._ascii(name))):
            host_here = "azure"
        else:
            host_here = host
        if short and (whole := self._name_in(name, at)):
            yield Found(whole.name, whole.how, at.written, at.start, host=host_here)
            return
        base = self._forms["fine_tuned"].search(name) if short and "ft" in name else None
        if base and (tuned := self._name_in(base[1] or base[2], at._replace(before='"', after='"'))):
            yield Found(tuned.name, "tuned", at.written, at.start, host=host_here)
            return
        if ":" in at.written:
            start = at.start
            for part in at.written.split(":"):
                is_default = part.startswith("-") and at.text[start - 1 : start] == ":"  # ${MODEL:-gpt-4}
                if written := part[is_default:]:
                    yield from self._in_piece(_piece(at.text, start + is_default, written), host)
                start += len(part) + 1
            return
        after = self._name_after_stop(name, at) if name == at.written and "." in name else None
        if after:
            called, start, end = after
            yield Found(called.name, called.how, name[start:end], at.start + start, host=host_here)
        elif self._is_like_name(name, at):
            yield Found(name, "unknown", at.written, at.start, host=host_here)

    def _names_in(self, text: str, host: str) -> Iterator[Found]:
        for run, index in self._runs_in(text):
            # In "\ngpt-4" the n is part of the escape.
            escape = self._forms["escape"].search(run) if index and text[index - 1] == "\\" else None
            start = len(escape[0]) if escape else 0
            separators = [*self._forms["separator"].finditer(run)] if "/" in run or "%" in run else []
            ends = [*(each.start() for each in separators), len(run)]
            starts = [start, *(max(start, each.end()) for each in separators)]
            for first, end in zip(starts, ends, strict=True):
                part = run[first:end]
                if separators and not self._head.search(part):
                    continue
                # A full stop or a colon next to a name is punctuation.
                written = part.lstrip(".:")
                here = index + first + len(part) - len(written)
                written = written.rstrip(".:")
                while written[:1] == written[-1:] == "_":  # emphasis, as _gpt-4o_
                    here, written = here + 1, written[1:-1]
                if written:
                    yield from self._in_piece(_piece(text, here, written), host)

    def _runs_in(self, text: str) -> Iterator[tuple[str, int]]:
        """The runs of characters with the beginning of a name in them."""
        end = 0
        for at in self._heads_in(text):
            if at < end:
                continue
            start, step = at, _BEFORE
            while start > end:
                chunk = text[max(end, start - step) : start]
                back = self._run.match(chunk[::-1])
                length = back.end() if back else 0
                start, step = start - length, step * 2
                if length < len(chunk):
                    break
            whole = self._run.match(text, at)
            end = whole.end() if whole else at
            yield text[start:end], start

    def _heads_in(self, text: str) -> list[int]:
        lower = text.lower()
        if len(lower) != len(text) or (not text.isascii() and _FULL_WIDTH.search(text)):
            return [each.start() for each in self._head.finditer(text)]
        found = []
        for head in self._heads:
            at = lower.find(head)
            while at >= 0:
                found.append(at)
                at = lower.find(head, at + len(head))
        return sorted(found)

    # --- Endpoints and products ---

    def _learn_calls(self, calls: Mapping[str, list[str]]) -> None:
        self._named: dict[str, list[str]] = {}  # call -> names
        for name, several in calls.items():
            for resource, *methods in (each.split(" ") for each in several):
                for call in [f"{resource}.{method}" for method in methods] or [resource]:
                    self._named.setdefault(call, []).append(name)
        self._resources = {call.split(".", 1)[0] for call in self._named}
        self._longest = max((call.count(".") + 1 for call in self._named), default=0)

    def _calls_in(self, text: str, lower: str) -> Iterator[Found]:
        is_openai = "openai" in lower
        may_be = is_openai or not self._is("imports", text)  # a fragment does not say what it uses
        if not may_be and "client" not in lower and "oai" not in lower:
            return
        clients = set()
        for made in self._forms["made"].finditer(text) if is_openai else ():
            before = text[max(0, made.start() - _CALL_BEFORE) : made.start()]
            if client := self._forms["made_before"].search(before):
                clients.add(client[1])
        for chain in self._forms["chain"].finditer(text):
            if call := self._call_in(chain, text, clients, is_openai=is_openai, may_be=may_be):
                yield from call

    def _call_in(
        self, chain: re.Match[str], text: str, clients: set[str], *, is_openai: bool, may_be: bool
    ) -> list[Found]:
        words = [
            (word, each[0], each.start(), each.end())
            for each in _WORDS.finditer(chain[0])
            if not self._is("wrapper", word := _snake(each[0]))
        ]
        # In Go, client.Chat.Completions.New and client.CreateChatCompletion
        is_go = len(words) > 1 and all(written[0].isupper() is (at > 0) for at, (_, written, *_) in enumerate(words))
        if is_go and _lower(words[1][1]) in self._resources:
            words[1:] = [
                (_GO_METHODS.get(written, _lower(written)), written, start, end) for _, written, start, end in words[1:]
            ]
        if self._resources.isdisjoint(word for word, *_ in words):
            return []
        is_expression = chain[0][0] in ")]"

        def is_client(word: str) -> bool:
            return word in clients or self._is("client", word)

        def is_meant(call: str, start: int) -> bool:
            """A call of few words, such as files.create, could be of any library."""
            size = len(re.split(r"[._]", _HUMP.sub("_", call)))
            if not start:
                if size > 2:
                    return may_be and (is_expression or "." in call)
                before = text[max(0, chain.start() - _CALL_BEFORE) : chain.start() + 1]
                return size != 1 and is_expression and is_openai and self._is("expression_before", before)
            word, written, *_ = words[start - 1]
            if word in self._resources:
                return False
            if size == 1:
                return written == "openai"
            return may_be or is_client(written) if size > 2 else may_be and is_client(written)

        for start, (word, *_) in enumerate(words):
            if word not in self._resources:
                continue
            for end in range(min(len(words), start + self._longest), start, -1):
                call = ".".join(word for word, *_ in words[start:end])
                if call in self._named and is_meant(call, start):
                    first = words[max(0, start - 1)][2]
                    written = chain[0][first : words[end - 1][3]]
                    return [Found(name, "call", written, chain.start() + first) for name in self._named[call]]
        return []

    def _headers_in(self, text: str) -> Iterator[Found]:
        for header in self._forms["header"].finditer(text):
            for value in (each.strip(" ") for each in header[2].split(",")):
                for name in self._headers.get(f"{header[1].lower()}: {value}", ()):
                    yield Found(name, "header", f"{header[1]}: {value}", header.start())

    def _arguments_in(self, text: str, lower: str) -> Iterator[Found]:
        if "openai" not in lower and self._is("imports", text):
            return
        for form, names in self._arguments.items():
            for argument in form.finditer(text):
                for name in names:
                    yield Found(name, "argument", f"{argument[1]}.{argument[2]}", argument.start())

    def _paths_in(self, text: str, *, is_openai: bool) -> Iterator[Found]:
        for path in self._forms["path"].finditer(text) if "v1/" in text else ():
            before = text[max(0, path.start() - _BEFORE) : path.start()]
            if self._is("api_before" if is_openai else "host_before", before):
                continue
            whole = f"/{path[0].lstrip('/')}".split("/")[:12]
            segments = [_NOT_PLAIN.sub("", each) if _PLAIN.match(each) else each for each in whole]
            if found := self._endpoint_of(segments):
                yield found._replace(offset=path.start())
        for path in self._forms["short_path"].finditer(text) if is_openai else ():
            if (name := f"/v1{path[1]}") in self._endpoints:
                yield Found(name, "exact", path[1], path.start(1))

    def _endpoint_of(self, segments: list[str]) -> Found | None:
        """The endpoint of a path, by its longest beginning that is known."""
        for length in range(len(segments), 2, -1):
            path = "/".join(segments[:length])
            name = self.present(path)
            if name in self._endpoints:
                return Found(name, "exact" if name == path else "renamed", path, 0)
            for template, endpoint in self._templates:
                if len(template) == length and all(
                    each in ("{}", segment) for each, segment in zip(template, segments, strict=False)
                ):
                    return Found(endpoint, "exact", path, 0)
        return None


def _shape(text: str) -> str:
    return _DIGITS.sub("0", text)


def _snake(word: str) -> str:
    return _lower(word) if word[0].isascii() and word[0].islower() else word


def _lower(word: str) -> str:
    return _HUMP.sub("_", word).lower()


def _piece(text: str, start: int, written: str) -> _Piece:
    end = start + len(written)
    before = text[max(0, start - _BEFORE) : start]
    return _Piece(text, start, written, f"\n{before}" if start <= _BEFORE else before, text[end : end + _AFTER])


def _with_lines(several: list[Found], text: str) -> list[Found]:
    """The same with the line and the column of each, from 1."""
    starts = [0, *(each.end() for each in re.finditer("\n", text))]
    lines = (bisect_right(starts, each.offset) for each in several)
    return [
        each._replace(line=line, column=each.offset - starts[line - 1] + 1)
        for each, line in zip(several, lines, strict=True)
    ]
