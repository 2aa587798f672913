"""Responses of the server, and requests that it rejects."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest

from almanac.serve.web import PreviewState, inject_reload
from tests.serve.running import PAGE, Server, connected, running, write

ROUTES = ("/", "/none.html", "/livereload", "/livereload.js", "/livereload/reload.js", "/forcereload")
HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OTAxMjM0NQ==",
    "Sec-WebSocket-Version": "13",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("http")
    content = folder / "content"
    for name in ("404.html", "en/index.html", "en/a b.html", "zh/百灵.html", "style.css", "data.json", "days.ics"):
        write(content / name, f"this is {name}")
    for secret in (folder / "secret.txt", folder / "tmp" / "secret.txt", content / ".hidden.txt"):
        write(secret, "secret")
    (content / "link.txt").symlink_to(folder / "secret.txt")
    (content / "up").symlink_to(folder)
    with running(folder) as server:
        yield server


def test_a_page_gets_the_reload_script_and_its_policy_allows_it(server: Server) -> None:
    _, headers, page = server.get("/")
    assert f"default-src 'none'; connect-src 'self' ws://{server.host}; script-src 'self'\"" in page
    assert f'version="{server.version()}" defer></script>\n<script src="/livereload.js?port={server.port}&amp;' in page
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (server.folder / "content" / "index.html").read_text(encoding="utf-8") == PAGE.replace("WORDS", "first")


def test_a_file_without_a_head_and_invalid_utf_8_are_served_unchanged() -> None:
    assert inject_reload(b"google-site-verification: x", PreviewState(), "localhost") == b"google-site-verification: x"
    page = inject_reload(b"<head></head>\xff<body>", PreviewState(), "localhost")
    assert b"?port=80&amp;" in page
    assert page.endswith(b"</script>\n</head>\xff<body>")


def test_each_content_type_has_a_charset(server: Server) -> None:
    paths = ("/", "/style.css", "/data.json", "/days.ics", "/livereload/reload.js")
    types = " ".join(server.get(path)[1]["Content-Type"] for path in paths).replace("application/java", "text/java")
    names = ("text/html", "text/css", "application/json", "text/calendar", "text/javascript")
    assert types == " ".join(f"{name}; charset=utf-8" for name in names)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/en/", 200, "this is en/index.html"),
        ("/en/index?a=b", 200, "this is en/index.html"),
        ("/en/a%20b.html", 200, "this is en/a b.html"),
        ("/zh/%E7%99%BE%E7%81%B5.html", 200, "this is zh/百灵.html"),
        ("/repo/", 200, "first"),
        ("/repo/en/", 200, "this is en/index.html"),
        ("/en?a=b", 302, "/en/?a=b"),
        ("/repo", 302, "/repo/"),
        ("/repo/en", 302, "/repo/en/"),
        *(
            (path, 404, "this is 404.html")
            for path in ("/none.html", "/forcereload", "//evil.example/", "/en//", "/%00")
        ),
    ],
)
def test_paths_are_resolved_as_on_github_pages(server: Server, path: str, status: int, words: str) -> None:
    got, headers, body = server.get(path)
    assert got == status
    assert words == headers["Location"] if status == 302 else words in body


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret.txt", "/../../secret.txt", "/en/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"),
        *("/..%5csecret.txt", "/%252e%252e/secret.txt", "/en/..%c0%af../secret.txt", "/%FF", "//etc/passwd"),
        *("/%2fetc/passwd", "/etc/passwd%00.html", "http://127.0.0.1/etc/passwd", "/.hidden.txt", "/link.txt"),
        *("/up/secret.txt", "/livereload/../../secret.txt", "/livereload/web.py"),
    ],
)
def test_no_path_leads_out_of_the_site_or_to_a_traceback(server: Server, path: str) -> None:
    answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 404"))
    assert not any(leak in answer for leak in (b"secret", b"root:", b"import "))
    assert "Traceback" not in server.log


def test_it_is_read_only(server: Server) -> None:
    status, headers, body = server.get("/", "HEAD")
    assert (status, body, headers["Content-Length"]) == (200, "", server.get("/")[1]["Content-Length"])
    assert {server.get("/", method)[0] for method in ("POST", "PUT", "DELETE", "OPTIONS")} == {405}


def test_a_foreign_host_is_refused_everywhere(server: Server) -> None:
    foreign = ("evil.example", f"evil.example:{server.port}", "127.0.0.1", "127.0.0.1:1", f"127.1:{server.port}")
    for host in foreign:
        assert {path: server.get(path, **HANDSHAKE, Host=host)[0] for path in ROUTES} == dict.fromkeys(ROUTES, 421), (
            host
        )
    for hosts in (
        "",
        f"Host: {server.host}\r\nHost: evil.example\r\n",
        f"Host: evil.example\r\nHost: {server.host}\r\n",
    ):
        assert raw(server, f"GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert raw(server, "GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421")


def test_a_foreign_origin_is_refused_everywhere(server: Server) -> None:
    foreign = (
        "http://evil.example",
        "null",
        "http://127.0.0.1:1",
        f"https://{server.host}",
        f"http://{server.host}.x",
        "",
    )
    for origin in foreign:
        headers = {**HANDSHAKE, "Origin": origin, "Sec-Fetch-Site": "same-origin"}
        assert {path: server.get(path, **headers)[0] for path in ROUTES} == dict.fromkeys(ROUTES, 403), origin
    assert server.get("/livereload", **HANDSHAKE, Origin="http://evil.example")[0] == 403


def test_both_names_of_this_machine_are_its_own(server: Server) -> None:
    for host in (server.host, f"LOCALHOST:{server.port}"):
        assert f"ws://{host.lower()};" in server.get("/", Host=host)[2]
        assert server.get("/livereload", **HANDSHAKE, Host=host, Origin=f"http://{host.lower()}")[0] == 101


def test_invalid_messages_on_the_socket_are_ignored(server: Server) -> None:
    async def talk(message: str) -> None:
        async with connected(server, server.version()) as page:
            await page.write_message(message)
            assert await asyncio.wait_for(page.read_message(), 5) is None, "it is not closed"

    for message in ("", "{", "[]", "1", '"x"', "[" * 9000, "\0", "x" * 20000):
        asyncio.run(talk(message))
    assert server.get("/")[0] == 200
    assert "Traceback" not in server.log


def test_it_listens_only_on_one_loopback_address(server: Server) -> None:
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", server.port), timeout=5):  # noqa: PT011
        pass


def raw(server: Server, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65536), b""))
