// The catalog, filtered and sorted: the rows of the page itself, moved and left out. What is chosen stands in the address.
"use strict";
{
  const box = document.querySelector("[data-load]");
  const form = box.querySelector("form");
  const main = document.querySelector("main");
  const COLUMNS = ["name", "status", "window", "output", "cutoff", "shutdown", "instead"];
  const MOST = 4;

  const start = () => {
    const known = globalThis.almanac;
    const { make, say, models } = known;
    const tables = [...main.querySelectorAll("table.models")].map((table) => ({
      table,
      columns: COLUMNS.filter((column) => column !== "output" || table.tHead.rows[0].cells.length === COLUMNS.length),
    }));
    const rows = tables.flatMap(({ table }) => [...table.tBodies[0].rows].map((row) => ({ row, home: table.tBodies[0], name: row.id.slice(row.id.indexOf("--") + 2) })));
    const full = tables.find(({ columns }) => columns.length === COLUMNS.length) ?? tables[0];
    const heads = full.columns.map((column, at) => (column === "window" ? say("criterion-window") : full.table.tHead.rows[0].cells[at].textContent));

    // --- The form ---

    const options = (pairs) => [make("option", { value: "" }, say("tool-any")), ...pairs.map(([value, words]) => make("option", { value }, words))];
    const field = (key, control) => make("label", {}, say(`tool-${key}`), control);
    const select = (key, pairs) => field(key, make("select", { name: key }, options(pairs)));
    const distinct = (key) => [...new Set(rows.map(({ name }) => models[name][key]).filter(Boolean))];
    const sorting = make("select", { name: "sort" }, make("option", { value: "" }, say("tool-by-family")), full.columns.map((value, at) => make("option", { value }, heads[at])));
    const descending = make("input", { type: "checkbox", name: "descending" });
    const count = make("output", { "aria-live": "polite" });
    const picking = make("span", { "aria-live": "polite" });
    form.append(
      field("text", make("input", { type: "search", name: "text", autocomplete: "off", spellcheck: "false" })),
      select("family", Object.entries(known.families).filter(([id]) => rows.some(({ name }) => models[name].family === id))),
      select("status", known.statuses),
      select("endpoint", known.listing.map((path) => [path, path])),
      select("window", distinct("window").sort((a, b) => a - b).map((tokens) => [tokens, tokens.toLocaleString("en")])),
      select("cutoff", distinct("cutoff").sort().map((day) => [day, known.day(day)])),
      field("sort", sorting),
      make("p", {}, make("label", {}, descending, ` ${say("tool-descending")}`), make("button", { type: "reset" }, say("tool-reset")), count, picking),
    );

    // --- Filtering and sorting ---

    const chosen = (key) => form.elements[key].value;
    const day = () => document.querySelector(".as-of input")?.value || known.today();
    const plain = (text) => text.normalize("NFKC").toLowerCase();
    const passes = (on) => {
      const terms = plain(chosen("text")).split(/\s+/).filter(Boolean);
      const family = chosen("family"), status = chosen("status"), window = +chosen("window"), cutoff = chosen("cutoff");
      const endpoint = known.listing.indexOf(chosen("endpoint"));
      return ({ name }) => {
        const model = models[name];
        return (!family || model.family === family)
          && (!status || known.statuses[known.statusOn(name, on).place][0] === status)
          && (endpoint < 0 || "yc".includes(model.answers[endpoint]))
          && (!window || model.window >= window)
          && (!cutoff || model.cutoff >= cutoff)
          && terms.every((term) => plain(`${name} ${model.facts.label ?? ""} ${known.families[model.family]}`).includes(term));
      };
    };
    /** What a column sorts by; nothing where no value is known, which comes last either way. */
    const value = (column, name, on) => {
      const { place, end, instead } = known.statusOn(name, on);
      return { name, status: place + 1, window: models[name].window, output: models[name].output, cutoff: models[name].cutoff,
        shutdown: end.replace(/[>?]/, ""), instead: instead.join(" ") }[column];
    };
    const { compare } = new Intl.Collator("en", { numeric: true });
    const inOrder = (column, down, on) => (a, b) => {
      const [x, y] = [value(column, a.name, on), value(column, b.name, on)];
      if (!x !== !y) return x ? -1 : 1;
      const order = typeof x === "number" ? x - y : compare(x, y);
      return (down ? -order : order) || compare(a.name, b.name);
    };

    const flat = make("table", { class: "models filtered-out" },
      make("caption", { class: "visually-hidden" }, say("tool-sorted")),
      make("thead", {}, make("tr", {}, full.columns.map((column, at) => make("th", { scope: "col", class: /window|output/.test(column) ? "n" : /cutoff|shutdown/.test(column) && "d" }, heads[at])))),
      make("tbody"));
    box.after(flat);
    const out = (element, is) => element.classList.toggle("filtered-out", is);
    /** A row among those of other families has all columns. */
    const widen = (row, name) => {
      if (full.columns.length > COLUMNS.length - 1 && row.cells.length < COLUMNS.length)
        row.cells[2].after(make("td", { class: "num", "data-th": heads[3], "data-added": "" }, models[name].facts["max-output"]));
    };
    const apply = () => {
      const on = day(), column = chosen("sort"), test = passes(on);
      for (const each of rows) out(each.row, !test(each));
      if (column) {
        for (const { row, name } of [...rows].sort(inOrder(column, descending.checked, on))) {
          widen(row, name);
          flat.tBodies[0].append(row);
        }
      } else {
        for (const { row, home } of rows) {
          row.querySelector("[data-added]")?.remove();
          home.append(row);
        }
      }
      out(flat, !column);
      const there = ({ row }) => !row.hidden && !row.classList.contains("filtered-out");
      const homes = new Set(rows.filter(there).map(({ home }) => home));
      for (const { table } of tables) out(table, column || !homes.has(table.tBodies[0]));
      for (const [at, head] of [...flat.tHead.rows[0].cells].entries())
        if (full.columns[at] === column) head.setAttribute("aria-sort", descending.checked ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      const words = say("tool-shown", { shown: rows.filter(there).length, all: rows.filter(({ row }) => !row.hidden).length });
      if (count.textContent !== words) count.textContent = words;
    };

    // --- The address ---

    const remember = () => {
      const address = new URL(location.href);
      for (const { name, type, checked, value } of form.elements) {
        const kept = type === "checkbox" ? checked && sorting.value && "1" : value;
        if (name && kept) address.searchParams.set(name, kept);
        else if (name) address.searchParams.delete(name);
      }
      address.searchParams.delete("m");
      for (const name of picked) address.searchParams.append("m", name);
      history.replaceState(null, "", address);
    };
    const recall = () => {
      const asked = new URLSearchParams(location.search);
      for (const control of form.elements) {
        if (!control.name || !asked.has(control.name)) continue;
        if (control.type === "checkbox") control.checked = true;
        else control.value = asked.get(control.name);
        if (control.selectedIndex === -1) control.value = "";
      }
    };
    const changed = () => {
      apply();
      remember();
    };
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed));

    // --- Columns that sort: up, down, by family again ---

    for (const { table, columns } of [...tables, { table: flat, columns: full.columns }])
      columns.forEach((column, at) => {
        const head = table.tHead.rows[0].cells[at];
        const click = () => {
          const again = sorting.value === column;
          sorting.value = again && descending.checked ? "" : column;
          descending.checked = again && !descending.checked;
          changed();
          if (sorting.value) flat.tHead.rows[0].cells[full.columns.indexOf(column)].querySelector("button").focus();
          else form.elements.sort.focus();
        };
        head.replaceChildren(make("button", { type: "button", class: "sorter", click }, ...head.childNodes));
      });

    // --- Models to compare ---

    const picked = new Set();
    const pick = (name) => (event) => {
      if (event.target.checked) picked.add(name);
      else picked.delete(name);
      tell();
      remember();
    };
    const tell = () => {
      for (const box of main.querySelectorAll(".pick input")) box.disabled = picked.size >= MOST && !box.checked;
      const address = new URL(known.address(known.compare));
      for (const name of picked) address.searchParams.append("m", name);
      picking.replaceChildren(picked.size > 1 ? make("a", { href: address.href }, `${say("tool-compare-them")} (${picked.size})`) : say("tool-pick-more"));
    };
    const asked = new Set(new URLSearchParams(location.search).getAll("m"));
    for (const { row, name } of rows) {
      const box = make("input", { type: "checkbox", "aria-label": say("tool-pick", { name }), change: pick(name) });
      row.cells[0].prepend(make("label", { class: "pick" }, box));
      box.checked = asked.has(name) && picked.size < MOST;
      if (box.checked) picked.add(name);
    }

    tell();
    recall();
    apply();
    // Another day shows other rows and statuses.
    document.addEventListener("almanac-day", apply);
  };

  document.addEventListener("almanac-known", start, { once: true });
  almanacKnow();
}
