"""How a page changes on its way to the browser."""

from __future__ import annotations

import re

import pytest

from almanac.serve.faults import STYLE_HASH
from almanac.serve.live import livened
from almanac.serve.showing import Showing, Site

SITE = Site({}, "0123")
HOST = "localhost:8000"


@pytest.mark.parametrize(
    ("policy", "relaxed"),
    [
        (
            "default-src 'none'; script-src 'self'",
            "default-src 'none'; script-src 'self'; connect-src 'self' ws://localhost:8000",
        ),
        ("default-src 'self'", "default-src 'self'; script-src 'self'; connect-src 'self' ws://localhost:8000"),
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self' ws://localhost:8000"),
        (
            "script-src 'sha256-a='; connect-src 'none'",
            "script-src 'sha256-a=' 'self'; connect-src 'self' ws://localhost:8000",
        ),
        ("img-src data:", "img-src data:"),
        ("default-src &#39;none&#39;", "default-src 'none'; script-src 'self'; connect-src 'self' ws://localhost:8000"),
    ],
    ids=["scripts let in", "all of its own", "nothing", "hashes alone", "no word on scripts", "escaped"],
)
def test_a_policy_lets_in_the_live_reload_and_nothing_else(policy: str, relaxed: str) -> None:
    page = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head><body></body>'
    found = re.search('content="([^"]*)"', livened(page.encode(), Showing(SITE, ""), HOST).decode())
    assert found
    assert found[1] == relaxed


def test_the_panel_with_the_faults_comes_with_its_style_let_in() -> None:
    page = (
        b"<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-a='\">"
        b"</head><body><p>Last good</p></body></html>"
    )
    shown = livened(page, Showing(SITE, "<i>5:1: error</i>"), HOST).decode()
    assert f"style-src 'sha256-a=' {STYLE_HASH};" in shown
    assert "<p>Last good</p><aside" in shown
    assert "<pre>&lt;i&gt;5:1: error&lt;/i&gt;</pre>" in shown
    assert shown.endswith("</aside>\n</body></html>")


def test_a_page_that_is_none_stays_as_it_is() -> None:
    for page in (b"", b"google-site-verification: x", b"\xff\xfe"):
        assert livened(page, Showing(SITE, "faults"), HOST) == page


def test_a_byte_that_is_not_utf_8_stays_too() -> None:
    assert b"</head>\xff<body>" in livened(b"<head></head>\xff<body>", Showing(SITE, ""), HOST)


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("127.0.0.1:8000", "host=127.0.0.1&amp;port=8000&amp;"),
        ("[::1]:8000", "host=[::1]&amp;port=8000&amp;"),
        ("[::1]", "host=[::1]&amp;port=80&amp;"),
        ("localhost", "host=localhost&amp;port=80&amp;"),
    ],
)
def test_the_script_is_told_where_to_connect(host: str, asked: str) -> None:
    assert asked in livened(b"<head></head>", Showing(SITE, ""), host).decode()


def test_what_was_made_differs_with_the_site_and_with_its_faults() -> None:
    showings = [
        Showing(None, ""),
        Showing(None, "a"),
        Showing(SITE, ""),
        Showing(SITE, "a"),
        Showing(Site({}, "4"), "a"),
    ]
    assert len({showing.made for showing in showings}) == len(showings)
