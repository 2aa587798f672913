// Two to four models side by side, as the address names them: ?m=gpt-4&m=gpt-4-32k.
"use strict";
{
  const MOST = 4;
  const form = document.querySelector("form.compare");
  const status = form.querySelector("output");
  const input = form.querySelector("#add");
  const only = form.querySelector("#only");
  const place = document.querySelector("#compared");

  const start = () => {
    const known = globalThis.almanac;
    const { make, say, models } = known;
    const has = (name) => Object.hasOwn(models, name);
    const on = known.asOf();
    const asked = [...new Set(new URLSearchParams(location.search).getAll("m"))];
    let chosen = asked.filter(has).slice(0, MOST);
    form.querySelector("datalist").append(...Object.keys(models).map((name) => make("option", { value: name })));

    const unknown = say("absent-unknown");
    /** A row: what it is about, and for each model the words that are compared and, where they are not all, what is shown. */
    const row = (head, cells, note) => ({ head, note, cells: cells.map((cell) => (typeof cell === "string" ? { words: cell, shown: cell } : cell)) });
    const each = (tell) => chosen.map((name) => tell(name, models[name]));
    const linked = (names, none) => ({ words: names.join(" "), shown: names.length ? names.flatMap((name, at) => (at ? [", ", known.link(name)] : [known.link(name)])) : none });
    const state = (name) => known.statusOn(name, on);

    function* facts() {
      yield row(say("tool-family"), each((_, model) => known.families[model.family] ?? model.family));
      for (const [key, head] of Object.entries(known.facts)) {
        const cells = each((_, model) => model.facts[key] ?? unknown);
        if (each((_, model) => key in model.facts).some(Boolean)) yield row(head, cells);
      }
    }
    function* endings() {
      yield row(say("status"), each((name) => ({ words: `${state(name).place}`, shown: known.seal(state(name).place) })));
      yield row(say("shutdown"), each((name) => [known.end(state(name).end), known.left(state(name).end, on)].filter(Boolean).join(" · ")));
      yield row(say("replacement-named"), each((name) => linked(state(name).instead, say("absent-none"))));
      yield row(say("tool-instead"), each((name) => linked(known.lives(state(name).place) ? [] : known.livingEnds(name, on), say(known.lives(state(name).place) ? "tool-none-needed" : "absent-none"))));
      yield row(say("announced"), each((_, { plans }) => ({
        words: plans.map(([day, , scope]) => `${day} ${scope}`).join("\n"),
        shown: plans.length ? plans.map(([day, path, scope]) => make("div", {}, make("a", { href: known.address(path) }, known.day(day)), scope && ` · ${scope}`)) : say("absent-none"),
      })));
    }
    function* endpoints() {
      const answers = { y: "yes", c: "conditional", n: "no" };
      for (const [at, path] of known.listing.entries()) {
        if (!each((_, model) => "yc".includes(model.answers[at])).some(Boolean)) continue;
        const { kept, zero } = known.endpoints[path];
        yield row(known.link(path), each((_, model) => model.answers[at] === "u" ? unknown : say(`answer-is-${answers[model.answers[at]]}`)), say("tool-keeps", { kept, zero }));
      }
    }

    /** Whether two values that are known differ: what is not recorded may be the same. */
    const differs = ({ cells }) => new Set(cells.map(({ words }) => words).filter((words) => words !== unknown)).size > 1;
    const line = (one) => {
      const marked = differs(one);
      if (only.checked && !marked) return "";
      return make("tr", { class: marked && "differs" },
        make("th", { scope: "row" }, one.head, marked && make("span", { class: "badge" }, say("tool-differs")), one.note && make("span", { class: "muted" }, one.note)),
        one.cells.map(({ shown }, at) => make("td", { "data-th": chosen[at] }, make("span", {}, shown))));
    };
    const group = (title, rows) => {
      const lines = [...rows].map(line).filter(Boolean);
      return lines.length ? make("tbody", {}, make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: chosen.length + 1 }, title)), lines) : "";
    };
    const show = () => {
      const words = chosen.length < 2 ? say("tool-too-few") : "";
      status.textContent = words;
      const table = chosen.length && make("table", { class: "compared" },
        make("caption", { class: "visually-hidden" }, say("tool-compare")),
        make("thead", {}, make("tr", {}, make("td"), chosen.map((name) => make("th", { scope: "col" }, known.link(name), " ",
          make("button", { type: "button", "aria-label": say("tool-remove", { name }), click: () => change(chosen.filter((other) => other !== name)) }, say("tool-remove-it")))))),
        group(say("facts"), facts()), group(say("plans"), endings()), group(say("tool-endpoints-and-retention"), endpoints()));
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
      const name = input.value.trim();
      if (!name || chosen.includes(name)) return;
      if (!has(name)) status.textContent = say("tool-unknown-name", { name });
      else if (chosen.length >= MOST) status.textContent = say("tool-too-many");
      else {
        input.value = "";
        change([...chosen, name]);
      }
    });
    only.addEventListener("change", show);
    show();
    const strangers = asked.filter((name) => !has(name));
    if (strangers.length) status.textContent = say("tool-unknown-name", { name: known.list(strangers) });
  };

  document.addEventListener("almanac-known", start, { once: true });
  almanacKnow();
}
