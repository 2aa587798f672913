// Shared by as-of.js, search.js and the tools: elements, dates, statuses and status histories.
// almanac.js loads it before them.
"use strict";
{
  const STATUSES = ["active", "legacy", "unconfirmed", "deprecated", "passed", "shut-down"];
  const { lang, dataset } = document.documentElement;
  const { noPlan, undated, notBefore, told: copies, itself, absent: reasons, titles } = almanacWords;

  /** Makes an element: make("a", { href, click: handler }, "text", child). Empty and false children are omitted. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((each) => each || each === 0));
    return element;
  };

  // In Safari, the key that confirms a candidate comes after the end of the composition, and only its code tells.
  /** Whether a key or an input belongs to an input method. */
  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  /** Calls back after each input in a form or field: after a composition once, not for each letter of it. */
  const onInput = (element, changed) => {
    element.addEventListener("input", (event) => isComposing(event) || changed(event));
    element.addEventListener("compositionend", changed);
  };

  /** How many edits lead from a text to another, and to the nearest beginning of it; swapping two letters is one. */
  const edits = (text, other) => {
    let earlier = [];
    let last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let at = 1; at <= text.length; at++) {
      const row = [at];
      for (let to = 1; to <= other.length; to++) {
        const swapped = text[at - 1] === other[to - 2] && text[at - 2] === other[to - 1];
        row[to] = Math.min(
          last[to] + 1, row[to - 1] + 1, last[to - 1] + (text[at - 1] === other[to - 1] ? 0 : 1),
          swapped ? earlier[to - 2] + 1 : Infinity,
        );
      }
      [earlier, last] = [last, row];
    }
    return { whole: last[other.length], start: Math.min(...last) };
  };

  const separator = lang === "en" ? ", " : "、"; // between the items of a list

  const today = () => new Date().toISOString().slice(0, 10);
  const isDay = (text) => {
    const date = new Date(text);
    return !isNaN(date) && date.toISOString().slice(0, 10) === text;
  };
  /** The day in the address, or today. */
  const asOf = () => {
    const asked = new URLSearchParams(location.search).get("as-of");
    return isDay(asked) ? asked : today();
  };

  const formats = new Map(); // a cache, since formats are slow to create
  /** Formats a day, month or year in the language of the edition; the bilingual edition has ISO dates. */
  const formatDay = (iso, month = "short") => {
    if (dataset.edition === "en-zh") return iso;
    const key = month + iso.length;
    if (!formats.has(key)) {
      const parts = { year: "numeric", ...(iso.length > 4 && { month }), ...(iso.length > 7 && { day: "numeric" }) };
      const locale = lang === "en" ? "en-GB" : "zh-Hans-CN";
      formats.set(key, new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" }));
    }
    return formats.get(key).format(new Date(iso));
  };
  /** Formats a shutdown date of a status history. */
  const formatDeadline = (text) =>
    text === "" ? noPlan
    : text === "?" ? undated
    : text[0] === ">" ? notBefore.replaceAll("{day}", formatDay(text.slice(1)))
    : formatDay(text);

  /** "according to an archived copy of …", for a copy in a status history. */
  const formatCopy = (text) => copies[+text.endsWith("*")].replaceAll("{day}", formatDay(text.replace("*", "")));
  /** A name or date with remarks in brackets, as text. */
  const withRemarks = (words, remarks) => {
    const said = remarks.filter(Boolean);
    if (!said.length) return words;
    return lang === "en" ? `${words} (${said.join("; ")})` : `${words}（${said.join("；")}）`;
  };
  /** A label and, unless it ends in a full-width colon, the space before what it labels. */
  const spaced = (label) => (label.endsWith("：") ? label : `${label} `);
  /** What is said beside a replacement with this status: "itself shut down"; "" if it is available. */
  const remarkOn = (status) => itself[status] ?? "";

  /** Parses a status history: see almanac/render/browser/as_of.py. */
  const parseHistory = (text) =>
    text.split(";").map((interval) => {
      const [since, status, shutdown = "", named = "", copy = ""] = interval.split("|");
      const absent = named.startsWith("=") ? named.slice(1) : "";
      const replacements = absent ? [] : named.split(" ").filter(Boolean);
      return { since, status: +status, shutdown, replacements, absent, copy };
    });
  /** The interval that contains a day; undefined before the first. */
  const intervalOn = (history, day) => history.findLast(({ since }) => since <= day);

  const statuses = STATUSES.map((name, at) => [name, almanacWords.statuses[at]]);
  const statusSeal = (status) => make("span", { class: `seal ${statuses[status][0]}` }, statuses[status][1]);

  globalThis.almanacShared = {
    root: new URL(".", document.currentScript.src), edition: dataset.edition, statuses, separator,
    make, isComposing, onInput, edits, today, isDay, asOf, formatDay, formatDeadline, formatCopy, withRemarks, remarkOn,
    spaced, parseHistory, intervalOn, statusSeal, reasons, titles,
  };
}
