// What check.js, filter.js and compare.js know of every name, and its status on any day.
// The facts come below, as a call, worked out when the site was built: see almanac/render/browser/tools_data/.
"use strict";
function almanacToolsData(data) {
  const { make, parseHistory, intervalOn } = almanacShared;
  const { words, models, endpoints, products } = data;
  const root = new URL(`${data.edition}/`, almanacShared.root);
  const entries = new Map([models, endpoints, products].flatMap((kind) => Object.entries(kind)));
  const histories = new Map();

  /** The status of a name on a day, with its shutdown date and replacements; nothing for a name that is not known. */
  const statusOn = (name, day) => {
    if (!entries.has(name)) return undefined;
    if (!histories.has(name)) histories.set(name, parseHistory(entries.get(name).history));
    return intervalOn(histories.get(name), day) ?? histories.get(name)[0];
  };
  /** Whether a status is active or legacy. */
  const lives = (status) => status <= 1;
  /** The replacements of a name, and of those that are themselves deprecated, the ends of their chains. */
  const livingEnds = (name, day, seen = new Set([name])) =>
    statusOn(name, day)?.replacements.flatMap((next) => {
      if (seen.has(next) || !entries.has(next)) return [];
      seen.add(next);
      return lives(statusOn(next, day).status) ? [next] : livingEnds(next, day, seen);
    }) ?? [];

  const phrase = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  /** How many days are left until a shutdown date, where it is a date and in the future. */
  const daysLeft = (shutdown, day) => {
    const left = /^\d{4}-\d\d-\d\d$/.test(shutdown) ? (Date.parse(shutdown) - Date.parse(day)) / 864e5 : 0;
    return left < 1 ? "" : left === 1 ? phrase("tomorrow") : phrase("days-left", { left });
  };
  const list = (several) => several.reduce((a, b) => phrase("comma", { a, b }));

  const title = (name) => products[name]?.title ?? name;
  const address = (path) => new URL(path, root).href;
  const link = (name) => {
    const text = products[name] ? title(name) : make("code", {}, name);
    return entries.has(name) ? make("a", { href: address(entries.get(name).path) }, text) : text;
  };

  globalThis.almanac = { ...data, entries, statusOn, lives, livingEnds, phrase, daysLeft, list, title, link, address };
  document.dispatchEvent(new Event("almanac-data"));
}
