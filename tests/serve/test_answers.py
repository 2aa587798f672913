"""What the server gives, and whom."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.running import POLICY, SITE, Server, running, talking


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("answers")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    with running(folder) as server:
        (folder / "tmp" / "secret.txt").write_text("secret", encoding="utf-8")
        yield server


def test_a_page_is_served_with_its_policy_let_out_by_just_what_live_reload_needs(server: Server) -> None:
    page = server.get("/")
    assert page.status == 200
    assert f"content=\"{POLICY}; connect-src 'self' ws://{server.host}\">" in page.text
    assert "first" in page.text
    assert '<script src="/livereload/made.js" data-made="' in page.text
    assert f'<script src="/livereload.js?host=127.0.0.1&amp;port={server.port}&amp;' in page.text
    assert (server.folder / "content" / "index.html").read_text(encoding="utf-8") == SITE["index.html"]


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html"),
        ("/style.css", "text/css"),
        ("/script.js", "text/javascript"),
        ("/api/larks.json", "application/json"),
        ("/livereload.js", "text/javascript"),
        ("/livereload/made.js", "text/javascript"),
    ],
)
def test_what_is_text_says_that_it_is_utf_8(server: Server, path: str, type_: str) -> None:
    answered = server.get(path)
    assert answered.status == 200
    assert answered.headers["Content-Type"] == f"{type_}; charset=utf-8"
    assert answered.headers["Cache-Control"] == "no-store"
    assert answered.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/", "English"),
        ("/en/index.html", "English"),
        ("/en/index", "English"),
        ("/en/a%20b.html?as-of=2024-01-01", "spaced"),
        ("/zh/%E7%99%BE%E7%81%B5.html", "百灵"),
        ("/repo/", "first"),
        ("/repo/en/", "English"),
    ],
)
def test_a_path_leads_where_it_would_on_pages(server: Server, path: str, words: str) -> None:
    answered = server.get(path)
    assert (answered.status, words in answered.text) == (200, True)


@pytest.mark.parametrize(
    ("path", "location"), [("/en?a=b", "/en/?a=b"), ("/repo", "/repo/"), ("/repo/en", "/repo/en/")]
)
def test_a_folder_without_its_slash_leads_to_the_folder(server: Server, path: str, location: str) -> None:
    answered = server.get(path)
    assert (answered.status, answered.headers["Location"]) == (302, location)


@pytest.mark.parametrize(
    "path", ["/none.html", "/en/none/", "/forcereload", "/%FF", "/%00", "//evil.example/", "/en//"]
)
def test_what_is_missing_is_the_404_page(server: Server, path: str) -> None:
    answered = server.get(path)
    assert (answered.status, "not here" in answered.text) == (404, True)
    assert "/livereload.js" in answered.text


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/../../secret.txt",
        "/en/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/en/..%c0%af../secret.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd%00.html",
        "http://127.0.0.1/etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_site(server: Server, path: str) -> None:
    status, body = _raw(server, f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nConnection: close\r\n\r\n")
    assert status in (400, 404)
    assert b"secret\n" not in body
    assert b"root:" not in body


def test_a_head_is_a_page_without_its_body(server: Server) -> None:
    answered = server.get("/", method="HEAD")
    assert (answered.status, answered.body) == (200, b"")
    assert answered.headers["Content-Length"] == str(len(server.get("/").body))


def test_nothing_can_be_sent_to_it(server: Server) -> None:
    assert {server.get("/", method=method).status for method in ("POST", "PUT", "DELETE", "OPTIONS")} == {405}


@pytest.mark.parametrize("path", ["/", "/none.html", "/livereload.js", "/livereload/made.js", "/livereload"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.:{port}", "127.1:{port}", "x"],
)
def test_who_asks_for_another_host_is_refused(server: Server, path: str, host: str) -> None:
    answered = server.get(path, Host=host.format(port=server.port))
    assert (answered.status, answered.text) == (421, "421 Misdirected Request\n")


@pytest.mark.parametrize("hosts", ["", "Host: {0}\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: {0}\r\n"])
def test_who_names_no_host_or_two_is_refused(server: Server, hosts: str) -> None:
    status, body = _raw(server, f"GET / HTTP/1.1\r\n{hosts.format(server.host)}Connection: close\r\n\r\n")
    assert (status in (400, 421), b"first" in body) == (True, False)


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_every_name_of_this_machine_will_do(server: Server, host: str) -> None:
    answered = server.get("/", Host=host.format(port=server.port))
    assert answered.status == 200
    assert f"ws://{host.format(port=server.port).lower()}" in answered.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{host}", "http://{host}.evil.example", ""]
)
def test_a_page_of_another_origin_hears_nothing(server: Server, origin: str) -> None:
    assert server.knocks(Origin=origin.format(host=server.host)) == 403
    assert server.knocks(**{"Origin": origin.format(host=server.host), "Sec-Fetch-Site": "same-origin"}) == 403


def test_a_page_of_our_own_hears(server: Server) -> None:
    assert server.knocks(Origin=f"http://{server.host}") == 101
    assert server.knocks(Origin=f"http://localhost:{server.port}", Host=f"localhost:{server.port}") == 101


def test_a_socket_with_another_host_is_refused(server: Server) -> None:
    assert server.knocks(Origin="http://evil.example", Host="evil.example") == 421


@pytest.mark.parametrize("message", ["", "{", "[]", "1", '"x"', "{}", '{"command": 1}', "[" * 9000, "\0", "x" * 20000])
def test_nonsense_on_the_socket_harms_no_one(server: Server, message: str) -> None:
    async def talk() -> None:
        async with talking(server) as connection:
            await connection.write_message(message)

    asyncio.run(talk())
    assert server.get("/").status == 200
    assert "Traceback" not in server.said


def test_it_listens_on_loopback_alone(server: Server) -> None:
    listening = (
        [line.split()[1] for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        if Path("/proc/net/tcp").exists()
        else []
    )
    assert [
        address for address in listening if address.endswith(f":{server.port:04X}") and address[:8] == "00000000"
    ] == []


def _raw(server: Server, request: str) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return int(answer.split(b" ", 2)[1]), answer
