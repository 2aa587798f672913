"""An open page, in a real browser: it follows the site, its policy notwithstanding."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.chromium import chromium
from tests.serve.running import PAGE, Server, running


def test_an_open_page_shows_each_change_each_fault_and_its_mending(tmp_path: Path) -> None:
    # In a thread of its own: the browser tests keep a Playwright open in this one, and there may not be two.
    with running(tmp_path, {"index.html": PAGE.replace("WORDS", "FAULT")}) as server, ThreadPoolExecutor(1) as thread:
        complaints = thread.submit(_follow, server).result()
    assert complaints == []


def _follow(server: Server) -> list[str]:
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), chromium_sandbox=False)
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"http://{server.host}/")
        expect(page.locator("pre")).to_contain_text("content/index.html:1:1: error: <b>")
        expect(page.locator("main")).to_have_css("border-top-style", "solid")

        server.write("index.html", PAGE.replace("WORDS", "first"))
        expect(page.locator("p")).to_have_text("first")

        server.write("index.html", PAGE.replace("WORDS", "second"))
        expect(page.locator("p")).to_have_text("second")

        server.write("index.html", PAGE.replace("WORDS", "FAULT"))
        panel = page.get_by_role("alert")
        expect(panel).to_contain_text("content/index.html:1:1: error: <b>")
        expect(panel).to_have_css("position", "fixed")
        expect(page.locator("p")).to_have_text("second")

        server.write("index.html", PAGE.replace("WORDS", "third"))
        expect(page.locator("p")).to_have_text("third")
        expect(panel).to_have_count(0)
        browser.close()
    return [each for each in complaints if "503" not in each]  # the status of the first page
