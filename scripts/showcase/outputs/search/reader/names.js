/*
 * Names by their sound: typed in pinyin, or in characters that sound like the right ones.
 * The terms are made in `terms.sound_terms`: from every syllable on, in full after `~` and by
 * initials after `^`, cut at a length.
 */

const FULL = "~";
const INITIALS = "^";
/** A name that ends where the typed pinyin ends, against one that goes on. */
const WHOLE_SOUND = 1.5;
/** Shorter beginnings than this are not taken for the first part of a long name. */
const LEAST_PART = { "~": 8, "^": 4 };
/** So few letters may be meant as syllables or as initials. */
const SHORT_SOUND = 4;
const SYLLABLE =
  /^([zcs]h|[b-df-hj-np-tw-z])?(a(i|o|ng?)?|e(i|r|ng?)?|o(u|ng)?|i(a(o|ng?)?|e|u|ng?|ong)?|u(a(i|ng?)?|o|i|n|e)?|ve?)$/;
/** So many of them are in a term. */
const MOST_SYLLABLES = 5;
const MOST_INITIALS = 8;
const INITIAL = /[a-hj-tw-z0-9]/;
/** Of the ways to read letters as syllables and initials mixed so many are listed, and tried. */
const MOST_WAYS = 60;
const MOST_TRIED = 2;
/** At most so many ways to read what was typed in characters. */
const MOST_READINGS = 4;

/** `a阿啊ai爱…` as a map from character to readings. */
function readSounds(text) {
  const sounds = new Map();
  (text.match(/[a-z]+[^a-z]+/g) || []).forEach((group) => {
    const reading = group.match(/^[a-z]+/)[0];
    Array.from(group.slice(reading.length)).forEach((character) => {
      sounds.set(character, (sounds.get(character) || []).concat(reading));
    });
  });
  return sounds;
}

/**
 * The records with a name that has `letters` in its pinyin, as id → class and weight.
 * What is longer than the terms is looked for in parts, one after the other.
 */
function bySound(kind, letters) {
  const found = new Map();
  return eachWithPrefix(kind + letters, 2, (term, { ids, classes }) => {
    const weight = term.length === letters.length + 1 ? WHOLE_SOUND : 1;
    ids.forEach((id, at) => {
      const score = weight * WEIGHTS[classes[at]];
      if (!(found.get(id) >= score)) found.set(id, score);
    });
  }).then(() => (found.size ? found : byParts(kind, letters)));
}

/** The same for letters that no term begins with: the longest term they begin with, and the rest. */
function byParts(kind, letters) {
  const lengths = [];
  for (let end = letters.length - 1; end >= LEAST_PART[kind]; end--) lengths.push(end);
  const next = () => {
    if (!lengths.length) return new Map();
    const end = lengths.shift();
    return postingsOf(kind + letters.slice(0, end)).then(({ ids, classes }) => {
      if (!ids.length) return next();
      const first = new Map(ids.map((id, at) => [id, WEIGHTS[classes[at]]]));
      return bySound(kind, letters.slice(end)).then((rest) => {
        const both = new Map();
        first.forEach((score, id) => rest.has(id) && both.set(id, score));
        return both.size ? both : next();
      });
    });
  };
  return Promise.resolve(next());
}

/** The ids of all `maps`, best first, equal ones newest first. */
function bestOf(maps) {
  const best = new Map();
  maps.forEach((found) =>
    found.forEach((score, id) => best.set(id, Math.max(score, best.get(id) || 0)))
  );
  return Array.from(best.keys()).sort((a, b) => best.get(b) - best.get(a) || b - a);
}

/**
 * Where characters of a normal text are read `letters`, the last perhaps not to its end; in a name
 * also by initials, which elsewhere would fit by chance. `[start, end]` in the normal text, or null.
 * Needs the sounds to have come.
 */
function placeOfSound(text, letters, isName) {
  const readings = (character) =>
    IS_WORD.test(character) ? [character] : store.arrived.get("sounds").value.get(character) || [];
  const endOf = (at, done, spell) => {
    if (done === letters.length) return at;
    const rest = letters.slice(done);
    for (const reading of at < text.length ? readings(text[at]) : []) {
      const unit = spell(reading);
      if (unit.startsWith(rest)) return at + 1;
      const end = rest.startsWith(unit) ? endOf(at + 1, done + unit.length, spell) : 0;
      if (end) return end;
    }
    return 0;
  };
  const spellings = [(reading) => reading].concat(isName ? (reading) => reading[0] : []);
  for (const spell of spellings) {
    for (let at = 0; at < text.length; at++) {
      const end = endOf(at, 0, spell);
      if (end) return [at, end];
    }
  }
  return null;
}

