// Finds names in text: of models by themselves, of endpoints and products by calls, headers and paths.
// almanac_scan/recognition.py does the same; the table comes from almanac/render/patterns.py, the test vectors of both
// from tests/vectors/code.json.
"use strict";
/** Reads texts with one table: `read` is a generator of lists of what is found; the caller may pause between them. */
const almanacRecognition = ({ models, endpoints, former, patterns }) => {
  const { heads, calls, headers, paths } = patterns;
  const compiled = (source, flags = "") =>
    source.startsWith("(?i)") ? new RegExp(source.slice(4), `${flags}i`) : new RegExp(source, flags);
  const FORMS = Object.fromEntries(Object.entries(patterns.forms).map(([name, source]) => [name, compiled(source)]));
  const every = (form) => compiled(patterns.forms[form], "g");
  const is = (form, text) => FORMS[form].test(text);
  const BEFORE = 64, AFTER = 32, LINE = 400, CALL_BEFORE = 80; // characters of context
  const LONGEST = 200; // characters of a piece that may be a name
  const STEP = 64; // pieces between two pauses

  /** The present name of something that was renamed; other names unchanged. */
  const present = (name) => (Object.hasOwn(former, name) ? former[name] : name);

  // --- Names of models ---

  const names = [...Object.keys(models), ...Object.keys(former)];
  const known = new Set(names);
  const HYPHENS = every("hyphen"), DOTS = every("dot");
  const ascii = (text) => text.normalize("NFKC").replace(HYPHENS, "-");
  /** Without hyphens, full stops and underscores; "" for the beginning of a name. */
  const squashed = (text) =>
    /[-._]$/.test(text) ? "" : ascii(text).toLowerCase().replace(/[-._]/g, "").replace(DOTS, "$1");
  const shape = (text) => text.replace(/\d+/g, "0");
  const bySpelling = new Map(names.map((name) => [name.toLowerCase(), name]));
  const byLetters = new Map(); // without hyphens, full stops and underscores; "" if that is ambiguous
  for (const name of names)
    byLetters.set(squashed(name), present(byLetters.get(squashed(name)) ?? name) === present(name) ? name : "");
  const shapes = new Set(names.filter((name) => !is("letters", name)).map(shape));
  const shapesOfHeads = new Set(names.map((name) => shape(name.split("-", 1)[0])));

  /** A piece of text with its context. */
  const piece = (text, start, written) => ({
    text, start, written, end: start + written.length,
    before: (start <= BEFORE ? "\n" : "") + text.slice(Math.max(0, start - BEFORE), start),
    after: text.slice(start + written.length, start + written.length + AFTER),
  });
  const stands = (form, { before, after }) => is(`${form}_before`, before) && is(`${form}_after`, after);
  const isInLineOfNames = ({ text, start, end, written }) => {
    const before = text.slice(Math.max(0, start - LINE), start), after = text.slice(end, end + LINE);
    const from = before.lastIndexOf("\n"), to = after.indexOf("\n");
    if ((from < 0 && start > LINE) || (to < 0 && end + LINE < text.length)) return false;
    const line = before.slice(from + 1) + written + (to < 0 ? after : after.slice(0, to));
    return line.split(/[ \t\r,;]+/).filter(Boolean).every((each) => known.has(each));
  };
  const isSet = (at) => stands("set", at) && !is("comment_before", at.before);
  const isValue = (at) =>
    ["quoted", "option", "alone"].some((form) => stands(form, at)) || isSet(at) || isInLineOfNames(at);
  /** The same for a name that could be a word, as ada, or a variable, as o1. */
  const isValueNotWord = (name, at) => {
    const isOfLetters = is("letters", name);
    if (isOfLetters && (is("code_before", at.before) || is("code_after", at.after))) return false;
    const key = FORMS.word_key_before.exec(at.before)?.[1];
    const isOfModels = key !== undefined && is("word_key", key);
    if (stands("option", at) || stands("word_path", at)) return true;
    const isOfOther = !isOfModels && key !== undefined
      && (is("word_not_key", key) || is("attribute_before", at.before));
    const mayBe = isOfLetters
      ? key === undefined ? !at.before.endsWith("/") : is("letters_key", key)
      : !isOfOther;
    if (mayBe && stands("word_quoted", at)) return true;
    if (isOfModels && isSet(at)) return true;
    if (!isOfLetters && !isOfOther && (stands("word_set", at) || stands("word_slash", at))) return true;
    return stands("alone", at) || isInLineOfNames(at);
  };
  const called = (name, how) => ({ name: present(name), how: present(name) === name ? how : "renamed" });

  /** A constant of a library. */
  const constantIn = (word, before, letters = squashed(word)) => {
    const name = byLetters.get(letters);
    if (name) {
      const isQualified = is("qualified", word) && is("qualifier", before);
      const isMeant = is("word", name)
        ? isQualified && is("model_qualifier", before)
        : isQualified || is("constant", word) || is("model_qualifier", before);
      if (isMeant) return called(name, "constant");
    }
    const rest = word.includes("Model") ? word.replace(FORMS.model_prefix, "") : word;
    const other = rest !== word && byLetters.get(squashed(rest));
    return other ? called(other, "constant") : undefined;
  };
  const nameIn = (name, at) => {
    if (known.has(name)) return !is("word", name) || isValueNotWord(name, at) ? called(name, "exact") : undefined;
    const spelling = ascii(name);
    const alike = bySpelling.get(spelling.toLowerCase());
    if (alike && !is("word", alike) && (spelling === alike || isValue(at))) return called(alike, "alike");
    const letters = squashed(name);
    const constant = constantIn(name, at.before, letters);
    if (constant) return constant;
    const likely = byLetters.get(letters);
    const isMeant = likely && !is("word", likely) && (is("azure_name", name) || isValue(at));
    return isMeant ? called(likely, "alike") : undefined;
  };
  /** A name, or a constant, after one of the full stops: us.gpt-4o, openai.GPT4o, ChatModel.GPT_4O.toString. */
  const nameAfterStop = (name, at) => {
    let start = 0;
    for (const word of name.split(".", 12)) {
      const before = name.slice(0, start), rest = name.slice(start);
      if (start && known.has(rest))
        if (!is("word", rest) || (is("model_qualifier", before) && is("word_quoted_after", at.after)))
          return { called: called(rest, "exact"), from: start, to: name.length };
      const constant = start && constantIn(word, before);
      if (constant) return { called: constant, from: start, to: start + word.length };
      start += word.length + 1;
    }
  };
  /** Whether it is not on record but like a name: gpt-4-foo, gpt-9. */
  const isLikeName = (name, at) => {
    if (!name.includes("-") || !is("stranger", name) || is("not_stranger", name)) return false;
    const head = name.split("-", 1)[0];
    if (!shapesOfHeads.has(shape(head))) return false;
    for (let end = name.length; end > 0; end = name.lastIndexOf("-", end - 1))
      if (shapes.has(shape(name.slice(0, end)))) return shape(head) !== "o0" || isValue(at);
    return ((known.has(head) && head.length > 3) || (head.endsWith("gpt") && /\d/.test(name))) && isValue(at);
  };

  const isStop = (character) => character === "." || character === ":";
  /** Adds what a piece of text names; a piece that names nothing and has colons may have names between them. */
  const addPiece = (list, text, from, to, host) => {
    // A full stop or a colon next to a name is punctuation.
    while (from < to && isStop(text[from])) from++;
    while (from < to && isStop(text[to - 1])) to--;
    const at = piece(text, from, text.slice(from, to));
    const isSplit = at.written.includes(":");
    if (!at.written || (at.written.length > LONGEST && !isSplit)) return;
    const name = at.written.includes("%") ? at.written.replace(/%[0-9A-Fa-f]{2}/g, decodeURIComponent) : at.written;
    const isShort = name.length <= LONGEST;
    const isAzure = () => host || is("azure_before", at.before) || is("azure_name", ascii(name));
    const add = (one, written = at.written, offset = from) =>
      list.push({ ...one, written, offset, host: isAzure() ? "azure" : "" });
    const whole = isShort && nameIn(name, at);
    if (whole) return add(whole);
    const base = isShort && isSplit && FORMS.fine_tuned.exec(name);
    const tuned = base && nameIn(base[1] ?? base[2], { ...at, before: `"`, after: `"` });
    if (tuned) return add({ ...tuned, how: "tuned" });
    if (isSplit) return SPLIT;
    const after = name === at.written && name.includes(".") && nameAfterStop(name, at);
    if (after) add(after.called, name.slice(after.from, after.to), from + after.from);
    else if (isLikeName(name, at)) add({ name, how: "unknown" });
  };

  const RUN_CHARACTER = patterns.forms.run.slice(0, -1);
  const HEADS = `(?:${heads.join("|").replaceAll("#", "[0-9]")}|[\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a])`;
  const HEAD = new RegExp(HEADS, "i");
  // A whole run with one of the beginnings of names in it; each character is tried a bounded number of times.
  const RUN = new RegExp(`(?<!${RUN_CHARACTER})${RUN_CHARACTER}*?${HEADS}${RUN_CHARACTER}*`, "gi");
  const SEPARATOR = compiled(`${patterns.forms.separator}|$`, "g");
  const SPLIT = Symbol("may have names between its colons");
  function* namesIn(text, host) {
    const list = [];
    let step = 0;
    for (const { 0: run, index } of text.matchAll(RUN)) {
      // In "\ngpt-4" the n is part of the escape.
      let from = (text[index - 1] === "\\" && FORMS.escape.exec(run)?.[0].length) || 0;
      for (const { 0: separator, index: to } of run.matchAll(SEPARATOR)) {
        const isLikely = (from === 0 && to === run.length) || (from < to && HEAD.test(run.slice(from, to)));
        if (isLikely && addPiece(list, text, index + from, index + to, host) === SPLIT) {
          let start = index + from;
          for (const part of run.slice(from, to).split(":")) {
            addPiece(list, text, start, start + part.length, host);
            start += part.length + 1;
            if (++step % STEP === 0) yield list.splice(0);
          }
        }
        from = Math.max(from, to + separator.length);
        if (++step % STEP === 0) yield list.splice(0);
      }
    }
    yield list;
  }

  // --- Endpoints and products ---

  const named = new Map(); // call -> names
  const resources = new Set(); // the first words of calls
  for (const [name, several] of Object.entries(calls)) {
    for (const [resource, ...methods] of several.map((each) => each.split(" "))) {
      resources.add(resource.split(".", 1)[0]);
      for (const method of methods.length ? methods : [""]) {
        const call = method ? `${resource}.${method}` : resource;
        named.set(call, [...(named.get(call) ?? []), name]);
      }
    }
  }
  const longest = Math.max(0, ...[...named.keys()].map((call) => call.split(".").length));

  const humps = (word) => word.replace(/([a-z0-9])(?=[A-Z])/g, "$1_");
  const snake = (word) => (/^[a-z]/.test(word) ? humps(word).toLowerCase() : word);
  /** How many words a call has: `createImageVariation` and `images.create_variation` have three. */
  const size = (call) => humps(call).split(/[._]/).length;

  function* callsIn(text) {
    const isOpenAI = /openai/i.test(text);
    const mayBe = isOpenAI || !is("imports", text); // a fragment does not say what it uses
    const clients = new Set();
    const list = [];
    let step = 0;
    for (const { index } of text.matchAll(every("made"))) {
      if (++step % STEP === 0) yield [];
      const client = FORMS.made_before.exec(text.slice(Math.max(0, index - CALL_BEFORE), index))?.[1];
      if (client) clients.add(client);
    }
    const isClient = (word) => clients.has(word) || is("client", word);
    const isMadeBefore = (at) =>
      isOpenAI && is("expression_before", text.slice(Math.max(0, at - CALL_BEFORE), at + 1));

    for (const chain of text.matchAll(every("chain"))) {
      if (++step % STEP === 0) yield list.splice(0);
      const isExpression = /^[)\]]/.test(chain[0]);
      const words = [...chain[0].matchAll(/[\w$]+/g)]
        .map(({ 0: written, index: at }) => ({ written, word: snake(written), at, end: at + written.length }))
        .filter(({ word }) => !is("wrapper", word));
      // A call of few words, such as files.create, could be of any library.
      const isMeant = (call, start) => {
        const before = words[start - 1];
        const count = size(call);
        if (before && resources.has(before.word)) return false;
        if (count === 1) return before?.written === "openai";
        if (before) return count > 2 ? mayBe || isClient(before.written) : mayBe && isClient(before.written);
        return count > 2 ? mayBe && (isExpression || call.includes(".")) : isExpression && isMadeBefore(chain.index);
      };
      const found = () => {
        for (let start = 0; start < words.length; start++) {
          if (!resources.has(words[start].word)) continue;
          for (let end = Math.min(words.length, start + longest); end > start; end--) {
            const call = words.slice(start, end).map(({ word }) => word).join(".");
            if (named.has(call) && isMeant(call, start)) return { call, start, end };
          }
        }
      };
      const call = found();
      if (!call) continue;
      const from = words[Math.max(0, call.start - 1)].at;
      const written = chain[0].slice(from, words[call.end - 1].end);
      for (const name of named.get(call.call)) list.push({ name, how: "call", written, offset: chain.index + from });
    }
    yield list;
  }

  function* headersIn(text) {
    for (const { 0: written, 1: header, 2: values, index } of text.matchAll(every("header"))) {
      const selected = values.split(",").map((each) => `${header}: ${each.trim()}`).flatMap((each) =>
        (headers[header.toLowerCase() + each.slice(header.length)] ?? []).map((name) => ({ name, written: each })));
      yield selected.map((each) => ({ ...each, how: "header", offset: index, length: written.length }));
    }
  }

  const templates = Object.entries(paths).map(([path, endpoint]) => [path.split("/"), endpoint]);
  /** The endpoint of a path, by its longest beginning that is known. */
  const endpointOf = (segments) => {
    for (let length = segments.length; length > 2; length--) {
      const path = segments.slice(0, length).join("/");
      const name = present(path);
      if (Object.hasOwn(endpoints, name)) return { name, written: path, how: name === path ? "exact" : "renamed" };
      const fits = ([template]) =>
        template.length === length && template.every((each, at) => each === "{}" || each === segments[at]);
      const template = templates.find(fits);
      if (template) return { name: template[1], written: path, how: "exact" };
    }
  };
  function* pathsIn(text) {
    const list = [];
    let step = 0;
    for (const { 0: path, index } of text.matchAll(every("path"))) {
      if (++step % STEP === 0) yield list.splice(0);
      const plainly = (segment) => (/^[\w-]/.test(segment) ? segment.replace(/[^\w-][^]*$/, "") : segment);
      const found = endpointOf(path.split("/", 12).map(plainly));
      if (found) list.push({ ...found, offset: index });
    }
    yield list;
  }

  // --- All of it ---

  /** Lists of all that is found, each kind in the order of the text, with the line number from 1. */
  function* read(text) {
    // Where only Azure's clients or addresses are used, all names are Azure's.
    const host = is("azure_text", text) && !is("openai_text", text) ? "azure" : "";
    for (const kind of [namesIn, callsIn, headersIn, pathsIn]) {
      let line = 1, end = text.indexOf("\n");
      for (const list of kind(text, host)) {
        for (const found of list) {
          for (; end >= 0 && end < found.offset; end = text.indexOf("\n", end + 1)) line++;
          Object.assign(found, { line, host: found.host || host });
        }
        yield list;
      }
    }
  }
  return { read, known };
};
