/*
 * From what was typed to numbered records with a score: by the pairs of its characters and by its
 * words. Names by pinyin are in `names.js`.
 */

/** What a term counts in each class of `index.CLASSES`: prose, summary, related, names, titles. */
const WEIGHTS = [1, 2, 3, 4.5, 4.5, 5, 6];
/** From this class on a term stands in the record's own name. */
const OWN_NAME = 3;
/**
 * Of a query so many pairs are asked for at first; what is left out is checked in the texts. If they
 * show that it matters, more are asked for, and then more. Two, because each is a request.
 */
const ASKING = [2, 4, 8];
/** To come near, so many pairs are enough. */
const NEAR_PAIRS = 4;
/** In names up to this length one missing character leaves too few pairs to come near by. */
const SHORT_NAME = 4;
/** Characters that begin or end so many pairs that these say little. */
const COMMON = /[的一是在了和与为以把对从等有不人中上个们之及或]/;
/** Near hits hold at least this part of what was typed, by rarity; with the second, well enough. */
const NEAR_SHARE = 0.3;
const GOOD_SHARE = 0.5;
/** What a word counts that only begins with what was typed. */
const LONGER_WORD = 0.5;

/** Where `term` stands in a sorted list, or would stand. */
function placeOf(terms, term) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The postings of exactly `term`. */
function postingsOf(term) {
  const [first, joint, third] = term;
  if (joint === "$" || joint === "*" || term.indexOf("=") > 0 || IS_HAN.test(term)) {
    const second = joint === "$" ? first : joint === "*" ? third : joint;
    return loadPairs(first, second).then((lists) => readPostings(lists.get(term) || ""));
  }
  return loadWords(fileOf(term)).then(({ terms, postings }) => {
    const place = placeOf(terms, term);
    return readPostings(terms[place] === term ? postings[place] : "");
  });
}

/**
 * Calls `take(term, postings)` for each word that begins with `prefix`, of at most `most` files.
 * @returns {Promise<boolean>} whether there may be more beyond the last file read
 */
function eachWithPrefix(prefix, most, take) {
  const first = fileOf(prefix);
  const last = fileOf(prefix + "\uffff");
  const numbers = [];
  for (let number = first; number <= last && numbers.length < most; number++) numbers.push(number);
  return Promise.all(numbers.map(loadWords)).then((files) => {
    files.forEach(({ terms, postings }) => {
      let place = placeOf(terms, prefix);
      for (; place < terms.length && terms[place].startsWith(prefix); place++) {
        take(terms[place], readPostings(postings[place]));
      }
    });
    return last - first >= most;
  });
}

/** How much it says that a record has a term which `found` of all records have. */
function rarity(found) {
  return Math.log(1 + store.manifest.count / (found + 0.5));
}

/** Records with what they have of a query. */
class Tally {
  constructor() {
    const count = store.manifest.count;
    this.score = new Float32Array(count);
    this.mass = new Float32Array(count);
    this.terms = new Uint8Array(count);
    this.worst = new Uint8Array(count).fill(CLASS_COUNT);
    this.touched = [];
    this.asked = 0;
    this.total = 0;
    /** How many records would have all terms if these had nothing to do with each other. */
    this.expected = count;
    /** Whether the query is the whole name of some record. */
    this.named = false;
  }

  /**
   * Counts one term of the query: `postings` must not name a record twice. Its `factors`, if it
   * has any, say record by record how much of the weight counts.
   */
  add(postings, weight) {
    const { ids, classes, factors } = postings;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at];
      if (!this.mass[id]) this.touched.push(id);
      this.terms[id]++;
      this.mass[id] += weight;
      this.score[id] += weight * WEIGHTS[classes[at]] * (factors ? factors[at] : 1);
      if (classes[at] < this.worst[id]) this.worst[id] = classes[at];
    }
    this.asked++;
    this.total += weight;
    this.expected *= ids.length / this.score.length;
  }

  /** Raises the records in whose name the whole query stands, and those whose whole name it is. */
  favourNames(wholeNames) {
    this.touched.forEach((id) => {
      if (this.terms[id] >= this.asked && this.worst[id] >= OWN_NAME) this.score[id] *= 2;
    });
    wholeNames.forEach((id) => {
      if (this.terms[id] < this.asked || this.worst[id] < OWN_NAME) return;
      this.score[id] *= 2;
      this.named = true;
    });
  }

  /** The records that have every term. */
  all() {
    return this.ranked(this.touched.filter((id) => this.terms[id] >= this.asked));
  }

  /** The records that have this share of the query. */
  near(share) {
    const least = this.total * share;
    return this.ranked(this.touched.filter((id) => this.mass[id] >= least));
  }

  /** Best first; equal ones newest first. */
  ranked(ids) {
    return ids.sort((a, b) => this.score[b] - this.score[a] || b - a);
  }
}

