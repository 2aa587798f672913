// What a page can do beyond being read: it comes after the page, and loads the rest when it is used. Before it stands
// `almanacWords`, what it says in the page's edition; see almanac/render/browser/page_script.py.
"use strict";
{
  const page = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const root = new URL(".", document.currentScript.src);
  const { edition, day } = page.dataset;
  const today = new Date().toISOString().slice(0, 10);

  const loaded = new Set();
  const load = (...names) => {
    for (const name of names) {
      if (loaded.has(name)) continue;
      loaded.add(name);
      document.head.append(make("script", { src: new URL(name, root), async: false }));
    }
  };
  /** What is known of every name, for the tools. */
  globalThis.almanacKnow = () => load(`lookup.${edition}.js`);
  const asks = (what) => new RegExp(`[?&](?:${what})`).test(location.search);
  const store = (key, value) => {
    try {
      localStorage[key] = value;
    } catch {} // a reader may allow no site to store anything
  };

  // --- Another edition: at the same place, remembered, and marked where one chooses; never taken unasked ---

  const editionOf = (link) => link.href.slice(root.href.length).split("/")[0];
  addEventListener("click", ({ target }) => {
    const link = target.closest("a[hreflang]");
    if (!link) return;
    Object.assign(link, { hash: location.hash, search: location.search });
    store("edition", editionOf(link));
  });
  for (const link of document.querySelectorAll(".choice a[hreflang]"))
    try {
      if (editionOf(link) === localStorage.edition) link.ariaCurrent = "true";
    } catch {}

  // --- Light and dark ---

  const dress = find("#theme-toggle");
  const say = () => {
    const at = ["", "light", "dark"].indexOf(page.dataset.theme);
    dress.ariaLabel = dress.title = almanacWords.themes[at];
    dress.textContent = "◐○●"[at];
  };
  dress?.addEventListener("click", () => {
    store("theme", (page.dataset.theme = { "": "dark", dark: "light", light: "" }[page.dataset.theme]));
    say();
  });
  if (dress) say();

  // --- Another day, search, tools: loaded when they are used, or when the address asks for them ---

  const travel = find(".as-of");
  if (travel && (day !== today || asks("as-of="))) load("as-of.js");
  travel?.addEventListener("focusin", () => load("as-of.js"));

  const tool = find("[data-load]");
  if (tool) {
    const begin = () => load(tool.dataset.load);
    tool.addEventListener("toggle", begin);
    if (!("open" in tool)) begin();
    else if (asks("(?!as-of|find).")) tool.open = true;
  }

  const box = find(".search input");
  box?.addEventListener("focus", () => load("search.js", `search.${edition}.js`));
  if (asks("find=")) box?.focus();
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,textarea,select")) return;
    event.preventDefault();
    box?.focus();
  });

  // --- How far off a day is ---

  const UNITS = [["day", 1, 60], ["month", 30.44, 730], ["year", 365.25, Infinity]];
  const distance = (element, iso) => {
    const days = Math.round((Date.parse(iso) - Date.parse(today)) / 864e5);
    const [unit, length] = UNITS.find(([, , below]) => Math.abs(days) < below);
    const format = new Intl.RelativeTimeFormat(element.closest("[lang]").lang, { numeric: "auto" });
    return format.format(Math.round(days / length), unit);
  };
  if (day !== today) for (const each of document.querySelectorAll("[data-left]")) each.textContent = distance(each, each.dataset.left);

  // --- Copying an id ---

  globalThis.almanacCopy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Where the clipboard is not to be had, as from some disks: the old way.
      const area = make("textarea", { value: text });
      area.style.position = "fixed"; // nothing moves
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  const { copy, copied, permalink } = almanacWords;
  const wire = (button) => {
    button.addEventListener("click", () => {
      almanacCopy(button.value);
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    });
    return button;
  };
  for (const button of document.querySelectorAll(".subtitle .copy")) wire(button);

  // --- Beside an id that is pointed at or focused: a button that copies it, and its row's own link where it shows none ---

  const beside = make("span", { className: "row-actions" });
  const button = wire(make("button", { type: "button", className: "copy", tabIndex: -1 }));
  const own = make("a", { className: "permalink", textContent: "#", ariaLabel: permalink });
  const offer = (target) => {
    if (beside.contains(target)) return;
    const name = target.closest("main a, main th > code") ?? target.closest("main tr[id]")?.querySelector("th a");
    if (name && name.nextSibling === beside) return;
    const code = name?.matches("code") ? name : name?.querySelector(":scope > code:only-child");
    const row = name?.closest("tr[id] > th:not(:has(> .permalink))")?.parentElement;
    Object.assign(button, { value: code?.textContent, textContent: copy });
    own.href = `#${row?.id}`;
    beside.replaceChildren(...[code && button, row && own].filter(Boolean));
    if (!beside.firstChild) return beside.remove();
    beside.style.translate = "";
    name.after(beside); // out of the flow: nothing moves
    beside.style.translate = `${Math.min(0, page.clientWidth - beside.getBoundingClientRect().right)}px`;
  };
  addEventListener("focusin", ({ target }) => offer(target));
  addEventListener("pointerover", ({ target }) => {
    offer(target);
    const told = target.closest("time, td.date");
    const [said] = (told?.dateTime || told?.textContent.replace(/[年月]/g, "-"))?.match(/\d+ \w+ \d{4}|\d{4}-\d+-\d+/) ?? [];
    if (said) told.title = distance(told, said);
  });
}
