"""No line breaks inside dates and between numbers and units; ids, links and code are unchanged."""

from __future__ import annotations

import pytest

from almanac.render.text.line_breaks import keep_together


@pytest.mark.parametrize(
    ("html", "unbroken"),
    [
        ("on 13 June 2023, or in May 2024", ["13 June 2023", "May 2024"]),
        ("30 days, 6 months and a 3-month notice", ["30 days", "6 months", "3-month"]),
        ("for at least 12\nmonths, from 13\nJune 2023", ["12\nmonths", "13\nJune 2023"]),
        ("older GPT-5 models, GPT-4.1.", ["GPT-5", "GPT-4.1"]),
        ("4,096 tokens at $0.03 per 1K tokens.", ["4,096 tokens", "1K tokens"]),
        ("于 2023年6月13日停用，提前 30 天", ["2023年6月13日", "30 天"]),
        ("共 3 个月，每 1K token $0.03", ["3 个月", "1K token"]),
        ("自 2024年起", ["2024年"]),
        ("the end of 2023. 2024 began", []),
        ('<a href="x#3 days">2 weeks</a>', ["2 weeks"]),
        ('<code class="long">gpt-4 2 days</code>', []),
        ("<code>gpt-4 2 days</code> <time>13 June 2023</time>", []),
        ("no number at all", []),
    ],
)
def test_keep_together(html: str, unbroken: list[str]) -> None:
    spans = [f'<span class="nowrap">{each}</span>' for each in unbroken]
    result = keep_together(html)
    assert result.count("<span") == len(spans)
    assert all(span in result for span in spans)
    assert result.replace('<span class="nowrap">', "").replace("</span>", "") == html


def test_keep_together_is_idempotent() -> None:
    once = keep_together("shut down on 13 June 2023, 于 2023年6月13日停用")
    assert keep_together(once) == once
