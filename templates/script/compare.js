// Compares two to four models named in the address, and their cost for an amount of tokens:
// ?m=gpt-4&m=gpt-4-32k&input=2M&output=500K. What the others lack beside the first is marked.
"use strict";
{
  const {
    make, asOf, today, formatDay, formatDeadline, withRemarks, remarkOn, reasons, statusSeal, separator,
  } = almanacShared;
  const MOST = 4;
  const form = document.querySelector("form.compare");
  const output = form.querySelector("output");
  const input = form.querySelector("#add");
  const only = form.querySelector("#only");
  const place = document.querySelector("#compared");

  // --- Cost: amounts are whole numbers of 10^-12 dollars, since fractions of binary numbers are not exact ---

  const PLACES = 12; // of a dollar
  const PER = 6; // prices are for 10^6 tokens
  const SUFFIX = { "": 0, k: 3, m: 6, b: 9, "万": 4, "亿": 8 };
  /** A number of tokens as written: "1,500,000", "1.5M", "150万"; undefined if it is none. */
  const tokens = (text) => {
    const plain = text.normalize("NFKC").replace(/[\s,_]/g, "").toLowerCase();
    const [, whole, part = "", suffix] = /^(\d{1,15})(?:\.(\d{1,9}))?([kmb万亿]?)$/.exec(plain) ?? [];
    const zeros = whole && SUFFIX[suffix] - part.length;
    return zeros >= 0 ? BigInt(whole + part + "0".repeat(zeros)) : undefined;
  };
  const cost = (count, price) => {
    const [whole, part = ""] = price.split(".");
    return count * BigInt(whole + part.padEnd(PLACES - PER, "0"));
  };
  const dollars = (amount) => {
    const digits = `${amount}`.padStart(PLACES + 1, "0");
    const part = digits.slice(-PLACES).replace(/0+$/, "").padEnd(2, "0");
    return `$${digits.slice(0, -PLACES).replace(/\B(?=(\d{3})+$)/g, ",")}.${part}`;
  };

  const start = () => {
    const data = globalThis.almanac;
    const { phrase, models, families, endpoints, link, removal, present } = data;
    const { statusOn, isAvailable, availableEnds, daysLeft } = data;
    const has = (name) => Object.hasOwn(models, name);
    const day = asOf();
    // Specifications and lists of models are known here for the day of the build only.
    const isBuiltDay = day === today() || day === document.documentElement.dataset.day;
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

    /** What a model lacks beside the first, in words; "" if nothing or if it is not known. */
    const lacks = {
      "context-window": (model, first) => model.window && model.window < first.window && phrase("tool-less"),
      "max-output": (model, first) => model.output && model.output < first.output && phrase("tool-less"),
      price: ({ prices }, first) =>
        ["input", "output"].some((use) => Number(prices[use]) > Number(first.prices[use])) &&
        phrase("tool-more-expensive"),
      ...Object.fromEntries(["input", "output", "capabilities", "tools"].map((key) => [key, lackedItems(key)])),
    };
    function lackedItems(key) {
      const items = ({ facts }) => (facts[key] ?? "").split(" · ")[0].split(separator);
      return (model, first) => {
        if ([model, first].some(({ facts }) => (facts[key] ?? unknown) === unknown)) return "";
        const gone = items(first).filter((each) => !items(model).includes(each));
        return gone.length ? phrase("tool-missing", { items: gone.join(separator) }) : "";
      };
    }
    const marked = (words, lack) =>
      ({ words, shown: lack ? [words, " ", make("span", { class: "badge" }, lack)] : words });

    function* specifications() {
      yield row(phrase("tool-family"), each((_, model) => families[model.family] ?? model.family));
      for (const [key, head] of Object.entries(data.facts)) {
        const first = models[chosen[0]];
        const cells = each((_, model) => marked(model.facts[key] ?? unknown, lacks[key]?.(model, first)));
        if (each((_, model) => key in model.facts).some(Boolean)) yield row(head, cells);
      }
    }
    function* costs() {
      const [input, cached, output] = ["input", "cached", "output"].map((name) => tokens(form.elements[name].value));
      if ([input, cached, output].includes(undefined)) return;
      const remembered = cached < input ? cached : input;
      yield row(phrase("tool-cost-note"), each((_, { prices }) => {
        if ((input && !prices.input) || (output && !prices.output)) return unknown;
        const sum = cost(input - remembered, prices.input ?? "0")
          + cost(remembered, prices.cached ?? prices.input ?? "0") + cost(output, prices.output ?? "0");
        const words = dollars(sum);
        const note = remembered && !prices.cached && phrase("tool-cost-uncached");
        return { words, shown: [make("b", {}, words), note && make("span", { class: "muted" }, " ", note)] };
      }));
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
        const links = plans.filter(([announced]) => announced <= day).map(([announced, path, scope]) =>
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
        const { status } = now(path);
        const isUp = isAvailable(status);
        const isSupported = (model) => "yc".includes(model.answers[at]);
        const answer = (_, model) => {
          if (model.answers[at] === "u") return unknown;
          const words = phrase(`answer-is-${answers[model.answers[at]]}`);
          const isLacking = isUp && model.answers[at] === "n" && isSupported(models[chosen[0]]);
          return { words, shown: isLacking ? make("span", { class: "badge" }, words) : words };
        };
        const head = [link(path), " ", !isUp && statusSeal(status)];
        yield row(head, each(answer), phrase("tool-retention", { retention, zero }));
      }
    }

    /** Whether two known values differ; unknown values do not count. */
    const differs = ({ cells }) =>
      new Set(cells.map(({ words }) => words).filter((words) => words !== unknown)).size > 1;
    const line = (one) => {
      const isDifferent = differs(one);
      if (only.checked && !isDifferent) return "";
      return make("tr", { class: !isDifferent && "alike" },
        make("th", { scope: "row" }, one.head,
          one.note && make("span", { class: "muted" }, one.note)),
        one.cells.map(({ shown }, at) => make("td", { "data-th": chosen[at] }, make("span", {}, shown))));
    };
    const group = (title, rows) => {
      const lines = [...rows].map(line).filter(Boolean);
      const head = make("th", { scope: "rowgroup", colspan: chosen.length + 1 }, title);
      return lines.length ? make("tbody", {}, make("tr", { class: "group" }, head), lines) : "";
    };
    const show = () => {
      output.textContent = chosen.length < 2 ? phrase("tool-too-few") : "";
      const heads = chosen.map((name) =>
        make("th", { scope: "col" }, link(name), " ", removal(name, () => remove(name))));
      const table = chosen.length && make("table", { class: "compared" },
        make("caption", { class: "visually-hidden" }, phrase("tool-compare")),
        make("thead", {}, make("tr", {}, make("td"), heads)),
        isBuiltDay && group(phrase("tool-cost"), costs()),
        isBuiltDay && group(phrase("facts"), specifications()),
        group(phrase("plans"), shutdowns()),
        isBuiltDay && group(phrase("tool-endpoints-and-retention"), supportedEndpoints()));
      if (table) table.style.setProperty("--models", chosen.length);
      place.replaceChildren(...(table ? [table] : []));
    };
    const remove = (name) => change(chosen.filter((other) => other !== name));
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
    form.querySelector(".tokens").addEventListener("input", ({ target }) => {
      const count = tokens(target.value);
      target.ariaInvalid = String(count === undefined);
      const address = new URL(location.href);
      address.searchParams.set(target.name, target.value);
      history.replaceState(null, "", address);
      show();
    });
    for (const name of ["input", "cached", "output"])
      form.elements[name].value = new URLSearchParams(location.search).get(name) ?? form.elements[name].value;
    show();
    const missing = asked.filter((name) => !has(name));
    if (missing.length) output.textContent = phrase("tool-unknown-name", { name: data.list(missing) });
  };

  document.addEventListener("almanac-data", start, { once: true });
  almanacLoadData();
}
