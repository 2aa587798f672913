// Finds names in text: of models by themselves, of endpoints and products by calls, headers and paths.
// almanac_scan/recognition.py does the same; the table comes from almanac/render/patterns.py, the test vectors of both
// from tests/vectors/code.json.
"use strict";
/** Reads texts with one table: `read` is a generator of lists of what is found; the caller may pause between them. */
const almanacRecognition = ({ models, endpoints, former, patterns }) => {
  const { heads, calls, headers, paths, arguments: ofObjects } = patterns;
  const compiled = (source, flags = "") =>
    source.startsWith("(?i)") ? new RegExp(source.slice(4), `${flags}i`) : new RegExp(source, flags);
  /** A form of what precedes a piece is matched backwards from its end: it has no beginnings to try. */
  const backwards = (source) =>
    compiled(source.replace(/^((?:[(][?]i[)])?)([^]*)$/, "$1(?<=(?:$2))"), "y");
  const FORMS = Object.fromEntries(Object.entries(patterns.forms).map(([name, source]) =>
    [name, name.endsWith("_before") ? backwards(source) : compiled(source)]));
  const every = (form) => compiled(patterns.forms[form], "g");
  const match = (form, text) => {
    FORMS[form].lastIndex = text.length; // of those that are matched backwards
    return FORMS[form].exec(text);
  };
  const is = (form, text) => {
    FORMS[form].lastIndex = text.length;
    return FORMS[form].test(text);
  };
  const BEFORE = 64, AFTER = 32, LINE = 400, CALL_BEFORE = 80; // characters of context
  const LONGEST = 200; // characters of a piece that may be a name
  const STEP = 64; // pieces between two pauses
  const PART = 1 << 16; // characters between two pauses, where nothing is found

  /** The present name of something that was renamed; other names unchanged. */
  const present = (name) => (Object.hasOwn(former, name) ? former[name] : name);

  const found = (name, how, written, offset, length = written.length, host = "") =>
    ({ name, how, written, offset, length, host, line: 0 });

  // --- Names of models ---

  const names = [...Object.keys(models), ...Object.keys(former)];
  const known = new Set(names);
  const HYPHENS = every("hyphen"), DOTS = every("dot");
  const ascii = (text) => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKC").replace(HYPHENS, "-") : text);
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

  /** A text, with what has been learnt of it: of its pieces, and of the line of the last piece. */
  const source = (text, host) =>
    ({ text, host, mayBeAzure: /azure/i.test(text), learnt: new Map(), line: { from: 0, to: -1, isOfNames: false } });
  /** A piece of text with its context. */
  class Piece {
    #before;
    #after;
    #mayBeValue;
    constructor(from, start, end) {
      this.from = from;
      this.start = start;
      this.end = end;
      this.written = from.text.slice(start, end);
    }
    get before() {
      const { start } = this;
      return this.#before ??= (start <= BEFORE ? "\n" : "") + this.from.text.slice(Math.max(0, start - BEFORE), start);
    }
    get after() {
      return this.#after ??= this.from.text.slice(this.end, this.end + AFTER);
    }
    /** Whether what precedes it may precede a value. */
    get mayBeValue() {
      VALUE_BEFORE.lastIndex = this.before.length;
      return this.#mayBeValue ??= VALUE_BEFORE.test(this.before);
    }
  }
  const VALUE_FORMS = ["quoted", "set", "option", "alone", "word_quoted", "word_path", "word_set", "word_slash",
    "assigned", "element", "item", "cell"];
  const VALUE_BEFORE = backwards(`(?i)${
    VALUE_FORMS.map((form) => patterns.forms[`${form}_before`].replace("(?i)", "")).join("|")}`);

  const fits = (form, { before, after }) => is(`${form}_before`, before) && is(`${form}_after`, after);
  const isInLineOfNames = ({ from: { text, line }, start, end }) => {
    if (start > line.to || start < line.from) {
      line.from = text.lastIndexOf("\n", start) + 1;
      line.to = text.indexOf("\n", end);
      if (line.to < 0) line.to = text.length;
      line.isOfNames = undefined;
    }
    if (start - line.from > LINE || line.to - end > LINE) return false;
    return line.isOfNames ??=
      text.slice(line.from, line.to).split(/[ \t\r,;]+/).every((each) => !each || known.has(each));
  };
  const isSet = (at) => fits("set", at) && !is("comment_before", at.before);
  const isValue = (at) =>
    (at.mayBeValue && (["quoted", "option", "alone"].some((form) => fits(form, at)) || isSet(at)))
    || isInLineOfNames(at);
  /** The same for a name that could be a word, as ada, or a variable, as o1. */
  const isValueNotWord = (name, at) => {
    const isOfLetters = is("letters", name);
    if (isOfLetters && (is("code_before", at.before) || is("code_after", at.after))) return false;
    return (at.mayBeValue && isSetNotWord(isOfLetters, at)) || isInLineOfNames(at);
  };
  /** Whether it stands in a list of strings of which those beside it are not names. */
  const isAmongOthers = ({ before, after }) => {
    const beside = [match("neighbour_before", before)?.[1], FORMS.neighbour_after.exec(after)?.[1]].filter(Boolean);
    return beside.length > 0 && !beside.some((each) => byLetters.get(squashed(each)));
  };
  const isSetNotWord = (isOfLetters, at) => {
    if (fits("option", at) || fits("word_path", at) || fits("element", at)) return true;
    const key = match("word_key_before", at.before)?.[1];
    const listKey = match("list_key_before", at.before)?.[1];
    if (listKey && is("word_not_key", listKey)) return false;
    if (isOfLetters && key === undefined && isAmongOthers(at)) return false;
    if (listKey && is("word_key", listKey) && fits("item", at)) return true;
    const isOfModels = key !== undefined && is("word_key", key);
    const isOfOther = !isOfModels && key !== undefined
      && (is("word_not_key", key) || is("attribute_before", at.before));
    const mayBe = isOfLetters
      ? key === undefined ? !at.before.endsWith("/") : is("letters_key", key)
      : !isOfOther;
    if (mayBe && fits("word_quoted", at)) return true;
    if (isOfModels && (isSet(at) || fits("assigned", at))) return true;
    if (!isOfLetters && !isOfOther && ["word_set", "word_slash", "cell"].some((form) => fits(form, at))) return true;
    return fits("alone", at);
  };
  const called = (name, how) => ({ name: present(name), how: present(name) === name ? how : "renamed" });

  /** A constant of a library. */
  const constantIn = (word, before, letters = squashed(word)) => {
    const name = byLetters.get(letters);
    if (name) {
      const isQualified = is("qualified", word) && is("qualifier", before);
      const isMeant = is("word", name)
        ? (isQualified && is("model_qualifier", before)) || (!is("letters", name) && is("model_type", before))
        : isQualified || is("constant", word) || is("model_qualifier", before);
      if (isMeant) return called(name, "constant");
    }
    const rest = word.replace(FORMS.model_prefix, "");
    const other = rest !== word && byLetters.get(squashed(rest));
    return other ? called(other, "constant") : undefined;
  };

  /** What a piece says without its context. */
  const learn = (written) => {
    const name = written.includes("%") ? written.replace(/%[0-9A-Fa-f]{2}/g, decodeURIComponent) : written;
    if (name.length > LONGEST) return { name };
    if (known.has(name)) return { name, exact: called(name, "exact"), isWord: is("word", name) };
    const spelling = ascii(name);
    const letters = squashed(name);
    const alike = bySpelling.get(spelling.toLowerCase()), likely = byLetters.get(letters);
    return {
      name, letters,
      alike: alike && !is("word", alike) ? called(alike, "alike") : undefined,
      isAlike: spelling === alike,
      mayBeConstant: Boolean(likely) || is("model_prefix", name),
      likely: likely && !is("word", likely) ? called(likely, "alike") : undefined,
      isOfAzure: is("azure_name", spelling),
      likeness: likeness(name),
    };
  };
  const learntOf = ({ learnt }, written) => {
    if (!learnt.has(written)) learnt.set(written, learn(written));
    return learnt.get(written);
  };
  const nameIn = ({ name, exact, isWord, letters, alike, isAlike, mayBeConstant, likely, isOfAzure }, at) => {
    if (exact) return !isWord || isValueNotWord(name, at) ? exact : undefined;
    if (alike && (isAlike || isValue(at))) return alike;
    const constant = mayBeConstant && constantIn(name, at.before, letters);
    if (constant) return constant;
    return likely && (isOfAzure || isValue(at)) ? likely : undefined;
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
  /** Whether it is not on record but like a name: gpt-4-foo, gpt-9; always, or as a value. */
  const likeness = (name) => {
    if (!name.includes("-") || !is("stranger", name) || is("not_stranger", name)) return "";
    const head = name.split("-", 1)[0];
    if (!shapesOfHeads.has(shape(head))) return "";
    const whole = shape(name);
    for (let end = whole.length; end > 0; end = whole.lastIndexOf("-", end - 1))
      if (shapes.has(whole.slice(0, end))) return shape(head) === "o0" ? "value" : "always";
    return (known.has(head) && head.length > 3) || (head.endsWith("gpt") && /\d/.test(name)) ? "value" : "";
  };

  const isStop = (character) => character === "." || character === ":";
  const QUOTED = { before: `"`, after: `"`, mayBeValue: true };
  /** Adds what a piece of text names; a piece that names nothing and has colons may have names between them. */
  const addPiece = (list, from, start, end) => {
    // A full stop or a colon next to a name is punctuation.
    while (start < end && isStop(from.text[start])) start++;
    if (from.text[start] === "-" && from.text[start - 1] === ":") start++; // ${MODEL:-gpt-4}
    while (start < end && isStop(from.text[end - 1])) end--;
    while (start < end && from.text[start] === "_" && from.text[end - 1] === "_") [start, end] = [start + 1, end - 1];
    if (start >= end) return;
    const at = new Piece(from, start, end);
    const isSplit = at.written.includes(":");
    if (at.written.length > LONGEST && !isSplit) return;
    const learnt = learntOf(from, at.written);
    const { name } = learnt;
    const isShort = name.length <= LONGEST;
    const add = ({ name, how }, written = at.written, offset = start) => {
      const isAzure = from.host || learnt.isOfAzure || (from.mayBeAzure && is("azure_before", at.before));
      list.push(found(name, how, written, offset, written.length, isAzure ? "azure" : ""));
    };
    const whole = isShort && nameIn(learnt, at);
    if (whole) return add(whole);
    const base = isShort && isSplit && FORMS.fine_tuned.exec(name);
    const tuned = base && nameIn(learntOf(from, base[1] ?? base[2]), { from, start, end, ...QUOTED });
    if (tuned) return add({ ...tuned, how: "tuned" });
    if (isSplit) return SPLIT;
    const after = name === at.written && name.includes(".") && nameAfterStop(name, at);
    if (after) add(after.called, name.slice(after.from, after.to), start + after.from);
    else if (learnt.likeness === "always" || (learnt.likeness && isValue(at))) add({ name, how: "unknown" });
  };

  const RUN_CHARACTER = patterns.forms.run.slice(0, -1);
  const HEADS = `(?:${heads.join("|").replaceAll("#", "[0-9]")}|[\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a])`;
  const HEAD = new RegExp(HEADS, "i");
  // A whole run with one of the beginnings of names in it; each character is tried a bounded number of times.
  const RUN = new RegExp(`(?<!${RUN_CHARACTER})${RUN_CHARACTER}*?${HEADS}${RUN_CHARACTER}*`, "gi");
  const NO_RUN = new RegExp(`[^${RUN_CHARACTER.slice(1)}`, "g");
  const SEPARATOR = compiled(`${patterns.forms.separator}|$`, "g");
  const SPLIT = Symbol("may have names between its colons");
  /** Parts of a text, each with its offset. No run crosses from one part into the next. */
  function* partsOf(text) {
    for (let from = 0, to; from < text.length; from = to) {
      NO_RUN.lastIndex = from + PART;
      to = NO_RUN.exec(text)?.index ?? text.length;
      yield [text.slice(from, to), from];
    }
  }
  function* namesIn(text, host) {
    const from = source(text, host);
    const list = [];
    let step = 0;
    for (const [part, offset] of partsOf(text)) {
      for (const { 0: run, index: at } of part.matchAll(RUN)) {
        const index = offset + at;
        // In "\ngpt-4" the n is part of the escape.
        let start = (text[index - 1] === "\\" && FORMS.escape.exec(run)?.[0].length) || 0;
        const ends = /[/%]/.test(run) ? run.matchAll(SEPARATOR) : [{ 0: "", index: run.length }];
        for (const { 0: separator, index: end } of ends) {
          const isLikely = (start === 0 && end === run.length) || (start < end && HEAD.test(run.slice(start, end)));
          if (isLikely && addPiece(list, from, index + start, index + end) === SPLIT) {
            let begin = index + start;
            for (const word of run.slice(start, end).split(":")) {
              addPiece(list, from, begin, begin + word.length);
              begin += word.length + 1;
              if (++step % STEP === 0) yield list.splice(0);
            }
          }
          start = Math.max(start, end + separator.length);
          if (++step % STEP === 0) yield list.splice(0);
        }
      }
      yield list.splice(0);
    }
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

  const GO_METHODS = { New: "create", Get: "retrieve" };
  const WORDS = /[\w$]+/g;
  const humps = (word) => (/[A-Z]/.test(word) ? word.replace(/([a-z0-9])(?=[A-Z])/g, "$1_") : word);
  const lower = (word) => humps(word).toLowerCase();
  const snake = (word) => (/^[a-z]/.test(word) ? lower(word) : word);
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
      const client = match("made_before", text.slice(Math.max(0, index - CALL_BEFORE), index))?.[1];
      if (client) clients.add(client);
    }
    const isClient = (word) => clients.has(word) || is("client", word);
    const isMadeBefore = (at) =>
      isOpenAI && is("expression_before", text.slice(Math.max(0, at - CALL_BEFORE), at + 1));

    for (const chain of text.matchAll(every("chain"))) {
      if (++step % STEP === 0) yield list.splice(0);
      const isExpression = /^[)\]]/.test(chain[0]);
      if (!chain[0].match(WORDS).some((each) => resources.has(snake(each)) || resources.has(lower(each))))
        continue;
      const words = [...chain[0].matchAll(WORDS)]
        .map(({ 0: written, index: at }) => ({ written, word: snake(written), at, end: at + written.length }))
        .filter(({ word }) => !is("wrapper", word));
      // In Go, client.Chat.Completions.New and client.CreateChatCompletion
      const isGo = words.every(({ written }, at) => /[A-Z]/.test(written[0]) === at > 0);
      if (words.length > 1 && isGo && resources.has(lower(words[1].written)))
        for (const each of words.slice(1)) each.word = GO_METHODS[each.written] ?? lower(each.written);
      // A call of few words, such as files.create, could be of any library.
      const isMeant = (call, start) => {
        const before = words[start - 1];
        const count = size(call);
        if (before && resources.has(before.word)) return false;
        if (count === 1) return before?.written === "openai";
        if (before) return count > 2 ? mayBe || isClient(before.written) : mayBe && isClient(before.written);
        return count > 2 ? mayBe && (isExpression || call.includes(".")) : isExpression && isMadeBefore(chain.index);
      };
      const firstCall = () => {
        for (let start = 0; start < words.length; start++) {
          if (!resources.has(words[start].word)) continue;
          for (let end = Math.min(words.length, start + longest); end > start; end--) {
            const call = words.slice(start, end).map(({ word }) => word).join(".");
            if (named.has(call) && isMeant(call, start)) return { call, start, end };
          }
        }
      };
      const call = firstCall();
      if (!call) continue;
      const from = words[Math.max(0, call.start - 1)].at;
      const written = chain[0].slice(from, words[call.end - 1].end);
      for (const name of named.get(call.call)) list.push(found(name, "call", written, chain.index + from));
    }
    yield list;
  }

  function* headersIn(text) {
    const list = [];
    let step = 0;
    for (const { 0: whole, 1: header, 2: values, index } of text.matchAll(every("header"))) {
      if (++step % STEP === 0) yield list.splice(0);
      for (const value of values.split(",")) {
        const written = `: ${value.trim()}`;
        for (const name of headers[header.toLowerCase() + written] ?? [])
          list.push(found(name, "header", header + written, index, whole.length));
      }
    }
    yield list;
  }

  function* argumentsIn(text) {
    if (!/openai/i.test(text) && is("imports", text)) return;
    for (const [form, names] of Object.entries(ofObjects)) {
      const list = [];
      for (const { 0: whole, 1: argument, 2: key, index } of text.matchAll(compiled(form, "g"))) {
        for (const name of names) list.push(found(name, "argument", `${argument}.${key}`, index, whole.length));
        if (list.length >= STEP) yield list.splice(0);
      }
      yield list;
    }
  }

  const templates = Object.entries(paths).map(([path, endpoint]) => [path.split("/"), endpoint]);
  /** The endpoint of a path, by its longest beginning that is known. */
  const endpointOf = (segments) => {
    for (let length = segments.length; length > 2; length--) {
      const path = segments.slice(0, length).join("/");
      const name = present(path);
      if (Object.hasOwn(endpoints, name)) return [name, name === path ? "exact" : "renamed", path];
      const fits = ([template]) =>
        template.length === length && template.every((each, at) => each === "{}" || each === segments[at]);
      const template = templates.find(fits);
      if (template) return [template[1], "exact", path];
    }
  };
  function* pathsIn(text) {
    const list = [], known = new Map();
    const isOpenAI = /openai/i.test(text);
    let step = 0;
    for (const { 0: path, index } of text.matchAll(every("path"))) {
      if (++step % STEP === 0) yield list.splice(0);
      if (is(isOpenAI ? "api_before" : "host_before", text.slice(Math.max(0, index - BEFORE), index))) continue;
      const plainly = (segment) => (/^[\w-]/.test(segment) ? segment.replace(/[^\w-][^]*$/, "") : segment);
      const whole = path.replace(/^(?!\/)/, "/");
      if (!known.has(path)) known.set(path, endpointOf(whole.split("/", 12).map(plainly)));
      if (known.get(path)) list.push(found(...known.get(path), index));
    }
    for (const { 0: whole, 1: path, index } of isOpenAI ? text.matchAll(every("short_path")) : []) {
      if (++step % STEP === 0) yield list.splice(0);
      const name = `/v1${path}`;
      if (Object.hasOwn(endpoints, name)) list.push(found(name, "exact", path, index + whole.length - path.length));
    }
    yield list;
  }

  // --- All of it ---

  /** Lists of all that is found, each kind in the order of the text, with the line number from 1. */
  function* read(text) {
    // Where only Azure's clients or addresses are used, all names are Azure's.
    const host = is("azure_text", text) && !is("openai_text", text) ? "azure" : "";
    for (const kind of [namesIn, callsIn, headersIn, argumentsIn, pathsIn]) {
      let line = 1, end = text.indexOf("\n");
      for (const list of kind(text, host)) {
        for (const found of list) {
          for (; end >= 0 && end < found.offset; end = text.indexOf("\n", end + 1)) line++;
          found.line = line;
          found.host ||= host;
        }
        yield list;
      }
    }
  }
  return { read, known };
};
