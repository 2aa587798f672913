"""Prevents line breaks within dates and names, and between a number and its unit."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:[.,]\d+)*[KM]?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MEASURES = (
    "announcements?|characters?|copies|days?|endpoints?|hours?|minutes?|models?|months?|names?|pages?|plans?|"
    "requests?|rows?|shutdowns?|snapshots?|sources?|times|tokens?|weeks?|years?"
)
_HAN_MEASURES = "个月|个工作日|小时|分钟|美元|token(?![a-z])|[个天周年月条行项种次倍页份处档组则张名家款套块列级步类]"

_KEPT = re.compile(
    rf"""
    <code[^>]*>.*?</code> | <time.*?</time> | <span\ class="nowrap">.*?</span> | <[^>]*> | (
        \bGPT-\d[\w.]*\b
      | \d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)? | \d{{1,2}}月(?:\d{{1,2}}日)?
      | \$?{_NUMBER}\ ?(?:{_HAN_MEASURES})
      | (?:\d{{1,2}}\s)?(?:{_MONTHS})\s\d{{4}}\b | \d{{1,2}}\s(?:{_MONTHS})\b
      | \$?{_NUMBER}[\s-](?:{_MEASURES})\b
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_DIGIT = re.compile(r"\d")


def keep_together(html: str) -> str:
    """HTML of a phrase or block with each date, measure and name with a hyphen in a `nowrap` span; for both languages.

    `code` and `time` elements are unchanged: CSS keeps them on one line.
    """
    return _KEPT.sub(_span, html) if _DIGIT.search(html) else html


def _span(found: re.Match[str]) -> str:
    return f'<span class="nowrap">{found[1]}</span>' if found[1] else found[0]
