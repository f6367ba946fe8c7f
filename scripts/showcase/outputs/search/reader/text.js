/*
 * Text as the index sees it. The counterpart of `terms.py`, which says what each step is for;
 * the two must agree to the character.
 */

const HAN = "\\u3005\\u3007\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\ud800-\\udfff";
const WORD = "a-z0-9\\u00df-\\u024f\\u0370-\\u052f";
const SOFT =
  "\\-_~*/\\\\|+&'\" \\t\\u00ad\\u00b7\\u200b\\u2014\\u2018\\u2019\\u201c\\u201d\\u2060\\u300a-\\u300f\\ufeff";
const JOINING = "+\\-._/:&@'~";

const READING = new RegExp("[" + HAN + "]\\(([a-z \\u00b7'\\-]+)\\)", "g");
const THOUSANDS = /[0-9],(?=[0-9]{3}(?![0-9]))/g;
const SOFT_SIGNS = new RegExp("[" + SOFT + "]+", "g");
const RUN = new RegExp("[" + HAN + WORD + "]+", "g");
const WORDS = new RegExp("[" + WORD + "]+(?:[" + JOINING + "][" + WORD + "]+)*", "g");
const PART = new RegExp("[" + WORD + "]+", "g");
const IS_WORD = new RegExp("[" + WORD + "]");
const IS_HAN = new RegExp("[" + HAN + "]");

/** What each code unit is folded to; filled by `setFolding`. */
const folding = new Uint16Array(65536);

/** Takes the folding of the site: two strings, characters and what each is folded to. */
function setFolding(from, to) {
  for (let code = 0; code < folding.length; code++) folding[code] = code;
  for (let at = 0; at < from.length; at++) folding[from.charCodeAt(at)] = to.charCodeAt(at);
  for (let code = 0xff01; code <= 0xff5e; code++) folding[code] = code - 0xfee0;
  for (let code = 65; code <= 90; code++) folding[code] = folding[code + 0xfee0] = code + 32;
  folding[0x3000] = folding[0xa0] = 32;
}

/** Simplified, half width, lower case; as long as `text`. */
function fold(text) {
  const codes = new Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = folding[text.charCodeAt(at)];
  let folded = "";
  for (let at = 0; at < codes.length; at += 4096) {
    folded += String.fromCharCode.apply(null, codes.slice(at, at + 4096));
  }
  return folded;
}

/**
 * The normal form of `text`, and where each of its characters stands in `text`.
 * @returns {{text: string, at: number[]}}
 */
function normalise(text) {
  const folded = fold(text);
  let normal = { text: folded, at: [] };
  for (let at = 0; at < folded.length; at++) normal.at.push(at);
  const readings = [];
  if (folded.indexOf("(") >= 0) {
    normal = without(normal, READING, (found, at) => {
      const start = at + 2 + found[1].search(/\S/);
      readings.push({ start, end: start + found[1].trim().length });
      return [at + 1, at + found[0].length];
    });
  }
  if (normal.text.indexOf(",") >= 0) {
    normal = without(normal, THOUSANDS, (found, at) => [at + 1, at + 2]);
  }
  normal = without(normal, SOFT_SIGNS, (found, at, all) => {
    const end = at + found[0].length;
    const parts = at > 0 && end < all.length && IS_WORD.test(all[at - 1]) && IS_WORD.test(all[end]);
    return parts ? null : [at, end];
  });
  readings.forEach(({ start, end }) => {
    if (end <= start) return;
    normal.text += "\n" + folded.slice(start, end);
    normal.at.push(start);
    for (let at = start; at < end; at++) normal.at.push(at);
  });
  return normal;
}

/** `normal` without the ranges that `range` gives for each match of `pattern`. */
function without(normal, pattern, range) {
  let text = "";
  const at = [];
  let kept = 0;
  const keepUntil = (end) => {
    text += normal.text.slice(kept, end);
    for (let place = kept; place < end; place++) at.push(normal.at[place]);
  };
  pattern.lastIndex = 0;
  for (let found = pattern.exec(normal.text); found; found = pattern.exec(normal.text)) {
    const cut = range(found, found.index, normal.text);
    if (!cut) continue;
    keepUntil(cut[0]);
    kept = cut[1];
  }
  if (!kept) return normal;
  keepUntil(normal.text.length);
  return { text, at };
}

/** A normal name with nothing but its characters and words. */
function compact(text) {
  return (text.match(RUN) || []).join("");
}

/** The pairs of neighbours in `text` of which one at least is a Han character, in order. */
function pairsOf(text) {
  const pairs = [];
  (text.match(RUN) || []).forEach((run) => {
    for (let at = 0; at + 1 < run.length; at++) {
      if (run[at] > "\u3000" || run[at + 1] > "\u3000") pairs.push(run.slice(at, at + 2));
    }
  });
  return pairs;
}

/**
 * What was typed, in pieces that a hit must contain: parted by spaces and by hard signs.
 * @returns {{text: string, pairs: string[], words: string[]}[]}
 */
function pieces(query) {
  const found = [];
  query.split(/\s+/).forEach((part) => {
    normalise(part)
      .text.split(new RegExp("[^" + HAN + WORD + JOINING + "]+"))
      .map((text) => text.replace(/^[+\-._/:&@'~]+|[+\-._/:&@'~]+$/g, ""))
      .forEach((text) => {
        if (!text || found.some((piece) => piece.text === text)) return;
        const pairs = text.length === 1 && IS_HAN.test(text) ? [text + "$"] : pairsOf(text);
        found.push({ text, pairs, words: text.match(WORDS) || [] });
      });
  });
  return found;
}
