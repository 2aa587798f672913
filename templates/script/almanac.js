// The script of every page; it loads the others on first use. `almanacWords`, its phrases in the edition's language,
// precedes it: see almanac/render/browser/page_script.py.
"use strict";
{
  const page = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const root = new URL(".", document.currentScript.src);
  const { edition, day } = page.dataset;
  const today = new Date().toISOString().slice(0, 10);

  // The only way to add a script: the policy of the pages names it, and it takes files beside this one alone.
  const scripts = {
    createScriptURL: (name) => {
      if (!/^[\w.-]+$/.test(name)) throw new TypeError(`not a script: ${name}`);
      return new URL(name, root).href;
    },
  };
  const trusted = globalThis.trustedTypes?.createPolicy("almanac", scripts) ?? scripts;
  globalThis.almanacAdd = (name) =>
    document.head.append(make("script", { src: trusted.createScriptURL(name), async: false }));

  const loaded = new Set();
  const load = (...names) => {
    for (const name of ["shared.js", ...names]) {
      if (loaded.has(name)) continue;
      loaded.add(name);
      almanacAdd(name);
    }
  };
  /** For the tools. */
  globalThis.almanacLoadData = () => load(`tools-data.${edition}.js`);
  const asks = (what) => new RegExp(`[?&](?:${what})`).test(location.search);
  const store = (key, value) => {
    try {
      localStorage[key] = value;
    } catch {} // storage may be disabled
  };

  // --- Language switch: keeps the place; the choice, or the browser's, is marked in the chooser, without redirects ---

  /** The target of the address while it is in sight; of a page that is scrolled, the last heading or row passed. */
  const place = () => {
    const top = (each) => each.getBoundingClientRect().top;
    const target = find(":target");
    if (scrollY < 99 || (target && top(target) > 0 && top(target) < innerHeight)) return location.hash;
    const passed = [...document.querySelectorAll("main [id]")].findLast((each) => each.offsetParent && top(each) < 60);
    return passed ? `#${passed.id}` : "";
  };
  const editionOf = (link) => link.href.slice(root.href.length).split("/")[0];
  addEventListener("click", ({ target }) => {
    const link = target.closest("a[hreflang]");
    if (!link) return;
    Object.assign(link, { hash: place(), search: location.search });
    store("edition", editionOf(link));
  });
  let chosen = navigator.language.startsWith("zh") ? "zh" : "en";
  try {
    chosen = localStorage.edition ?? chosen;
  } catch {}
  for (const link of document.querySelectorAll(".choice a[hreflang]"))
    if (editionOf(link) === chosen) link.ariaCurrent = "true";

  // --- Theme ---

  const toggle = find("#theme-toggle");
  const showTheme = () => {
    const at = ["", "light", "dark"].indexOf(page.dataset.theme);
    toggle.ariaLabel = toggle.title = almanacWords.themes[at];
  };
  toggle?.addEventListener("click", () => {
    store("theme", (page.dataset.theme = { "": "dark", dark: "light", light: "" }[page.dataset.theme]));
    showTheme();
  });
  if (toggle) showTheme();

  // --- As-of view, search, tools: loaded on first use, or if the address has their parameters ---

  const asOf = find(".as-of");
  const loadAsOf = () => load(`as-of.${edition}.js`);
  if (asOf && (day !== today || asks("as-of="))) loadAsOf();
  else delete page.dataset.asOf;
  asOf?.addEventListener("focusin", loadAsOf);

  const tool = find("[data-load]");
  if (tool) {
    const start = () => load(...tool.dataset.load.split(" "));
    tool.addEventListener("toggle", start);
    if (!("open" in tool)) start();
    else if (asks("(?!as-of|find).")) tool.open = true;
  }

  const box = find(".search input");
  box?.addEventListener("focus", () => load("search.js", `search.${edition}.js`));
  if (asks("find=")) box?.focus();
  // Code of several lines is checked as a whole.
  box?.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (!/\n./.test(text.trim())) return;
    event.preventDefault();
    try {
      sessionStorage.code = text;
    } catch {} // the page asks for it again
    location.href = new URL(`${edition}/${almanacWords.check}`, root);
  });
  addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const isSlash = event.key === "/" && !isCommand && !event.target.closest("input,textarea,select");
    if (!(isSlash || (event.key === "k" && isCommand)) || event.altKey) return;
    event.preventDefault();
    box?.focus();
  });

  // --- Days left ---

  const UNITS = [["day", 1, 60], ["month", 30.44, 730], ["year", 365.25, Infinity]];
  const distance = (iso, lang) => {
    const days = Math.round((Date.parse(iso) - Date.parse(today)) / 864e5);
    const [unit, length] = UNITS.find(([, , below]) => Math.abs(days) < below);
    const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
    return format.format(Math.round(days / length), unit).replace(/(\d)(?=\p{Script=Han})/u, "$1 ");
  };
  const langOf = (element) => element.closest("[lang]").lang;
  if (day !== today)
    for (const each of document.querySelectorAll("[data-left]"))
      each.textContent = distance(each.dataset.left, langOf(each));
  /** For the search. */
  globalThis.almanacDistance = distance;

  // --- Copy buttons ---

  globalThis.almanacCopy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Fallback without the clipboard API, as on some file: URLs.
      const area = make("textarea", { value: text });
      area.style.position = "fixed"; // avoids scrolling
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
  for (const button of document.querySelectorAll(".head .copy, .diff .copy")) wire(button);

  // --- Beside a hovered or focused id: a copy button, and a permalink if its row has none ---

  const actions = make("span", { className: "row-actions" });
  const button = wire(make("button", { type: "button", className: "copy", tabIndex: -1 }));
  const link = make("a", { className: "permalink", textContent: "#", ariaLabel: permalink });
  const showActions = (target) => {
    if (actions.contains(target)) return;
    const name = target.closest("main a, main th > code") ?? target.closest("main tr[id]")?.querySelector("th a");
    if (name && name.nextSibling === actions) return;
    const code = name?.matches("code") ? name : name?.querySelector(":scope > code:only-child");
    const row = name?.closest("tr[id] > th:not(:has(> .permalink))")?.parentElement;
    Object.assign(button, { value: code?.textContent, textContent: copy });
    link.href = `#${row?.id}`;
    actions.replaceChildren(...[code && button, row && link].filter(Boolean));
    if (!actions.firstChild) return actions.remove();
    actions.style.translate = "";
    name.after(actions); // out of flow, so no layout shift
    actions.style.translate = `${Math.min(0, page.clientWidth - actions.getBoundingClientRect().right)}px`;
  };
  addEventListener("focusin", ({ target }) => showActions(target));
  addEventListener("pointerover", ({ target }) => {
    showActions(target);
    const date = target.closest("time, td.date, .models td:nth-child(11)");
    const text = date?.dateTime || date?.textContent.replace(/[年月]/g, "-");
    const [day] = text?.match(/\d+ \w+ \d{4}|\d{4}-\d+-\d+/) ?? [];
    if (day) date.title = distance(day, langOf(date));
  });
}
