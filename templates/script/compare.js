// Compares two to four models named in the address: ?m=gpt-4&m=gpt-4-32k.
"use strict";
{
  const {
    make, asOf, formatDay, formatDeadline, withRemarks, remarkOn, reasons, statusSeal, separator,
  } = almanacShared;
  const MOST = 4;
  const form = document.querySelector("form.compare");
  const output = form.querySelector("output");
  const input = form.querySelector("#add");
  const only = form.querySelector("#only");
  const place = document.querySelector("#compared");

  const start = () => {
    const data = globalThis.almanac;
    const { phrase, models, families, endpoints, link, present, statusOn, isAvailable, availableEnds, daysLeft } = data;
    const has = (name) => Object.hasOwn(models, name);
    const day = asOf();
    const asked = [...new Set(new URLSearchParams(location.search).getAll("m").map(present))];
    let chosen = asked.filter(has).slice(0, MOST);
    form.querySelector("datalist").append(...Object.keys(models).map((name) => make("option", { value: name })));

    const unknown = phrase("absent-unknown");
    /** A row: its heading, and for each model the text to compare and the content to show, if that differs. */
    const row = (head, cells, note) =>
      ({ head, note, cells: cells.map((cell) => (typeof cell === "string" ? { words: cell, shown: cell } : cell)) });
    const each = (cell) => chosen.map((name) => cell(name, models[name]));
    const linked = (names, none, remarks = () => []) => {
      const links = names.flatMap((name, at) => [at ? separator : "", link(name), withRemarks("", remarks(name))]);
      return { words: names.join(" "), shown: names.length ? links : none };
    };
    const now = (name) => statusOn(name, day);

    function* specifications() {
      yield row(phrase("tool-family"), each((_, model) => families[model.family] ?? model.family));
      for (const [key, head] of Object.entries(data.facts)) {
        const cells = each((_, model) => model.facts[key] ?? unknown);
        if (each((_, model) => key in model.facts).some(Boolean)) yield row(head, cells);
      }
    }
    function* shutdowns() {
      yield row(phrase("status"), each((name) => {
        const { status } = now(name);
        return { words: `${status}`, shown: statusSeal(status) };
      }));
      yield row(phrase("shutdown"), each((name) => {
        const { shutdown } = now(name);
        return [formatDeadline(shutdown), daysLeft(shutdown, day)].filter(Boolean).join(" · ");
      }));
      yield row(phrase("replacement-named"), each((name) => {
        const { replacements, absent } = now(name);
        const remarks = (other) => [...(models[name].beside[other] ?? []), remarkOn(statusOn(other, day)?.status)];
        return linked(replacements, absent ? reasons[absent] : phrase("tool-none-needed"), remarks);
      }));
      yield row(phrase("tool-chain-ends"), each((name) =>
        isAvailable(now(name).status)
          ? linked([], data.noShutdown(name, now(name).status))
          : linked(availableEnds(name, day), phrase("absent-none"))));
      yield row(phrase("announced"), each((_, { plans }) => {
        const links = plans.map(([announced, path, scope]) =>
          make("div", {}, make("a", { href: data.address(path) }, formatDay(announced)), scope && ` · ${scope}`));
        const words = plans.map(([announced, , scope]) => `${announced} ${scope}`).join("\n");
        return { words, shown: links.length ? links : phrase("absent-none") };
      }));
    }
    function* supportedEndpoints() {
      const answers = { y: "yes", c: "conditional", n: "no" };
      for (const [at, path] of data.listing.entries()) {
        if (!each((_, model) => "yc".includes(model.answers[at])).some(Boolean)) continue;
        const { retention, zero } = endpoints[path];
        const answer = (_, model) =>
          model.answers[at] === "u" ? unknown : phrase(`answer-is-${answers[model.answers[at]]}`);
        yield row(link(path), each(answer), phrase("tool-retention", { retention, zero }));
      }
    }

    /** Whether two known values differ; unknown values do not count. */
    const differs = ({ cells }) =>
      new Set(cells.map(({ words }) => words).filter((words) => words !== unknown)).size > 1;
    const line = (one) => {
      const marked = differs(one);
      if (only.checked && !marked) return "";
      return make("tr", { class: marked && "differs" },
        make("th", { scope: "row" }, one.head,
          marked && make("span", { class: "badge" }, phrase("tool-differs")),
          one.note && make("span", { class: "muted" }, one.note)),
        one.cells.map(({ shown }, at) => make("td", { "data-th": chosen[at] }, make("span", {}, shown))));
    };
    const group = (title, rows) => {
      const lines = [...rows].map(line).filter(Boolean);
      const head = make("th", { scope: "rowgroup", colspan: chosen.length + 1 }, title);
      return lines.length ? make("tbody", {}, make("tr", { class: "group" }, head), lines) : "";
    };
    const removal = (name) => {
      const click = () => change(chosen.filter((other) => other !== name));
      const label = phrase("tool-remove", { name });
      return make("button", { type: "button", "aria-label": label, click }, phrase("tool-remove-it"));
    };
    const show = () => {
      output.textContent = chosen.length < 2 ? phrase("tool-too-few") : "";
      const heads = chosen.map((name) => make("th", { scope: "col" }, link(name), " ", removal(name)));
      const table = chosen.length && make("table", { class: "compared" },
        make("caption", { class: "visually-hidden" }, phrase("tool-compare")),
        make("thead", {}, make("tr", {}, make("td"), heads)),
        group(phrase("facts"), specifications()),
        group(phrase("plans"), shutdowns()),
        group(phrase("tool-endpoints-and-retention"), supportedEndpoints()));
      place.replaceChildren(...(table ? [table] : []));
    };
    const change = (names) => {
      chosen = names;
      const address = new URL(location.href);
      address.searchParams.delete("m");
      for (const name of chosen) address.searchParams.append("m", name);
      history.replaceState(null, "", address);
      show();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = present(input.value.trim());
      if (!name || chosen.includes(name)) return;
      if (!has(name)) output.textContent = phrase("tool-unknown-name", { name });
      else if (chosen.length >= MOST) output.textContent = phrase("tool-too-many");
      else {
        input.value = "";
        change([...chosen, name]);
      }
    });
    only.addEventListener("change", show);
    show();
    const missing = asked.filter((name) => !has(name));
    if (missing.length) output.textContent = phrase("tool-unknown-name", { name: data.list(missing) });
  };

  document.addEventListener("almanac-data", start, { once: true });
  almanacLoadData();
}
