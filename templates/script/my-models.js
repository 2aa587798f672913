// The names that a reader has marked, kept in the browser or named in the address: ?m=gpt-4&m=/v1/assistants.
// ?add=gpt-4 marks one more. What ends first stands first.
"use strict";
{
  const {
    root, edition, make, asOf, formatDay, formatDeadline, withRemarks, remarkOn, spaced, reasons, statusSeal, separator,
  } = almanacShared;
  const DAY = 864e5;
  const YEAR = 365;
  const REMINDERS = [30, 7]; // days ahead
  const EXACT = /^\d{4}-\d\d-\d\d$/;
  const form = document.querySelector("form.my-models");
  const output = form.querySelector("output");
  const input = form.querySelector("#add");
  const keep = form.querySelector("#keep");
  const place = document.querySelector("#marked");

  const stored = () => {
    try {
      const names = JSON.parse(localStorage.names ?? "[]");
      return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
    } catch {
      return []; // storage may be disabled, or hold something else
    }
  };
  const store = (names) => {
    try {
      localStorage.names = JSON.stringify(names);
    } catch {}
  };

  // --- Files made of the marked names ---

  const file = (words, type, name, text) =>
    make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name }, words);
  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
  /** Folds a line of a calendar: no part has more than 75 bytes, and all but the first begin with a space. */
  const folded = (line) => {
    const parts = [""];
    let size = 0;
    for (const char of line) {
      const bytes = new TextEncoder().encode(char).length;
      if (size + bytes > 75) size = parts.push("") && 1;
      parts[parts.length - 1] += char;
      size += bytes;
    }
    return parts.join("\r\n ");
  };
  const calendar = (events) => {
    const now = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
    const host = location.host || "localhost";
    const event = ({ name, date, words, link }) => [
      "BEGIN:VEVENT", `UID:${encodeURIComponent(name)}.${edition}.my-models@${host}`, `DTSTAMP:${now}`,
      `DTSTART;VALUE=DATE:${date.replace(/-/g, "")}`, `SUMMARY:${escaped(words)}`, `URL:${link}`,
      ...REMINDERS.flatMap((days) => [
        "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(words)}`, `TRIGGER:-P${days}D`, "END:VALARM",
      ]),
      "END:VEVENT",
    ];
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Model Almanac//My models//EN", ...events.flatMap(event),
      "END:VCALENDAR",
    ];
    return lines.map((line) => `${folded(line)}\r\n`).join("");
  };
  const xml = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt()};`);
  const outline = (title, feeds) => [
    '<?xml version="1.0" encoding="UTF-8"?>', `<opml version="2.0"><head><title>${xml(title)}</title></head><body>`,
    ...feeds.map(({ name, url }) => `<outline type="rss" text="${xml(name)}" xmlUrl="${xml(url)}"/>`),
    "</body></opml>\n",
  ].join("\n");

  const start = () => {
    const data = globalThis.almanac;
    const { phrase, entries, link, removal, title, present, statusOn, noShutdown, isAvailable, daysLeft } = data;
    const day = asOf();
    const asked = new URLSearchParams(location.search);
    const known = (names) => [...new Set(names.map(present))].filter((name) => entries.has(name));
    const isShared = asked.has("m");
    let names = known(isShared ? asked.getAll("m") : [...stored(), ...asked.getAll("add")]);
    form.querySelector("datalist").append(...[...entries.keys()].map((name) => make("option", { value: name })));

    const address = (chosen) => {
      const url = new URL(location.href);
      for (const key of ["m", "add"]) url.searchParams.delete(key);
      for (const name of chosen) url.searchParams.append("m", name);
      return url.href;
    };
    const feed = (name) => {
      const language = edition === "zh" ? "zh" : "en";
      return new URL(`feeds/${entries.get(name).path.replace(/\.html$/, "")}.${language}.xml`, root).href;
    };
    /** The first day on which the name may stop working; after all others if no date is on record. */
    const ends = (name) => /\d{4}-\d\d(-\d\d)?/.exec(statusOn(name, day).shutdown)?.[0] ?? "9999";

    // --- The table ---

    const months = Array.from({ length: 12 }, (_, at) => {
      const first = new Date(`${day.slice(0, 7)}-01`);
      first.setUTCMonth(first.getUTCMonth() + at + 1);
      return first.toISOString().slice(0, 10);
    });
    const share = (iso) => (100 * (Date.parse(iso) - Date.parse(day))) / (YEAR * DAY);
    const at = (element, iso) => {
      element.style.insetInlineStart = `${share(iso).toFixed(2)}%`;
      return element;
    };
    const scale = () =>
      months.filter((_, month) => month % 3 === 0).map((iso) => at(make("span", {}, formatDay(iso.slice(0, 7))), iso));
    /** The year ahead: a line for as long as the name works, with its end; none if it has ended. */
    const year = (name) => {
      const { shutdown } = statusOn(name, day);
      const end = EXACT.test(shutdown) ? share(shutdown) : 100;
      if (end < 0) return "";
      const line = make("i");
      line.style.inlineSize = `${Math.min(100, end).toFixed(2)}%`;
      return make("div", { class: end < 100 ? "year" : "year open", "aria-hidden": "true" }, line);
    };
    const replacements = (name) => {
      const { status, replacements, absent } = statusOn(name, day);
      if (isAvailable(status)) return "";
      if (absent || !replacements.length) return reasons[absent] ?? "";
      return replacements.flatMap((other, at) =>
        [at ? separator : "", link(other), withRemarks("", [remarkOn(statusOn(other, day)?.status)])]);
    };
    const remove = (name) => change(names.filter((other) => other !== name));
    const heads = ["model-or-endpoint", "status", "shutdown", "replacement"].map((key) => phrase(`tool-${key}`));
    const row = (name) => {
      const { status, shutdown } = statusOn(name, day);
      const when = isAvailable(status) ? noShutdown(name, status) : formatDeadline(shutdown);
      const left = daysLeft(shutdown, day);
      return make("tr", {},
        make("th", { scope: "row" }, link(name), " ", removal(name, () => remove(name))),
        make("td", { "data-th": heads[1] }, make("span", {}, statusSeal(status))),
        make("td", { "data-th": heads[2] },
          make("span", {}, when, left && make("span", { class: "muted" }, ` ${left}`))),
        make("td", { "data-th": heads[3] }, make("div", {}, replacements(name))),
        make("td", {}, year(name)));
    };
    const table = () => make("table", { class: "marked" },
      make("caption", { class: "visually-hidden" }, phrase("tool-my-models")),
      make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)),
        make("th", { scope: "col" }, make("span", { class: "visually-hidden" }, phrase("tool-my-year")),
          make("div", { class: "year-scale", "aria-hidden": "true" }, scale())))),
      make("tbody", {}, [...names].sort((a, b) => ends(a).localeCompare(ends(b))).map(row)));

    const files = () => {
      const dated = names.map((name) => ({ name, date: statusOn(name, day).shutdown }))
        .filter(({ name, date }) => EXACT.test(date) && date >= day && !isAvailable(statusOn(name, day).status));
      const events = dated.map(({ name, date }) => ({
        name, date, words: phrase("tool-my-event", { name: title(name) }), link: data.address(entries.get(name).path),
      }));
      const quoted = names.filter((name) => !name.startsWith("product/")).map((name) => `'"${name}"'`).join(" ");
      const command = `printf '%s\\n' ${quoted} > models.txt && almanac-scan --fail-within 60d models.txt`;
      const lines = [
        make("a", { href: address(names) }, phrase("tool-my-share")),
        events.length && file(phrase("tool-my-calendar"), "text/calendar", "my-models.ics", calendar(events)),
        file(phrase("tool-my-feeds"), "text/x-opml", "my-models.opml",
          outline(phrase("tool-my-models"), names.map((name) => ({ name: title(name), url: feed(name) })))),
      ];
      return [
        make("ul", {}, lines.filter(Boolean).map((each) => make("li", {}, each))),
        quoted && make("p", {}, spaced(phrase("tool-my-ci")), make("code", { translate: "no" }, command)),
      ];
    };

    const show = () => {
      keep.hidden = !isShared || names.every((name) => stored().includes(name));
      const none = make("p", {}, phrase("tool-my-none"));
      place.replaceChildren(...(names.length ? [table(), ...files()].filter(Boolean) : [none]));
    };
    const change = (chosen) => {
      names = chosen;
      if (isShared) history.replaceState(null, "", address(names));
      else store(names);
      show();
    };
    keep.addEventListener("click", () => {
      store([...new Set([...stored(), ...names])]);
      show();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const written = input.value.split(/[\s,，、;；"']+/).filter(Boolean).map(present);
      const unknown = written.filter((name) => !entries.has(name));
      output.textContent = unknown.length ? phrase("tool-unknown-name", { name: data.list(unknown) }) : "";
      input.value = unknown.join(" ");
      change([...new Set([...names, ...known(written)])]);
    });
    if (asked.has("add")) {
      const url = new URL(location.href);
      url.searchParams.delete("add");
      history.replaceState(null, "", url);
      store(names);
    }
    show();
    const missing = [...asked.getAll("m"), ...asked.getAll("add")].filter((name) => !entries.has(present(name)));
    if (missing.length) output.textContent = phrase("tool-unknown-name", { name: data.list(missing) });
  };

  document.addEventListener("almanac-data", start, { once: true });
  almanacLoadData();
}
