/* Reads what `codec.py` writes: numbers, posting lists, front-coded words. */

const ENDING = 62;
const CONTINUING = 86 - ENDING;
const CLASS_COUNT = 7;
const FIRST_MARK = 0x21;
const FIRST_DIGIT = 0x28;
/** What begins a list that is written as a map: a sign for every six records. */
const MAP = 0xb6;

/** The value of a digit by its code; the backslash is no digit. */
function digit(code) {
  return code - FIRST_DIGIT - (code > 0x5c ? 1 : 0);
}

/** Calls `take` with each number in `text`. */
function eachNumber(text, take) {
  let carried = 0;
  for (let at = 0; at < text.length; at++) {
    const value = digit(text.charCodeAt(at));
    if (value < ENDING) {
      take(carried * ENDING + value);
      carried = 0;
    } else {
      carried = carried * CONTINUING + value - ENDING + 1;
    }
  }
}

/** A posting list as ids and, place for place, their classes; not in order of ids. */
function readPostings(text) {
  const ids = [];
  const classes = [];
  let place = 0;
  let id = -1;
  let carried = 0;
  let mapped = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < FIRST_DIGIT) {
      place = code - FIRST_MARK + 1;
      if (code > 0x22) place--;
      id = -1;
      mapped = false;
      continue;
    }
    if (code === MAP) {
      id = 0;
      mapped = true;
      continue;
    }
    const value = digit(code);
    if (mapped) {
      for (let bit = 0; bit < 6; bit++, id++) {
        if ((value >> bit) & 1) {
          ids.push(id);
          classes.push(place);
        }
      }
    } else if (value < ENDING) {
      id += carried * ENDING + value + 1;
      ids.push(id);
      classes.push(place);
      carried = 0;
    } else {
      carried = carried * CONTINUING + value - ENDING + 1;
    }
  }
  return { ids, classes };
}

/** The terms of two characters that were written by their first ones. */
function readGroups(text, joint) {
  const terms = [];
  (text ? text.split(" ") : []).forEach((group) => {
    for (let at = 1; at < group.length; at++) terms.push(group[0] + joint + group[at]);
  });
  return terms;
}

/** The words that were written as shared length and rest, joined by spaces. */
function readWords(text) {
  let last = "";
  if (!text) return [];
  return text.split(" ").map((coded) => {
    last = last.slice(0, parseInt(coded[0], 36)) + coded.slice(1);
    return last;
  });
}
