/*
 * From what was typed to numbered records with a score: by the pairs of its characters and by its
 * words. Names by pinyin are in `names.js`.
 */

/** What a term counts in each class of `index.CLASSES`: prose, summary, related, names, titles. */
const WEIGHTS = [1, 2, 3, 4.5, 4.5, 5, 6];
/** From this class on a term stands in the record's own name. */
const OWN_NAME = 3;
/**
 * Of a long query so many pairs are asked for at first; what is left out is checked in the texts.
 * If they show that it matters, more are asked for, and then all.
 */
const ASKING = [3, 5, Infinity];
/** To come near, so many pairs are enough. */
const NEAR_PAIRS = 5;
/** In names up to this length one missing character leaves too few pairs to come near by. */
const SHORT_NAME = 4;
/** One character may stand at the beginning of very many terms; so many shards are enough. */
const CHARACTER_SHARDS = 3;
/** Near hits hold at least this part of what was typed, by rarity; with the second, well enough. */
const NEAR_SHARE = 0.3;
const GOOD_SHARE = 0.5;
/** What a word counts that only begins with what was typed. */
const LONGER_WORD = 0.5;
const NO_POSTINGS = { ids: [], classes: [] };

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
  return loadShard(shardOf(term)).then((shard) => {
    const place = placeOf(shard.terms, term);
    return shard.terms[place] === term ? readPostings(shard.postings[place]) : NO_POSTINGS;
  });
}

/**
 * Calls `take(term, postings)` for each term that begins with `prefix`.
 * @returns {Promise<boolean>} whether there may be more beyond the last shard read
 */
function eachWithPrefix(prefix, most, take) {
  const first = shardOf(prefix);
  const last = shardOf(prefix + "\uffff");
  const numbers = [];
  for (let number = first; number <= last && numbers.length < most; number++) numbers.push(number);
  return Promise.all(numbers.map(loadShard)).then((shards) => {
    shards.forEach((shard) => {
      let place = placeOf(shard.terms, prefix);
      for (; place < shard.terms.length && shard.terms[place].startsWith(prefix); place++) {
        take(shard.terms[place], readPostings(shard.postings[place]));
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

  /** Best first; equal ones newest first, which is by number. */
  ranked(ids) {
    return ids.sort((a, b) => this.score[b] - this.score[a] || a - b);
  }
}

/**
 * The pairs of a piece to ask for first: a cover of its characters, and of a long piece the ends
 * and the middle. The rest is nearly always there too, and the texts of the first hits show it.
 */
function coverOf(pairs, most) {
  if (pairs.length <= most) return pairs;
  const cover = pairs.filter((_, at) => at % 2 === 0 || at === pairs.length - 1);
  if (cover.length <= most) return cover;
  const step = (pairs.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => pairs[Math.round(at * step)]);
}

/** The terms to ask for, of pairs at most about `most`; `partial`: whether that is not all. */
function plan(query, most) {
  const share = Math.max(2, Math.floor(most / query.length));
  const asked = new Set();
  const whole = new Set();
  query.forEach((piece) => {
    piece.pairs.forEach((pair) => whole.add(pair));
    coverOf(piece.pairs, share).forEach((pair) => asked.add(pair));
    piece.words.forEach((word) => asked.add(word) && whole.add(word));
  });
  return { terms: Array.from(asked), partial: asked.size < whole.size };
}

/** The postings of a word and, weaker, of the words that begin with it. */
function wordPostings(word) {
  const best = new Map();
  return eachWithPrefix(word, 1, (term, postings) => {
    if (term.indexOf("=") >= 0 || IS_HAN.test(term)) return;
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
  if (name.length < 2) return Promise.resolve([]);
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

/** One character: every record in which it stands, by its best class. */
function characterTally(character) {
  const best = new Map();
  return eachWithPrefix(character, CHARACTER_SHARDS, (term, postings) => {
    const { ids, classes } = postings;
    for (let at = 0; at < ids.length; at++) {
      const place = classes[at] + 1;
      if (!(best.get(ids[at]) >= place)) best.set(ids[at], place);
    }
  }).then((more) => {
    const result = new Tally();
    const ids = Array.from(best.keys());
    result.add({ ids, classes: ids.map((id) => best.get(id) - 1) }, 1);
    return { tally: result, more };
  });
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
