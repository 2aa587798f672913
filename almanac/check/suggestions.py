"""Names in error messages, and hints for misspelt ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from almanac.spelling import digits, near


def did_you_mean(name: str, names: Iterable[str], marks: str = "''") -> str:
    """'did you mean …?', or "" if no name is similar. A name with other digits is another version or date: it is shown,
    but not as what was meant."""
    found = near(name, names)
    for each in found:
        if digits(each) == digits(name):
            return f"did you mean {each.join(marks)}?"
    return f"correct the name, or add it; the nearest, '{found[0]}', has other digits" if found else ""


def did_you_mean_subject(name: str, names: Collection[str]) -> str:
    """The same for subjects of rows, each as it is written there."""
    hint = did_you_mean(name, names)
    meant = next((each for each in names if f"'{each}'" in hint and as_subject(each) != each), "")
    return hint.replace(f"'{meant}'", as_subject(meant)) if meant else hint


def as_subject(name: str) -> str:
    """The name of a subject as it is written in a row: `gpt-4`, `{product: assistants-api}`."""
    kind, slash, id = name.partition("/")
    return f"{{{kind}: {id}}}" if kind and slash else name


def now_called(name: str, renamed: Mapping[str, str]) -> str:
    """The present id of a name by which a record is no longer called, as a hint, or ""."""
    return f"it is now called '{renamed[name]}': write '{renamed[name]}'" if name in renamed else ""


def called(name: str) -> str:
    """The name of a subject in messages: 'gpt-4', the product 'assistants-api'."""
    kind, slash, rest = name.partition("/")
    return f"the {kind} '{rest}'" if kind and slash else f"'{name}'"


def listed(names: Collection[str], last: str = "and") -> str:
    """'a', 'b' and 'c'."""
    quoted = [f"'{name}'" for name in names]
    return f" {last} ".join(filter(None, [", ".join(quoted[:-1]), *quoted[-1:]]))
