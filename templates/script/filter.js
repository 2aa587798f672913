// Filters and sorts the catalog by moving and hiding the page's rows. The address has the state.
"use strict";
{
  const { make, onInput, today, formatDay, statuses } = almanacShared;
  const box = document.querySelector("[data-load]");
  const form = box.querySelector("form");
  const main = document.querySelector("main");
  const COLUMNS = ["name", "status", "window", "output", "cutoff", "shutdown", "instead"];
  const MOST = 4;

  const start = () => {
    const data = globalThis.almanac;
    const { phrase, models, families, listing, present, statusOn } = data;
    const tables = [...main.querySelectorAll("table.models")].map((table) => ({
      table,
      columns: COLUMNS.filter((column) => column !== "output" || table.tHead.rows[0].cells.length === COLUMNS.length),
    }));
    const rows = tables.flatMap(({ table: { tBodies: [home] } }) =>
      [...home.rows].map((row) => ({ row, home, name: row.id.slice(row.id.indexOf("--") + 2) })));
    const full = tables.find(({ columns }) => columns.length === COLUMNS.length) ?? tables[0];
    const fullHeads = full.table.tHead.rows[0].cells;
    const heads = full.columns.map((column, at) =>
      column === "window" ? phrase("criterion-window") : fullHeads[at].textContent);

    // --- Form ---

    const option = ([value, words]) => make("option", { value }, words);
    const field = (key, control) => make("label", {}, phrase(`tool-${key}`), control);
    const select = (key, pairs) =>
      field(key, make("select", { name: key }, option(["", phrase("tool-any")]), pairs.map(option)));
    const distinct = (key) => [...new Set(rows.map(({ name }) => models[name][key]).filter(Boolean))];
    const hasRows = ([family]) => rows.some(({ name }) => models[name].family === family);
    const sorting = make("select", { name: "sort" },
      option(["", phrase("tool-by-family")]), full.columns.map((column, at) => option([column, heads[at]])));
    const descending = make("input", { type: "checkbox", name: "descending" });
    const count = make("output", { "aria-live": "polite" });
    const picking = make("span", { "aria-live": "polite" });
    form.append(
      field("text", make("input", { type: "search", name: "text", autocomplete: "off", spellcheck: "false" })),
      select("family", Object.entries(families).filter(hasRows)),
      select("status", statuses),
      select("endpoint", listing.map((path) => [path, path])),
      select("window", distinct("window").sort((a, b) => a - b).map((tokens) => [tokens, tokens.toLocaleString("en")])),
      select("cutoff", distinct("cutoff").sort().map((day) => [day, formatDay(day)])),
      field("sort", sorting),
      make("p", {},
        make("label", {}, descending, ` ${phrase("tool-descending")}`),
        make("button", { type: "reset" }, phrase("tool-reset")), count, picking),
    );

    // --- Filtering and sorting ---

    const chosen = (key) => form.elements[key].value;
    const dayShown = () => document.querySelector(".as-of input")?.value || today();
    const plain = (text) => text.normalize("NFKC").toLowerCase();
    const test = (day) => {
      const terms = plain(chosen("text")).split(/\s+/).filter(Boolean);
      const family = chosen("family"), status = chosen("status"), window = +chosen("window"), cutoff = chosen("cutoff");
      const endpoint = listing.indexOf(chosen("endpoint"));
      return ({ name }) => {
        const model = models[name];
        const names = plain(`${name} ${model.facts.label ?? ""} ${families[model.family]}`);
        return (!family || model.family === family)
          && (!status || statuses[statusOn(name, day).status][0] === status)
          && (endpoint < 0 || "yc".includes(model.answers[endpoint]))
          && (!window || model.window >= window)
          && (!cutoff || model.cutoff >= cutoff)
          && terms.every((term) => names.includes(term));
      };
    };
    /** The sort key of a column; unknown values are falsy and come last in both directions. */
    const value = (column, name, day) => {
      const { window, output, cutoff } = models[name];
      const { status, shutdown, replacements } = statusOn(name, day);
      const values = { name, status: status + 1, window, output, cutoff };
      return { ...values, shutdown: shutdown.replace(/[>?]/, ""), instead: replacements.join(" ") }[column];
    };
    const { compare } = new Intl.Collator("en", { numeric: true });
    const inOrder = (column, down, day) => (a, b) => {
      const [x, y] = [value(column, a.name, day), value(column, b.name, day)];
      if (!x !== !y) return x ? -1 : 1;
      const order = typeof x === "number" ? x - y : compare(x, y);
      return (down ? -order : order) || compare(a.name, b.name);
    };

    const flat = make("table", { class: "models filtered-out" },
      make("caption", { class: "visually-hidden" }, phrase("tool-sorted")),
      make("thead", {}, make("tr", {}, full.columns.map((column, at) =>
        make("th", { scope: "col", class: fullHeads[at].className || false }, heads[at])))),
      make("tbody"));
    box.after(flat);
    const filterOut = (element, is) => element.classList.toggle("filtered-out", is);
    /** Adds the output limit's cell to a row of a family without that column. */
    const widen = (row, name) => {
      if (full.columns.length < COLUMNS.length || row.cells.length === COLUMNS.length) return;
      const attributes = { class: "num", "data-th": heads[3], "data-added": "" };
      row.cells[2].after(make("td", attributes, models[name].facts["max-output"]));
    };
    const apply = () => {
      const day = dayShown(), column = chosen("sort"), passes = test(day);
      for (const each of rows) filterOut(each.row, !passes(each));
      if (column) {
        for (const { row, name } of [...rows].sort(inOrder(column, descending.checked, day))) {
          widen(row, name);
          flat.tBodies[0].append(row);
        }
      } else {
        for (const { row, home } of rows) {
          row.querySelector("[data-added]")?.remove();
          home.append(row);
        }
      }
      filterOut(flat, !column);
      const isShown = ({ row }) => !row.hidden && !row.classList.contains("filtered-out");
      const homes = new Set(rows.filter(isShown).map(({ home }) => home));
      for (const { table } of tables) filterOut(table, column || !homes.has(table.tBodies[0]));
      for (const [at, head] of [...flat.tHead.rows[0].cells].entries())
        if (full.columns[at] !== column) head.removeAttribute("aria-sort");
        else head.setAttribute("aria-sort", descending.checked ? "descending" : "ascending");
      const all = rows.filter(({ row }) => !row.hidden).length;
      const words = phrase("tool-shown", { shown: rows.filter(isShown).length, all });
      if (count.textContent !== words) count.textContent = words;
    };

    // --- Address ---

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
    onInput(form, changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed));

    // --- Sortable columns: ascending, descending, by family ---

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

    // --- Selection for the comparison ---

    const picked = new Set();
    const pick = (name) => (event) => {
      if (event.target.checked) picked.add(name);
      else picked.delete(name);
      showPicked();
      remember();
    };
    const showPicked = () => {
      for (const box of main.querySelectorAll(".pick input")) box.disabled = picked.size >= MOST && !box.checked;
      const address = new URL(data.address(data.compare));
      for (const name of picked) address.searchParams.append("m", name);
      const link = make("a", { href: address.href }, phrase("tool-compare-them", { count: picked.size }));
      picking.replaceChildren(picked.size > 1 ? link : phrase("tool-pick-more"));
    };
    const asked = new Set(new URLSearchParams(location.search).getAll("m").map(present));
    for (const { row, name } of rows) {
      const box = make("input", { type: "checkbox", "aria-label": phrase("tool-pick", { name }), change: pick(name) });
      row.cells[0].prepend(make("label", { class: "pick" }, box));
      box.checked = asked.has(name) && picked.size < MOST;
      if (box.checked) picked.add(name);
    }

    showPicked();
    recall();
    apply();
    // Another day has other rows and statuses.
    document.addEventListener("almanac-day", apply);
  };

  document.addEventListener("almanac-data", start, { once: true });
  almanacLoadData();
}
