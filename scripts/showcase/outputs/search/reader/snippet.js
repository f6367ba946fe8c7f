/*
 * Where a hit matches: the place in its text as written, with what was typed marked.
 * A text is given as segments, `[{text, marked}]`, for others to show.
 */

/** Characters of a snippet, and of what stands before its first mark. */
const SNIPPET = 110;
const BEFORE = 24;
/** A piece that is found only in parts is marked by parts of at least this many characters. */
const LEAST_PART_MARKED = 2;

/** Whether `piece` stands in a normal text. */
function contains(normal, piece) {
  return normal.text.indexOf(piece.text) >= 0;
}

/** Whether every piece stands in some field of `record`. */
function matchesAll(record, query) {
  return query.every((piece) => FIELDS.some((field) => contains(normalField(record, field), piece)));
}

const FIELDS = ["title", "names", "summary", "text"];

/** All places of `part` in a normal text, as ranges of the text as written. */
function placesOf(normal, part) {
  const places = [];
  const word = IS_WORD.test(part[0]);
  for (let at = normal.text.indexOf(part); at >= 0; at = normal.text.indexOf(part, at + 1)) {
    if (word && at > 0 && IS_WORD.test(normal.text[at - 1])) continue;
    places.push([normal.at[at], normal.at[at + part.length - 1] + 1]);
  }
  return places;
}

/** The places of a piece; if it is nowhere, of what sounds like it, or of its longest parts. */
function placesOfPiece(normal, piece, isName) {
  const whole = placesOf(normal, piece.text);
  if (whole.length) return whole;
  const heard = soundsLike(normal, piece, isName);
  if (heard.length) return heard;
  for (let size = piece.text.length - 1; size >= LEAST_PART_MARKED; size--) {
    const places = [];
    for (let at = 0; at + size <= piece.text.length; at++) {
      places.push(...placesOf(normal, piece.text.slice(at, at + size)));
    }
    if (places.length) return places;
  }
  return [];
}

/** The place of what sounds like a piece that was looked for by its sound. */
function soundsLike(normal, piece, isName) {
  const places = (piece.spelt || []).map((letters) => placeOfSound(normal.text, letters, isName));
  return places
    .filter((place) => place)
    .map(([start, end]) => [normal.at[start], normal.at[end - 1] + 1]);
}

/** Ranges in order, joined where they meet. */
function merged(ranges) {
  const result = [];
  ranges
    .sort((a, b) => a[0] - b[0] || b[1] - a[1])
    .forEach(([start, end]) => {
      const last = result[result.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else result.push([start, end]);
    });
  return result;
}

/** `text` from `start` to `end` in segments, `ranges` marked. */
function segments(text, ranges, start, end) {
  const result = [];
  let at = start;
  ranges.forEach(([from, to]) => {
    if (to <= start || from >= end) return;
    if (from > at) result.push({ text: text.slice(at, from), marked: false });
    result.push({ text: text.slice(Math.max(from, at), Math.min(to, end)), marked: true });
    at = Math.min(to, end);
  });
  if (at < end) result.push({ text: text.slice(at, end), marked: false });
  return result;
}

/** A whole field with its marks; `isName` for a title or another name. */
function markedField(text, normal, query, isName) {
  const ranges = merged([].concat(...query.map((piece) => placesOfPiece(normal, piece, isName))));
  return segments(text, ranges, 0, text.length);
}

/** Where in a text the window begins in which most pieces stand, and which these are. */
function bestWindow(placesByPiece) {
  const all = [];
  placesByPiece.forEach((places, piece) => places.forEach((place) => all.push({ place, piece })));
  all.sort((a, b) => a.place[0] - b.place[0]);
  let best = { found: 0, start: 0, seen: new Set() };
  all.forEach((first, at) => {
    const seen = new Set();
    for (let next = at; next < all.length; next++) {
      if (all[next].place[1] > first.place[0] + SNIPPET - BEFORE) break;
      seen.add(all[next].piece);
    }
    if (seen.size > best.found) best = { found: seen.size, start: first.place[0], seen };
  });
  return best;
}

/** Where to begin so that a snippet does not start in the middle of a sentence just before it. */
function sentenceStart(text, at) {
  const least = Math.max(0, at - BEFORE);
  for (let place = at; place > least; place--) {
    if (/[。！？；\n]/.test(text[place - 1])) return place;
  }
  return least;
}

/** One stretch of `text` from about `start`, with its ends shown as cut where they are. */
function stretch(text, ranges, start, length) {
  const from = sentenceStart(text, start);
  const to = Math.min(text.length, from + length);
  const parts = segments(text, ranges, from, to).map(({ text: part, marked }) => ({
    text: part.replace(/\s+/g, " "),
    marked,
  }));
  if (from > 0) parts.unshift({ text: "…", marked: false });
  if (to < text.length) parts.push({ text: "…", marked: false });
  return parts;
}

/**
 * What to show of `record` for `query`: the summary if it answers, else the place in the text,
 * and a second place for pieces that do not stand near. Before it another name of the record, if
 * that is what was found.
 */
function snippetOf(record, query) {
  const summary = normalField(record, "summary");
  if (query.length && query.every((piece) => contains(summary, piece))) {
    return markedField(record.summary, summary, query);
  }
  return otherName(record, query).concat(placeInText(record, query));
}

/** The other name in which a piece stands that stands nowhere else, or that sounds like it. */
function otherName(record, query) {
  const has = (normal, piece, isName) =>
    contains(normal, piece) || soundsLike(normal, piece, isName).length > 0;
  const hidden = query.filter((piece) =>
    ["title", "summary", "text"].every(
      (field) => !has(normalField(record, field), piece, field === "title")
    )
  );
  const name = record.names.find((other) =>
    hidden.some((piece) => has(normalise(other), piece, true))
  );
  if (!name) return [];
  return markedField(name, normalise(name), query, true).concat({ text: "。", marked: false });
}

function placeInText(record, query) {
  const normal = normalField(record, "text");
  const inTitle = normalField(record, "title");
  const places = query.map((piece) =>
    placesOfPiece(inTitle, piece, true).length && !soundsLike(normal, piece).length
      ? placesOf(normal, piece.text)
      : placesOfPiece(normal, piece)
  );
  const ranges = merged([].concat(...places));
  if (!ranges.length) {
    const whole = record.summary || record.text.slice(0, SNIPPET);
    return markedField(whole, normalise(whole), query);
  }
  const first = bestWindow(places);
  const rest = places.filter((found, piece) => found.length && !first.seen.has(piece));
  if (!rest.length) return stretch(record.text, ranges, first.start, SNIPPET);
  const second = bestWindow(rest);
  const half = SNIPPET * 0.6;
  return stretch(record.text, ranges, first.start, half).concat(
    stretch(record.text, ranges, second.start, half)
  );
}
