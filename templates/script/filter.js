// The catalog: filters, sorts, groups, exports and compares the rows of the page. The address has the whole view.
// A call with the filters and what no row shows follows: see almanac/render/browser/tools_data/filter_values.py.
"use strict";
function almanacFilter(declared, values) {
  const parts = [...document.querySelectorAll(".parts a")];
  if (parts.length) almanacMoreRows(parts, (isMore) => almanacFilterRows(declared, values, isMore));
  else almanacFilterRows(declared, values);
}
/** Adds the rows of further pages to the table once they are needed: for a filter, an anchor or another day. */
function almanacMoreRows(parts, then) {
  const form = document.querySelector(".filters");
  const target = () => location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const documentAt = (href) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest(); // it parses the page, for which the policy would refuse a DOMParser
      request.responseType = "document";
      request.onload = () => (request.status === 200 ? resolve(request.responseXML) : reject(new Error(href)));
      request.onerror = reject;
      request.open("GET", href);
      request.send();
    });
  const rowsOf = async ({ href }) => {
    const part = await documentAt(href);
    for (const link of part.querySelectorAll(".models a")) link.href = new URL(link.getAttribute("href"), href);
    return [...part.querySelector(".models").tBodies[0].rows];
  };
  let isStarted = false;
  let isUsed = false; // before the filters work
  const start = async () => {
    if (isStarted) return;
    isStarted = true;
    let isMore = false;
    try {
      const rows = (await Promise.all(parts.map(rowsOf))).flat();
      for (const { id } of rows) document.getElementById(id)?.remove(); // its anchor beside the family
      document.querySelector(".models").tBodies[0].append(...rows);
      parts[0].parentElement.remove();
      isMore = true;
    } catch {} // from file: URLs; the links to the pages remain
    const chosen = isUsed ? [...new FormData(form)] : [];
    then(isMore);
    for (const [name, value] of chosen) form.elements[name].value = value; // while the rows were on their way
    if (isUsed) form.dispatchEvent(new Event("input"));
    if (!isMore) return;
    document.dispatchEvent(new Event("almanac-rows"));
    if (target()) location.replace(location.href); // the row becomes the target
  };
  const startAtAnchor = () => target()?.matches(".family-list i") && start();
  for (const each of ["focusin", "pointerdown"]) form.addEventListener(each, start);
  form.addEventListener("input", () => (isUsed = true), { once: true });
  addEventListener("hashchange", startAtAnchor);
  document.addEventListener("almanac-day", () => almanacShared.dayShown && start());
  if (/[?&](?!find=)./.test(location.search)) start();
  else delete document.documentElement.dataset.view;
  startAtAnchor();
}
function almanacFilterRows(declared, values, isMore) {
  const { make, onInput } = almanacShared;
  const page = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const form = find(".filters");
  const controls = form.elements;
  const table = find(".models");
  const body = table.tBodies[0];
  const DASH = "–"; // not recorded; an empty cell: there is none
  const MOST = 4; // models to compare
  const STOPPED = ["passed", "shut-down"];
  const DESCENDING_FIRST = ["context", "output", "cutoff", "released", "seen"];
  // The columns of the page, by their names in addresses.
  const COLUMNS = [
    "model", "status", "input", "context", "output", "cutoff", "price-in", "price-out", "released", "seen", "shutdown",
    "replacement",
  ];
  const FORMER = { name: "model", window: "context", instead: "replacement" }; // parameters and columns until 2026

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const show = (element, is) => (element.hidden = !is);
  const write = (element, text) => element.textContent === `${text}` || (element.textContent = text);
  const filterOut = (element, is) => element.classList.toggle("filtered-out", is);

  const PER_FRAME = 40; // rows
  const busy = new Set();
  let isShown = false; // whether the view of the address has been shown
  /** Acts on rows, some in each frame, so that no frame is late on a slow processor. */
  const inFrames = () => {
    let frame;
    const step = (items, act, at) => {
      const end = isShown ? at + PER_FRAME : items.length;
      act(items.slice(at, end), items[at - 1]);
      if (end < items.length) {
        frame = requestAnimationFrame(() => step(items, act, end));
        busy.add(act);
      } else busy.delete(act);
      table.toggleAttribute("aria-busy", busy.size);
    };
    return (items, act) => {
      cancelAnimationFrame(frame);
      step(items, act, 0);
    };
  };

  // --- Rows ---

  const heads = [...table.tHead.rows[0].cells];
  const statuses = [...form.querySelectorAll("[name=status]")].map(({ value }) => value);
  const rows = [...body.rows].map((row, at) => {
    const [family, name] = row.id.split("--");
    const parts = (values[name] ?? "").split("|");
    const cells = Object.fromEntries([...row.cells].map((cell, at) => [COLUMNS[at], cell]));
    return { row, at, family, name, cells, parts };
  });
  const statusOf = ({ row }) => statuses.find((status) => row.classList.contains(status));
  const isLater = (cell) => cell.matches(".later, .later + td:nth-child(8)"); // not known on the day shown
  const text = (cell) => (isLater(cell) ? DASH : cell.textContent.replace(/\s+/g, " ").trim());
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  /** The date in a cell in ISO 8601: of 6 Jun 2025, Jun 2025 or 2025年6月6日; "" if there is none. */
  const isoDay = (words) => {
    const [iso] = words.match(/\d{4}(-\d\d){1,2}/) ?? [];
    const [, ...han] = words.match(/(\d{4})年(?:(\d+)月)?(?:(\d+)日)?/) ?? [];
    const [, day, month, year] = words.match(/(?:(\d+) )?(?:([A-Z][a-z]{2})[a-z]* )?\b(\d{4})/) ?? [];
    const parts = han.length ? han : [year, month && MONTHS.indexOf(month) + 1, day];
    return iso ?? parts.filter(Boolean).map((part) => `${part}`.padStart(2, "0")).join("-");
  };
  const isPrice = (name) => name.startsWith("price");
  const isNumber = (name) => isPrice(name) || name === "context" || name === "output";
  const isDay = (name) => ["cutoff", "released", "seen", "shutdown"].includes(name);
  /** A number or text to compare; null if it is not recorded, "" if there is none. */
  const read = (each, name) => {
    const cell = each.cells[name];
    if (name === "model") return each.name;
    if (name === "status") return statuses.indexOf(statusOf(each));
    if (name === "shutdown" && each.row.interval) return each.row.interval.shutdown.replace(/^[>?]/, "");
    const written = text(cell);
    if (written === DASH || !written) return written && null;
    if (isDay(name)) return isoDay(written);
    if (!isNumber(name)) return written;
    const [digits] = written.replace(/,/g, "").match(/\d[\d.]*/) ?? ["0"]; // free of charge
    return +digits;
  };
  const hasUnit = (cell) => !!find(".unit", cell);

  // --- Filters: whether a row has the value, null if that is not recorded ---

  /** What no column shows: as `read`, and null before the day from which it is known. */
  const part = ({ parts }, { part, number }) => {
    const [written, from] = (parts[part] ?? "").split(">");
    if (!written || from > almanacShared.dayShown) return null;
    return written === "-" ? "" : number ? +written : written;
  };
  const byField = (filter) => (each, chosen) => {
    const { test, column } = filter;
    const value = column ? read(each, column) : part(each, filter);
    if (value === null) return null;
    if (value === "" || (column && hasUnit(each.cells[column]))) return false;
    if (test === "has") return value.split(" ").includes(chosen);
    const isNumber = typeof value === "number";
    const [its, limit] = isNumber ? [value, +chosen] : [value.slice(0, chosen.length), chosen]; // a day as precise
    return test === "at-least" ? its >= limit : its <= limit;
  };
  const squeezed = (words) => words.normalize("NFKC").toLowerCase().replace(/[-._/]/g, "");
  const families = [...document.querySelectorAll(".family-list li")];
  const familyLinks = new Map(families.map((item) => [item.id, find("a", item)]));
  const RELATED = {
    endpoint: ({ parts }) => ({ y: true, n: false })[parts[0][controls.endpoint.selectedIndex - 1]] ?? null,
    family: ({ family }, value) => family === value,
  };
  const TESTS = {
    text: ({ name, family }, words) => {
      const names = squeezed(`${name} ${familyLinks.get(family)?.textContent ?? ""}`);
      return squeezed(words).split(/\s+/).every((word) => names.includes(word));
    },
  };
  for (const { name } of form.querySelectorAll("select")) TESTS[name] = RELATED[name] ?? byField(declared[name]);

  // --- Order ---

  const order = { column: "released", down: true };
  const isDefault = () => order.column === "released" && order.down;
  const { compare } = new Intl.Collator("en", { numeric: true });
  const rank = (value) => (value === null ? 2 : value === "" ? 1 : 0);
  const key = (each) => {
    const value = read(each, order.column);
    return { each, value, rank: rank(value), unit: isPrice(order.column) && hasUnit(each.cells[order.column]) };
  };
  const byKey = (a, b) => {
    if (a.rank !== b.rank) return a.rank - b.rank;
    if (a.unit !== b.unit) return a.unit - b.unit;
    const less = typeof a.value === "number" ? a.value - b.value : compare(a.value ?? "", b.value ?? "");
    return (order.down ? -less : less) || a.each.at - b.each.at;
  };
  const place = (items, last) => (last ? last.after(...items) : body.prepend(...items));
  const placeInFrames = inFrames();
  let ordered = rows;
  const groups = new Map();
  const sort = () => {
    for (const group of groups.values()) group.remove();
    if (order.column === "family") {
      const placed = [];
      ordered = [];
      for (const [family, link] of familyLinks) {
        if (!groups.has(family)) {
          const title = make("th", { colspan: 8, scope: "rowgroup" }, link.cloneNode(true));
          groups.set(family, make("tr", { class: "group" }, title));
        }
        const members = rows.filter((each) => each.family === family);
        ordered.push(...members);
        placed.push(groups.get(family), ...members.map(({ row }) => row));
      }
      placeInFrames(placed, place);
    } else {
      ordered = isDefault() ? rows : rows.map(key).sort(byKey).map(({ each }) => each);
      placeInFrames(ordered.map(({ row }) => row), place);
    }
    for (const [at, head] of heads.entries())
      if (COLUMNS[at] !== order.column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    controls.group.setAttribute("aria-pressed", order.column === "family");
  };

  // Rows that were added are put into the order of the page.
  if (isMore) {
    rows.splice(0, rows.length, ...rows.map(key).sort(byKey).map(({ each }) => each));
    rows.forEach((each, at) => (each.at = at));
    body.append(...rows.map(({ row }) => row));
  }

  // --- The view ---

  const unhide = (items) => items.forEach((row) => filterOut(row, false));
  const unhideInFrames = inFrames();
  let shown = rows;
  const isChosen = (status) => {
    const chosen = controls.status.value;
    return chosen === "all" || chosen === status || (chosen === "running" && !STOPPED.includes(status));
  };
  const add = (counts, status) => {
    for (const each of ["all", status, ...(STOPPED.includes(status) ? [] : ["running"])])
      counts[each] = (counts[each] ?? 0) + 1;
  };
  const apply = () => {
    const set = Object.entries(TESTS).filter(([name]) => controls[name].value.trim());
    const all = {}, counts = {};
    const passing = []; // rows to show again
    let unknown = 0;
    shown = ordered.filter((each) => {
      if (each.row.hidden) return false; // not yet on record on the day shown
      const status = statusOf(each);
      const answers = set.map(([name, test]) => test(each, controls[name].value));
      const isOpen = !answers.includes(false) && answers.includes(null);
      const passes = answers.every((answer) => answer || (answer === null && isOpen && controls.unknown.checked));
      add(all, status);
      if (passes) add(counts, status);
      if (isOpen && isChosen(status)) unknown++;
      if (!passes) filterOut(each.row, true);
      else if (each.row.classList.contains("filtered-out")) passing.push(each.row);
      return passes && isChosen(status);
    });
    unhideInFrames(passing, unhide);
    for (const input of controls.status) {
      const { value, checked, parentNode: chip } = input;
      write(find("b", chip), counts[value] ?? 0);
      show(chip, all[value] || checked || value === "all" || value === "running");
    }
    const present = new Set(shown.map(({ family }) => family));
    for (const [family, group] of groups) filterOut(group, !present.has(family));
    write(find("output", form), fill(form.dataset.count, { shown: shown.length, all: all.all ?? 0 }));
    const filters = set.filter(([name]) => name !== "text" && name !== "family").length;
    show(find(".unknown", form), filters && (unknown || controls.unknown.checked));
    write(find(".unknown span", form), fill(form.dataset.unknown, { count: unknown }));
    show(find("[type=reset]", form), set.length || controls.status.value !== "running");
    for (const select of form.querySelectorAll("select")) select.classList.toggle("set", !!select.value);
    show(find(".no-match"), !shown.length);
  };

  // --- The address ---

  const remember = () => {
    const address = new URL(location.href);
    const { searchParams: kept } = address;
    for (const name of [...Object.keys(TESTS), ...Object.keys(FORMER), "status", "unknown", "sort", "descending", "m"])
      kept.delete(name);
    if (controls.status.value !== "running") kept.set("status", controls.status.value);
    for (const name of Object.keys(TESTS)) if (controls[name].value.trim()) kept.set(name, controls[name].value);
    if (controls.unknown.checked) kept.set("unknown", "1");
    if (!isDefault()) kept.set("sort", order.column);
    if (!isDefault() && order.down) kept.set("descending", "1");
    for (const name of picked) kept.append("m", name);
    history.replaceState(history.state, "", address);
  };
  /** Chooses a value of a scale that is not among the options, such as a context of 64,000 tokens. */
  const choose = (select, value) => {
    select.value = value.replace(/^\/v1\//, ""); // of endpoints, as addresses had them until 2026
    if (select.selectedIndex >= 0) return;
    const isOnScale = select.dataset.chosen && /^\d[\d.-]*$/.test(value);
    if (isOnScale) select.append(make("option", { value }, fill(select.dataset.chosen, { value })));
    select.value = isOnScale ? value : "";
  };
  const recall = () => {
    form.reset(); // what the browser may have filled in
    const asked = new URLSearchParams(location.search);
    for (const [former, name] of Object.entries(FORMER)) if (asked.has(former)) asked.set(name, asked.get(former));
    controls.text.value = asked.get("text") ?? "";
    for (const select of form.querySelectorAll("select")) choose(select, asked.get(select.name) ?? "");
    controls.unknown.checked = asked.has("unknown");
    if (statuses.includes(asked.get("status"))) controls.status.value = asked.get("status");
    const by = FORMER[asked.get("sort")] ?? asked.get("sort");
    if (by === "family" || COLUMNS.includes(by)) Object.assign(order, { column: by, down: asked.has("descending") });
    const known = asked.getAll("m").filter((name) => rows.some((each) => each.name === name));
    for (const name of known.slice(0, MOST)) picked.add(name);
  };
  const changed = () => {
    apply();
    remember();
  };
  const sortBy = (name, down) => {
    Object.assign(order, { column: name, down });
    sort();
    changed();
  };

  // --- Columns that sort, groups, and CSV ---

  for (const [at, head] of heads.entries()) {
    const name = COLUMNS[at];
    const click = () => sortBy(name, order.column === name ? !order.down : DESCENDING_FIRST.includes(name));
    head.replaceChildren(make("button", { type: "button", class: "sorter", click }, ...head.childNodes));
  }
  controls.group.addEventListener("click", () =>
    order.column === "family" ? sortBy("released", true) : sortBy("family", false));

  const exported = (each, name) => {
    const cell = each.cells[name];
    if (name === "model") return each.name;
    if (name === "shutdown" && each.row.interval) return each.row.interval.shutdown;
    if (isDay(name)) return isoDay(text(cell)) || text(cell);
    return name === "context" || name === "output" ? `${read(each, name) ?? DASH}` : text(cell);
  };
  const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  controls.csv.addEventListener("click", () => {
    const titles = heads.map((head) => head.textContent.replace(/\s+/g, " ").trim());
    const lines = [titles, ...shown.map((each) => COLUMNS.map((name) => exported(each, name)))];
    const csv = lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("");
    // With a byte order mark, without which some spreadsheets do not read it as UTF-8.
    const href = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" }));
    const day = almanacShared.dayShown ?? page.dataset.day;
    make("a", { href, download: `models-${day}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  });

  // --- Selection for the comparison ---

  const picked = new Set();
  const [hint, link] = form.querySelectorAll(".picked");
  const boxes = new Map();
  const showPicked = () => {
    for (const [name, box] of boxes) {
      box.checked = picked.has(name);
      box.disabled = picked.size >= MOST && !box.checked;
    }
    const isPicking = table.classList.contains("picking");
    const address = new URL(link.getAttribute("href"), location.href);
    address.search = new URLSearchParams([...picked].map((name) => ["m", name]));
    link.href = address;
    write(link, fill(form.dataset.compare, { count: picked.size }));
    show(link, isPicking && picked.size > 1);
    show(hint, isPicking && picked.size < 2);
    controls.pick.setAttribute("aria-pressed", isPicking);
  };
  const startPicking = () => {
    for (const { name, cells } of rows) {
      const change = ({ target }) => {
        if (target.checked) picked.add(name);
        else picked.delete(name);
        showPicked();
        remember();
      };
      const box = make("input", { type: "checkbox", "aria-label": fill(form.dataset.pick, { name }), change });
      cells.model.prepend(make("label", { class: "pick" }, box));
      boxes.set(name, box);
    }
  };
  const togglePicking = (is) => {
    if (is && !boxes.size) startPicking();
    table.classList.toggle("picking", is);
    if (!is) picked.clear();
    showPicked();
  };
  controls.pick.addEventListener("click", () => {
    togglePicking(!table.classList.contains("picking"));
    remember();
  });

  // --- Start ---

  for (const [value, { textContent }] of familyLinks) controls.family.append(make("option", { value }, textContent));
  recall();
  if (!isDefault()) sort();
  apply();
  if (picked.size) togglePicking(true);
  isShown = true;
  onInput(form, changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  // Another day has other rows, values and statuses.
  document.addEventListener("almanac-day", () => {
    if (!isDefault()) sort();
    apply();
    delete page.dataset.view;
  });
  if (page.dataset.asOf !== "") delete page.dataset.view; // else the view is complete when the day is shown
}
