"""Text that is safe to print to a terminal, a log or a CI runner."""

from __future__ import annotations


def printable(text: str, keep: str = "") -> str:
    """`text` with line ends, terminal escapes, bidi controls and lone surrogates escaped; `keep` lists exceptions."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in keep else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char.encode("ascii", "backslashreplace").decode("ascii") if ord(char) > 0x7E else f"\\x{ord(char):02x}"
