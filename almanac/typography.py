"""Chinese typography: patterns of what is wrong, and a line with what can be corrected without a doubt."""

from __future__ import annotations

import re

CODE = "\ue000"
"""Stands for inline code in plain text: a private-use character, which texts may not contain."""

HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
FULL = "，。、：；？！（）“”《》〈〉「」『』【】"
TO_FULL = dict(zip(",.;:!?()", "，。；：！？（）", strict=True))

HALF_WIDTH = re.compile(
    rf"(?<=[{HAN}]) ?[,;:!?(]|(?<=[{HAN}])[.)\"](?![A-Za-z0-9])|[,;:!?()\"](?=[{HAN}])|[)] (?=[{HAN}])"
)
FULL_FORM = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
UNSPACED = re.compile(rf"[{HAN}](?=[A-Za-z0-9{CODE}])|[A-Za-z0-9{CODE}](?=[{HAN}])")
ONE_WORD = re.compile(rf"[A-Za-z0-9{CODE}](?:[^\s{HAN}{FULL}]*[A-Za-z0-9{CODE}])?")
DATE = re.compile(r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日")
SPACED_DATE = re.compile(
    r"[0-9]{4} ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?|[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|(?<![0-9])[12][0-9]{3} 年"
)
BESIDE_FULL = re.compile(rf"(?<! ) +[{FULL}]|[{FULL}] +")
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
BROKEN = re.compile(rf"(?<=[{HAN}{FULL}])\n(?=[{HAN}{FULL}])")


def half(full: str) -> str:
    return "".join(chr(ord(character) - 0xFEE0) for character in full)


def unspaced(date: re.Match[str]) -> str:
    """A date with its Han characters replaced, at the same length, so that it needs no spaces."""
    return re.sub("[年月日]", "_", date[0])


# --- Corrections ------------------------------------------------------------------------------------------------------

_KEPT = re.compile(r"(?P<code>(`+)[^`]+\2(?!`))|\]\([^()\s]*\)|https?://[!-~]+|\{[a-z_]+\}")
_OTHER = "\ue001"
_MARKER = re.compile(r"\s*(?:(?:[-*>]|[0-9]+[.)]) +)*")  # of a list item or a quotation
_SURE = re.compile(rf"(?<=[{HAN}]) ?[,;:!?(]|(?<=[{HAN}])[.)](?![A-Za-z0-9.])|[,;:!?()](?=[{HAN}])|[)] (?=[{HAN}])")


def corrected(line: str) -> str:
    """A line of Chinese Markdown with full-width punctuation and the right spaces; code, links, placeholders stay."""
    kept: list[str] = []

    def masked(match: re.Match[str]) -> str:
        kept.append(match[0])
        return CODE if match["code"] else _OTHER

    marker = _MARKER.match(line)
    start = marker.end() if marker else 0
    words = FULL_FORM.sub(lambda match: half(match[0]), _KEPT.sub(masked, line[start:]))
    words = SPACED_DATE.sub(lambda match: match[0].replace(" ", ""), words)
    words = _SURE.sub(lambda match: TO_FULL[match[0].strip()], words)
    words = BETWEEN_HAN.sub("", BESIDE_FULL.sub(lambda match: match[0].strip(), words))
    for match in reversed(list(UNSPACED.finditer(DATE.sub(unspaced, words)))):
        words = f"{words[: match.end()]} {words[match.end() :]}"
    restored = iter(kept)
    return line[:start] + re.sub(f"[{CODE}{_OTHER}]", lambda _: next(restored), words)
