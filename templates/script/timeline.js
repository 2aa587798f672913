// The timeline: tells the dates of the life under the pointer, and shows another day.
// A position in percent has two digits, so that it gives the day.
"use strict";
{
  const { make, statuses, formatDay } = almanacShared;
  const charts = document.querySelector(".lifelines");
  const bar = document.querySelector(".scrub");
  const [output, range, back] = ["output", "input", "button"].map((name) => bar.querySelector(name));
  const { first, days, fromUnknown, noEnd, told: toldWords } = charts.dataset;
  const isoOf = (day) => new Date(Date.parse(first) + day * 864e5).toISOString().slice(0, 10);
  const dayOf = (iso) => Math.round((Date.parse(iso) - Date.parse(first)) / 864e5);
  const built = +range.value;

  const lives = [...charts.querySelectorAll("li")].map((element) => {
    const [thick, thin] = element.querySelectorAll("line");
    const at = (line, side) => line && Math.round((parseFloat(line.getAttribute(side)) / 100) * days);
    return {
      element, name: element.dataset.of, status: element.className,
      from: thick.matches(".dots") ? null : at(thick, "x1"),
      seen: at(thick, "x1"),
      told: thin && at(thin, "x1") < at(thin, "x2") ? at(thin, "x1") : null,
      end: thin && !thin.matches(".on") ? at(thin, "x2") : null,
      lines: [thick, thin].filter(Boolean).map((line) => {
        const [from, to] = ["x1", "x2"].map((side) => parseFloat(line.getAttribute(side)));
        return { line, from, to };
      }),
    };
  });
  const sections = [...charts.querySelectorAll("section")].map((section) => ({
    count: section.querySelector("small"),
    built: [...section.querySelector("small").childNodes],
    lives: lives.filter(({ element }) => section.contains(element)),
  }));
  const counts = [...document.querySelectorAll("[data-count]")].map((element) => [element, element.textContent]);
  const now = charts.querySelectorAll(".now");

  /** The status of a life on a day, by what is known today; undefined before it begins. */
  const statusOn = ({ status, from, seen, told, end }, day) => {
    if (day === built) return status;
    if (day < (from ?? seen)) return undefined;
    if (end !== null && day >= end) return "shut-down";
    if (told !== null && day >= told) return "deprecated";
    return day > built && status !== "deprecated" ? status : "active";
  };

  const show = (day) => {
    range.value = day;
    const iso = isoOf(day);
    output.textContent = formatDay(iso);
    range.setAttribute("aria-valuetext", formatDay(iso, "long"));
    back.hidden = day === built;
    for (const line of now) for (const x of ["x1", "x2"]) line.setAttribute(x, `${(100 * day) / days}%`);
    for (const life of lives) {
      const status = statusOn(life, day);
      life.now = status;
      const { classList } = life.element;
      classList.toggle("not-yet", !status && life.from !== null);
      classList.toggle("not-known", !status && life.from === null);
      classList.toggle("over", day !== built && status === "shut-down");
    }
    for (const { count, built: original, lives: own } of sections) {
      const running = own.filter((life) => life.now && !["shut-down", "passed"].includes(life.now)).length;
      const begun = own.filter((life) => life.now).length;
      if (day === built) count.replaceChildren(...original);
      else count.textContent = `${running} / ${begun}`;
    }
    for (const [element, original] of counts)
      element.textContent = day === built ? original
        : lives.filter((life) => life.now === element.dataset.count).length;
  };
  range.addEventListener("input", () => show(+range.value));
  back.addEventListener("click", () => show(built));
  range.value = built; // a browser may have kept another one

  // --- The dates of a life ---

  const tip = make("div", { class: "life-tip", role: "status", hidden: true });
  document.body.append(tip);
  let told;
  const tell = (life) => {
    told = life;
    tip.hidden = !life;
    if (!life) return;
    const word = statuses.find(([name]) => name === (life.now ?? life.status))?.[1];
    const from = life.from === null ? fromUnknown : formatDay(isoOf(life.from));
    const to = life.end === null ? noEnd : formatDay(isoOf(life.end));
    const since = life.told === null ? "" : ` · ${toldWords.replaceAll("{day}", formatDay(isoOf(life.told)))}`;
    tip.replaceChildren(make("code", {}, life.name), ` · ${word}`, make("br"), `${from} – ${to}${since}`);
    const box = life.element.getBoundingClientRect();
    tip.style.left = `${scrollX + Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${scrollY + box.bottom + 2}px`;
  };
  const lifeOf = ({ target }) => lives.find(({ element }) => element.contains(target));
  let pointer; // where it was: when the page scrolls under it, nothing is told
  charts.addEventListener("pointerover", (event) => {
    const moved = pointer !== (pointer = `${event.screenX} ${event.screenY}`);
    if (moved && event.pointerType !== "touch") tell(lifeOf(event));
  });
  charts.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && tell());
  charts.addEventListener("focusin", (event) => tell(lifeOf(event)));
  charts.addEventListener("focusout", () => tell());
  // The first touch tells, the second opens.
  let toldByTouch;
  charts.addEventListener("pointerdown", (event) => {
    toldByTouch = event.pointerType === "touch" && lifeOf(event) !== told ? lifeOf(event) : undefined;
    if (toldByTouch) tell(toldByTouch);
  });
  charts.addEventListener("click", (event) => {
    if (toldByTouch && lifeOf(event) === toldByTouch) event.preventDefault();
  });
  addEventListener("keydown", ({ key }) => key === "Escape" && tell());

  // --- The site as of another day: nothing that became known later ---

  const asKnown = () => {
    const { dayShown, historyOf } = almanacShared;
    bar.hidden = !!dayShown;
    const day = dayShown && Math.max(0, Math.min(dayOf(dayShown), days));
    const limit = dayShown ? (100 * day) / days : 100;
    show(dayShown ? day : built);
    for (const life of lives) {
      const interval = dayShown && historyOf(life.name)?.findLast(({ since }) => since <= dayShown);
      life.element.className = interval ? statuses[interval.status][0] : life.status;
      for (const { line, to } of life.lines) line.setAttribute("x2", `${Math.min(to, limit)}%`);
      for (const { line, from } of life.lines) line.toggleAttribute("hidden", from > limit);
    }
  };
  document.addEventListener("almanac-day", asKnown);
  if (almanacShared.dayShown) asKnown();
}
