// Data of every name for check.js, compare.js and my-models.js, and its status on any day.
// A call with the data, computed at build time, follows: see almanac/render/browser/tools_data/.
"use strict";
const UNCONFIRMED = 2; // in the order of almanac/catalog.py
/** Where models are many, further files have the rest; nothing starts before all are there. */
function almanacToolsData(data) {
  const { more = [] } = data;
  let missing = more.length;
  if (!missing) almanacTools(data);
  globalThis.almanacToolsModels = (models) => {
    Object.assign(data.models, models);
    if (!--missing) almanacTools(data);
  };
  more.forEach(almanacAdd);
}
function almanacTools(data) {
  const { make, parseHistory, intervalOn, titles } = almanacShared;
  const { words, models, endpoints, products, former } = data;
  const root = new URL(`${data.edition}/`, almanacShared.root);
  const entries = new Map([models, endpoints, products].flatMap((kind) => Object.entries(kind)));
  const histories = new Map(); // by text

  /** The present name of something that was renamed; other names unchanged. */
  const present = (name) => (Object.hasOwn(former, name) ? former[name] : name);
  /** The status of a name on a day, with shutdown date and replacements; undefined for an unknown name.
   * `tuned` is the history of models fine-tuned from it, where plans are for them alone. */
  const statusOn = (name, day, of = "history") => {
    const text = entries.get(name)?.[of];
    if (text === undefined) return undefined;
    if (!histories.has(text)) histories.set(text, parseHistory(text));
    return intervalOn(histories.get(text), day) ?? histories.get(text)[0];
  };
  /** Whether no shutdown is on record: active, legacy or unconfirmed. */
  const isAvailable = (status) => status <= UNCONFIRMED;
  /** What to say of a name without a shutdown on record. */
  const noShutdown = (name, status) => status === UNCONFIRMED
    ? phrase("tool-unconfirmed", { day: almanacShared.formatDay(entries.get(name).seen) })
    : phrase("tool-none-known");
  /** The available replacements of a name, following the chain of those that are deprecated. */
  const availableEnds = (name, day, seen = new Set([name])) =>
    statusOn(name, day)?.replacements.flatMap((next) => {
      if (seen.has(next) || !entries.has(next)) return [];
      seen.add(next);
      return isAvailable(statusOn(next, day).status) ? [next] : availableEnds(next, day, seen);
    }) ?? [];

  const phrase = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  /** The days left until a shutdown date, as a phrase; "" unless it is an exact date, today or later. */
  const daysLeft = (shutdown, day) => {
    const left = /^\d{4}-\d\d-\d\d$/.test(shutdown) ? (Date.parse(shutdown) - Date.parse(day)) / 864e5 : -1;
    return left < 0 ? "" : left > 1 ? phrase("days-left", { left }) : phrase(left ? "tomorrow" : "today");
  };
  const list = (items) => items.reduce((a, b) => phrase("comma", { a, b }));

  const title = (name) => products[name]?.title ?? titles[name] ?? name;
  const address = (path) => new URL(path, root).href;
  const link = (name) => {
    const text = products[name] || titles[name] ? title(name) : make("code", {}, name);
    return entries.has(name) ? make("a", { href: address(entries.get(name).path) }, text) : text;
  };

  /** A button that takes a name from a list. */
  const removal = (name, click) => {
    const label = phrase("tool-remove", { name: title(name) });
    return make("button", { type: "button", "aria-label": label, click }, phrase("tool-remove-it"));
  };

  globalThis.almanac = {
    ...data, entries, present, statusOn, isAvailable, availableEnds, noShutdown, phrase, daysLeft, list, title, link,
    address, removal,
  };
  document.dispatchEvent(new Event("almanac-data"));
}
