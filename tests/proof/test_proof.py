"""Each error that a draft can have, and its exact message."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from almanac import proof
from almanac.draft import EDITIONS, Address, Draft, Proofed, SiteErrors

STYLE, SCRIPT = "a { color: red }", 'if (1 < 2) document.title = \' href="nowhere.html" id="twice" id="twice"\''
HASHES = " ".join(f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in (STYLE, SCRIPT))
POLICY = f'<meta http-equiv="Content-Security-Policy" content="default-src \'self\'; script-src {HASHES}">'
HEAD = f'{POLICY}\n<meta charset="utf-8">\n<style>{STYLE}</style><script>{SCRIPT}</script>'


def page(body: str = "", head: str = HEAD) -> bytes:
    return f"<!doctype html>\n<html>\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n".encode()


def draft(**bodies: str) -> dict[Address, bytes]:
    """A sound site; `home`, `model`, `chooser` and `lost` add to the body of those pages."""
    home = page(f'<main id="top"><a href="models/gpt-4.html#facts">gpt-4</a>{bodies.get("home", "")}</main>')
    model = page(f'<h2 id="facts">事实</h2><a href="../index.html?a=b#top">home</a>{bodies.get("model", "")}')
    site = {"index.html": page(f'<a href="en/index.html">English</a>{bodies.get("chooser", "")}')}
    for edition in EDITIONS:
        site |= {f"{edition}/index.html": home, f"{edition}/models/gpt-4.html": model}
    site["404.html"] = page(f'<a href="/repo/en/index.html#top">home</a>{bodies.get("lost", "")}')
    site |= {"icon.svg": b'<svg><g id="moon"/></svg>\n', "search.js": b"// on its own\n", ".nojekyll": b""}
    return {Address(address): data for address, data in site.items()}


def errors(site: Draft, base_path: str = "/repo/") -> list[str]:
    with pytest.raises(SiteErrors) as reported:
        proof.draft(site, base_path)
    return [str(error) for error in reported.value.errors]


def test_a_correct_draft_is_proofed_unchanged() -> None:
    assert proof.draft(draft(), "/repo/") == draft()


def test_a_proofed_draft_is_immutable() -> None:
    site = draft()
    proofed: Proofed = proof.draft(site, "repo")
    site[Address("late.html")] = b""
    assert "late.html" not in proofed
    with pytest.raises(TypeError):
        proofed[Address("late.html")] = b""  # type: ignore[index]  # it is a type error, too


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://example.org/x#y">elsewhere</a>',
        '<a href="mailto:a@example.org">mail</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<svg><use href="icon.svg#moon"/></svg>',
        '<a data-href="nowhere.html" href="en/models/gpt%2D4.html">escaped</a>',
        '<p>on Monday, style = "plain", &lt;a href=&quot;nowhere.html&quot;&gt;</p>',
        '<script src="search.js"></script><script type="application/json">{"a": 1}</script>',
    ],
)
def test_correct_markup(body: str) -> None:
    proof.draft(draft(chooser=body), "/repo/")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<a href="model.html">x</a>', "links to 'model.html', but there is no 'model.html'"),
        ('<a\nhref="model.html">x</a>', "links to 'model.html', but there is no 'model.html'"),
        ('<img src="en/x.png">', "links to 'en/x.png', but there is no 'en/x.png'"),
        ('<form action="find.html">', "links to 'find.html', but there is no 'find.html'"),
        ('<a href="en/">x</a>', "links to 'en/', but there is no 'en/'"),
        ('<a href="EN/index.html">x</a>', "links to 'EN/index.html', but there is no 'EN/index.html'"),
        ('<a href="#facts">x</a>', "links to '#facts', which is not an anchor of the page"),
        ('<a href="#">x</a>', "links to '#', which is not an anchor of the page"),
        ('<a href="en/index.html#facts">x</a>', "links to 'en/index.html#facts', but en/index.html has no such anchor"),
        ('<a href="search.js#on">x</a>', "links to 'search.js#on', but search.js has no such anchor"),
        (
            '<a href="/en/index.html">x</a>',
            "links to '/en/index.html': the link must be relative and stay inside the site",
        ),
        (
            '<a href="en/../../x.html">x</a>',
            "links to 'en/../../x.html': the link must be relative and stay inside the site",
        ),
        ('<a href="http://x.org">x</a>', "links to 'http://x.org': only https: and mailto: links may leave the site"),
        ('<a href="//x.org">x</a>', "links to '//x.org': only https: and mailto: links may leave the site"),
        ('<a href="JavaScript:x">x</a>', "links to 'JavaScript:x': only https: and mailto: links may leave the site"),
        ('<script src="https://x.org/x.js"></script>', "loads 'https://x.org/x.js' from another host"),
        ('<p id="a"></p><p id="a"></p>', "has the id 'a' 2 times"),
        ('<p id="a b"></p>', "has the id 'a b', which is not a plain ASCII word"),
        ('<p id=""></p>', "has the id '', which is not a plain ASCII word"),
        ('<p id="事实"></p>', r"has the id '\u4e8b\u5b9e', which is not a plain ASCII word"),
        ('<p style="color: red">', "has a style attribute"),
        ('<p onclick="go()">', 'has an event handler in an attribute: onclick="…'),
        ("<script>go()</script>", "has an inline script whose hash its Content-Security-Policy does not name"),
        ("\r", "has a carriage return"),
    ],
)
def test_an_error_in_a_page(body: str, message: str) -> None:
    assert errors(draft(chooser=body)) == [f"index.html: {message}"]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (HEAD.removeprefix(POLICY), "has no Content-Security-Policy first in its head"),
        ("<title>x</title>" + HEAD, "has no Content-Security-Policy first in its head"),
        (HEAD.replace("'self'", "'unsafe-inline'"), "has a Content-Security-Policy with an 'unsafe-…' word in it"),
        (HEAD.replace("red", "tan"), "has an inline style whose hash its Content-Security-Policy does not name"),
        (
            POLICY + "x" * 1024 + '<meta charset="utf-8">',
            'does not have <meta charset="utf-8"> in its first 1024 bytes',
        ),
    ],
    ids=["none", "not first", "unsafe", "another hash", "charset too late"],
)
def test_an_error_in_the_head(head: str, message: str) -> None:
    assert errors(draft() | {Address("index.html"): page(head=head)}) == [f"index.html: {message}"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (page("事实").replace("事".encode(), b"\xb5"), "is not UTF-8 from byte"),
        (page().rstrip(), "does not end with a newline"),
        (b"\xef\xbb\xbf" + page(), "begins with a byte order mark"),
        (page("\0"), "has the character U+0000"),
        (page("a\ufeffb"), "has the character U+FEFF"),
    ],
)
def test_an_error_in_the_bytes(data: bytes, message: str) -> None:
    (error,) = errors(draft() | {Address("index.html"): data})
    assert error.startswith(f"index.html: {message}")


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (
            "en/index.html",
            "links to 'en/index.html': this page is shown at any depth, so its links must begin with '/repo/'",
        ),
        (
            "/en/index.html",
            "links to '/en/index.html': this page is shown at any depth, so its links must begin with '/repo/'",
        ),
        ("/repo/no.html", "links to '/repo/no.html', but there is no 'no.html'"),
    ],
)
def test_links_of_the_404_page_work_at_any_depth(link: str, message: str) -> None:
    assert errors(draft(lost=f'<a href="{link}">x</a>')) == [f"404.html: {message}"]


def test_a_redirect_has_a_target() -> None:
    old = page(head=f'{HEAD}<meta http-equiv="refresh" content="0; url=models/gone.html">')
    site = draft() | {Address(f"{edition}/old.html"): old for edition in EDITIONS}
    assert errors(site) == [
        f"{edition}/old.html: links to 'models/gone.html', but there is no '{edition}/models/gone.html'"
        for edition in ("en-zh", "en", "zh")
    ]


def test_links_of_the_sitemap_have_pages() -> None:
    good, bad = "<loc>http://x.org/repo/en/index.html</loc>", '<link href="https://x.org/repo/no.html"/>'
    assert errors(draft() | {Address("sitemap.xml"): f"{good}\n{bad}\n".encode()}) == [
        "sitemap.xml: links to 'https://x.org/repo/no.html', but there is no such page below '/repo/'"
    ]


def test_links_of_markdown_pages_and_of_llms_txt_have_files() -> None:
    code = "```\n[f](code)\n```"
    written = f"[a](index.html) [b](../zh/index.html) [c](https://x.org/) [d\\](none) [e](gone.md)\n{code}\n"
    absolute = "[a](http://x.org:8000/repo/en/index.html) [b](https://x.org/repo/no.md)"
    site = draft() | {Address("en/page.md"): written.encode(), Address("llms.txt"): absolute.encode()}
    assert errors(site) == [
        "en/page.md: links to 'gone.md', but there is no 'en/gone.md'",
        "llms.txt: links to 'https://x.org/repo/no.md', but there is no such page below '/repo/'",
    ]


def test_canonical_and_alternate_links_have_pages() -> None:
    good = '<link rel="canonical" href="http://x.org/repo/en/index.html">'
    bad = '<link rel="alternate" hreflang="en" href="https://x.org/en/index.html">'
    assert errors(draft() | {Address("index.html"): page(head=HEAD + good + bad)}) == [
        "index.html: links to 'https://x.org/en/index.html', but there is no such page below '/repo/'"
    ]


def test_every_page_has_its_twins() -> None:
    site = draft()
    del site[Address("en-zh/models/gpt-4.html")]
    assert errors(site) == [
        "en-zh/index.html: links to 'models/gpt-4.html#facts', but there is no 'en-zh/models/gpt-4.html'",
        "en/models/gpt-4.html: does not exist in another edition: en-zh/models/gpt-4.html",
    ]


def test_twins_have_the_same_anchors() -> None:
    site = draft() | {
        Address("zh/models/gpt-4.html"): draft(model='<p id="more"></p>')[Address("zh/models/gpt-4.html")]
    }
    assert errors(site) == [
        "en-zh/models/gpt-4.html: lacks anchors of another edition: #more",
        "en/models/gpt-4.html: lacks anchors of another edition: #more",
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("../x.txt", "is not a plain path below the site"),
        ("/etc/x.txt", "is not a plain path below the site"),
        ("a//x.txt", "is not a plain path below the site"),
        ("a/", "is not a plain path below the site"),
        ("a\\x.txt", r"'a\\x.txt' contains characters other than ASCII letters, digits, '.', '_' and '-'"),
        ("x.txt\n", r"'x.txt\n' contains characters other than ASCII letters, digits, '.', '_' and '-'"),
        ("．．", r"'\uff0e\uff0e' contains characters other than ASCII letters, digits, '.', '_' and '-'"),
        ("a/Con.txt", "'Con.txt' is a reserved name on Windows"),
        ("a./x.txt", "Windows drops the last dot of 'a.'"),
        ("x" * 256, "a name in the address has 256 bytes, and disks allow 255"),
        (".gitignore", "belongs to the output folder itself, not to the site"),
        ("Search.js", "is the same as 'Search.js' on a disk that ignores case or Unicode form"),
    ],
)
def test_an_unsafe_address(address: str, message: str) -> None:
    reported = errors(draft() | {Address(address): b""})
    assert any(error.endswith(message) for error in reported), reported


def test_a_folder_has_one_spelling() -> None:
    assert errors(draft() | {Address("EN/feed.xml"): b""}) == [
        "en/: is the same as 'EN/' on a disk that ignores case or Unicode form"
    ]


def test_nothing_is_both_file_and_folder() -> None:
    assert errors(draft() | {Address("search.js/x.txt"): b""}) == ["search.js/: is both a file and a folder"]


def test_all_errors_are_reported_at_once() -> None:
    site = draft(chooser='<p id="a"></p><p id="a"></p><a href="#b">x</a>', home='<p onload="x"></p>')
    assert len(errors(site)) == 5
