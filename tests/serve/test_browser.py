"""`build.py serve` in a real browser: an open page is reloaded despite its Content-Security-Policy."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Route, expect, sync_playwright

from tests.browser.chromium import chromium
from tests.copied import small_project
from tests.serve.running import Server, started

FAULT = "wingspan: 3\n"


def test_an_open_page_shows_each_change_and_each_error_until_it_is_fixed(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    model = project / "content" / "models" / "lark-0613.yaml"
    sound = model.read_text(encoding="utf-8")
    model.write_text(sound + FAULT, encoding="utf-8")
    command = [sys.executable, str(project / "build.py"), "serve", "--port", "0", "--as-of", "2024-06-30"]
    # In another thread: the browser tests keep Playwright open in this one, and a thread may have only one.
    with started(command, tmp_path) as server, ThreadPoolExecutor(1) as thread:
        assert thread.submit(_follow, server, model, sound).result() == []
        assert server.stop() == 0
    assert not (project / "site").exists()
    assert not list((tmp_path / "tmp").iterdir())


def _follow(server: Server, model: Path, sound: str) -> list[str]:
    complaints: list[str] = []
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=False)
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        panel, text = page.get_by_role("alert"), page.locator("main")

        page.goto(f"http://{server.host}/en/models/lark-0613.html")
        expect(panel).to_contain_text("content/models/lark-0613.yaml:11:1: error:")
        expect(panel).to_have_css("position", "fixed")

        model.write_text(sound, encoding="utf-8")
        expect(text).to_contain_text("As of 30 Jun 2024")
        expect(panel).to_have_count(0)

        model.write_text(sound.replace("The state of", "What became of"), encoding="utf-8")
        expect(text).to_contain_text("What became of")

        def late(route: Route) -> None:
            model.write_text(sound.replace("The state of", "Late news of"), encoding="utf-8")
            server.shows("Late news of", "/en/models/lark-0613.html")
            route.continue_()

        page.route("**/livereload.js*", late, times=1)  # the page connects only after it missed a build
        page.reload()
        expect(text).to_contain_text("Late news of")

        model.write_text(sound + FAULT, encoding="utf-8")
        expect(panel).to_contain_text("wingspan")
        expect(panel).to_have_css("position", "fixed")
        expect(text).to_contain_text("Late news of")

        model.write_text(sound, encoding="utf-8")
        expect(panel).to_have_count(0)
        expect(text).to_contain_text("The state of")
        browser.close()
    return [each for each in complaints if "503" not in each]  # the status of the first page