/** What was typed as one string of letters, if it can be pinyin at all; else "". */
function typedPinyin(query) {
  const letters = query.map((piece) => piece.text.replace(/[-'.]/g, "")).join("");
  return /^[a-z0-9]{2,}$/.test(letters) && /[a-z]/.test(letters) ? letters : "";
}

/** Records whose names are spelt or begin with `letters`. */
function byPinyin(letters) {
  const kinds = [];
  // No syllable begins with i, u or v; a full syllable has a vowel early.
  if (/^([zcs]h|[b-hj-np-tw-z])?[aeiou]/.test(letters)) kinds.push(FULL);
  if (!/[iuv]/.test(letters)) kinds.push(INITIALS);
  const [first, second] = kinds.map((kind) => () => bySound(kind, letters));
  if (!second) return first ? first().then((found) => bestOf([found])) : Promise.resolve([]);
  if (letters.length <= SHORT_SOUND) return Promise.all([first(), second()]).then(bestOf);
  // So many letters are hardly ever meant in both ways.
  return first().then((found) => (found.size ? found : second())).then((found) => bestOf([found]));
}

/**
 * Records whose names are spelt with some syllables in full and others by their initial alone:
 * `xiangyhk`. They have all the initials, and the longest stretch of syllables in full.
 */
function byMixedPinyin(letters) {
  const ways = mixedWays(letters);
  const next = () => {
    if (!ways.length) return [];
    const { initials, full } = ways.shift();
    const byFull = new Set();
    return Promise.all([
      bySound(INITIALS, initials),
      eachWithPrefix(FULL + full, 2, (_, { ids }) => ids.forEach((id) => byFull.add(id))),
    ]).then(([found, more]) => {
      const both = bestOf([found]).filter((id) => more || byFull.has(id));
      return both.length ? both : next();
    });
  };
  return Promise.resolve(next());
}

/** The ways to read `letters` so, those of the fewest syllables first. */
function mixedWays(letters) {
  const ways = [];
  const read = (at, units) => {
    if (ways.length >= MOST_WAYS) return;
    if (at === letters.length) {
      ways.push(units);
      return;
    }
    for (let size = Math.min(6, letters.length - at); size; size--) {
      const unit = letters.slice(at, at + size);
      if (size === 1 ? INITIAL.test(unit) : SYLLABLE.test(unit) || /^[zcs]h$/.test(unit)) {
        read(at + size, units.concat(unit));
      }
    }
  };
  read(0, []);
  return ways
    .map((units) => {
      const spelt = units.map((unit) => (SYLLABLE.test(unit) ? unit + " " : "|")).join("");
      const full = spelt
        .split("|")
        .map((stretch) => stretch.split(" ").slice(0, MOST_SYLLABLES).join(""))
        .sort((a, b) => b.length - a.length)[0];
      const initials = units.slice(0, MOST_INITIALS).map((unit) => unit[0]);
      return { initials: initials.join(""), full, size: units.length };
    })
    .filter(({ full, size }) => full && size > 1)
    .sort((a, b) => a.size - b.size)
    .slice(0, MOST_TRIED);
}

/** Records with a name that sounds like what was typed in characters. */
function byHomophone(query) {
  const text = query.map((piece) => piece.text).join("");
  if (text.length < 2 || !Array.from(text).every((c) => IS_HAN.test(c) || IS_WORD.test(c))) {
    return Promise.resolve([]);
  }
  return loadSounds().then((sounds) => {
    let ways = [""];
    Array.from(text).forEach((character) => {
      const readings = IS_WORD.test(character) ? [character] : sounds.get(character) || ["?"];
      const affordable = readings.slice(0, Math.max(1, Math.floor(MOST_READINGS / ways.length)));
      ways = ways.reduce((all, way) => all.concat(affordable.map((r) => way + r)), []);
    });
    const spelt = ways.filter((way) => way.indexOf("?") < 0);
    query[0].spelt = spelt;
    return Promise.all(spelt.map((way) => bySound(FULL, way))).then(bestOf);
  });
}
