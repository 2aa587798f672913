// What is known of every name, and how it stands on a day: what check.js, filter.js and compare.js share.
// The facts come below, as a call. They were worked out when the site was built; see almanac/render/browser/tools_data/.
"use strict";
function almanacLookup(known) {
  const root = new URL(`${known.edition}/`, document.currentScript.src);
  const { words, models, endpoints, products } = known;
  const today = () => new Date().toISOString().slice(0, 10);
  const things = new Map([models, endpoints, products].flatMap((kind) => Object.entries(kind)));
  const turns = new Map();

  /** How a name stands on a day; nothing for a name of which nothing is known. */
  const statusOn = (name, on) => {
    if (!things.has(name)) return undefined;
    if (!turns.has(name)) turns.set(name, things.get(name).turns.split(";").map((turn) => turn.split("|")));
    const [, place, end = "", instead = ""] = turns.get(name).findLast(([since]) => since <= on) ?? turns.get(name)[0];
    return { place: +place, end, instead: instead.split(" ").filter(Boolean) };
  };
  const lives = (place) => place <= 1;
  /** Where its replacements lead, through those that are themselves to end. */
  const livingEnds = (name, on, seen = new Set([name])) =>
    statusOn(name, on)?.instead.flatMap((next) => {
      if (seen.has(next) || !things.has(next)) return [];
      seen.add(next);
      return lives(statusOn(next, on).place) ? [next] : livingEnds(next, on, seen);
    }) ?? [];

  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  const both = known.edition === "en-zh";
  const day = (iso) => {
    if (both) return iso;
    const parts = { year: "numeric", ...(iso.length > 4 && { month: "short" }), ...(iso.length > 7 && { day: "numeric" }) };
    const locale = known.edition === "en" ? "en-GB" : "zh-Hans-CN";
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" }).format(new Date(iso));
  };
  const end = (text) =>
    text === "" ? say("no-plan")
    : text === "?" ? say("not-recorded")
    : text[0] === ">" ? say("not-before", { day: day(text.slice(1)) })
    : day(text);
  /** Days to an end that is a day, and not an earliest one; below zero once it has passed. */
  const daysLeft = (text, on) => (/^\d{4}-\d\d-\d\d$/.test(text) ? (Date.parse(text) - Date.parse(on)) / 864e5 : undefined);
  const left = (text, on) => {
    const days = daysLeft(text, on);
    return days === undefined || days < 1 ? "" : days === 1 ? say("tomorrow") : say("days-left", { left: days });
  };
  const list = (several) => several.reduce((a, b) => say("comma", { a, b }));

  /** An element: make("a", { href }, "words", another). What is nothing is left out. */
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...inside.flat().filter((each) => each || each === 0));
    return element;
  };
  const title = (name) => products[name]?.title ?? name;
  const link = (name) => {
    const words = products[name] ? title(name) : make("code", {}, name);
    return things.has(name) ? make("a", { href: new URL(things.get(name).path, root).href }, words) : words;
  };
  const seal = (place) => make("span", { class: `seal ${known.statuses[place][0]}` }, known.statuses[place][1]);
  const asked = new URLSearchParams(location.search).get("as-of");

  globalThis.almanac = {
    ...known, things, statusOn, lives, livingEnds, say, day, end, daysLeft, left, list, make, title, link, seal, today,
    /** The day that the address asks for, or today. */
    asOf: () => (/^\d{4}-\d\d-\d\d$/.test(asked ?? "") ? asked : today()),
    address: (path) => new URL(path, root).href,
  };
  document.dispatchEvent(new Event("almanac-known"));
}