/**
 * The pairs of a piece to ask for first: spread over it, the first among them, whose file also says
 * who has this name, and none that says little if its neighbour says more. The rest is nearly always
 * there too, and the texts of the first hits show it.
 */
function coverOf(pairs, most) {
  if (pairs.length <= most) return pairs;
  const last = pairs.length - 1;
  const end = most === 2 && last > SHORT_NAME ? last * 0.75 : last;
  const chosen = [];
  for (let count = 0; count < most; count++) {
    const at = Math.round(most > 1 ? (count * end) / (most - 1) : last / 2);
    const places = count || most === 1 ? [at, at - 1, at + 1] : [at];
    const free = places.filter((place) => pairs[place] && chosen.indexOf(pairs[place]) < 0);
    chosen.push(pairs[free.find((place) => !COMMON.test(pairs[place]))] || pairs[free[0]]);
  }
  return chosen.filter((pair) => pair);
}

/** The terms to ask for, of pairs at most `most`; `partial`: whether that is not all. */
function plan(query, most) {
  const asked = new Set();
  const whole = new Set();
  let left = most;
  // What is longer says more.
  const pieces = query.slice().sort((a, b) => b.text.length - a.text.length);
  pieces.forEach((piece, at) => {
    piece.pairs.forEach((pair) => whole.add(pair));
    piece.words.forEach((word) => asked.add(word) && whole.add(word));
    const cover = coverOf(piece.pairs, Math.ceil(left / (pieces.length - at)));
    left -= cover.length;
    cover.forEach((pair) => asked.add(pair));
  });
  return { terms: Array.from(asked), partial: asked.size < whole.size };
}

/** The postings of a word and, weaker, of the words that begin with it. */
function wordPostings(word) {
  const best = new Map();
  return eachWithPrefix(word, 1, (term, postings) => {
    const { ids, classes } = postings;
    for (let at = 0; at < ids.length; at++) {
      const known = best.get(ids[at]);
      const better = { place: classes[at], exact: term === word };
      if (!known || better.exact > known.exact) best.set(ids[at], better);
    }
  }).then(() => {
    const ids = Array.from(best.keys());
    const classes = ids.map((id) => best.get(id).place);
    return { ids, classes, factors: ids.map((id) => (best.get(id).exact ? 1 : LONGER_WORD)) };
  });
}

/** The records whose whole name is the query: found by how it begins and by its length. */
function wholeNames(query) {
  const name = compact(query.map((piece) => piece.text).join(""));
  // Letters alone are nearly always pinyin, and not worth a request of their own.
  if (name.length < 2 || /^[a-z]+$/.test(name)) return Promise.resolve([]);
  return postingsOf(name.slice(0, 2) + "=" + name.length).then((postings) => postings.ids);
}

/** Counts what the records have of `terms`, and of `extra`, which a record may well lack. */
function tally(query, terms, extra) {
  const lists = terms.map((term) => (IS_HAN.test(term) ? postingsOf(term) : wordPostings(term)));
  const extras = (extra || []).map(postingsOf);
  return Promise.all([Promise.all(lists), Promise.all(extras), wholeNames(query)]).then(
    ([found, more, whole]) => {
      const result = new Tally();
      more.forEach((postings) => result.add(postings, rarity(postings.ids.length)));
      result.asked = result.total = 0;
      result.terms.fill(0);
      // A term that no record has weighs like the others, so that a share can be told.
      const weights = found.map(({ ids }) => (ids.length ? rarity(ids.length) : 0));
      const known = weights.filter((weight) => weight > 0);
      const mean = known.reduce((sum, weight) => sum + weight, 0) / (known.length || 1);
      found.forEach((postings, at) => result.add(postings, weights[at] || mean));
      result.favourNames(whole);
      return result;
    }
  );
}

/** Pairs around a gap, which names have: `阳*开`; of a short query only. */
function gapsOf(query) {
  const gaps = new Set();
  query.forEach(({ text }) => {
    if (text.length > SHORT_NAME) return;
    for (let at = 0; at + 1 < text.length; at++) {
      if (!IS_HAN.test(text[at])) continue;
      if (IS_HAN.test(text[at + 1])) gaps.add(text[at] + "*" + text[at + 1]);
      if (at + 2 < text.length && IS_HAN.test(text[at + 2])) gaps.add(text[at] + "*" + text[at + 2]);
    }
  });
  return Array.from(gaps);
}
