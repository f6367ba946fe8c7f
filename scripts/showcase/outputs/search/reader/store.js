/*
 * Fetches the files of the index as scripts, each once, and keeps what they bring.
 *
 * A file says what its numbers mean (a check; see `index.py`). When the site was published anew while
 * a page stood open and they mean something else now, everything is forgotten and the search begins
 * again (`StaleIndex`).
 */

/** A file of the index cannot be had: the search must say so and leave readers the lists. */
class Unavailable extends Error {}
/** The index on the server is not the one that the page began with. */
class StaleIndex extends Error {}

const ownScript = document.currentScript;

/** The address of the site's root, with a slash at its end. */
const root = (function () {
  const given = ownScript && ownScript.getAttribute("data-root");
  const base = given ? new URL(given, location.href) : new URL("..", ownScript.src);
  return base.href.replace(/[?#].*$/, "").replace(/([^/])$/, "$1/");
})();

const store = { manifest: null, files: new Map(), arrived: new Map() };
/** So many records share a check. */
const BLOCK = 128;
const BLOCK_SIGNS = 6;

/** Forgets all files, for a new build. */
function forget() {
  store.manifest = null;
  store.files.clear();
  store.arrived.clear();
}

/**
 * Fetches `search/<name>.js` unless it was fetched before, and gives what the script handed over.
 * A failed fetch is not kept, so that the next query tries again.
 * @param {string} version for the address, so that what the browser kept of older ones is passed over
 * @param {string=} check what the file must say
 */
function fetchFile(name, version, check) {
  if (store.files.has(name)) return store.files.get(name);
  const promise = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = root + "search/" + name + ".js" + (version ? "?" + version : "");
    script.async = true;
    const done = (act) => () => {
      script.remove();
      act();
    };
    script.onload = done(() => {
      const got = store.arrived.get(name);
      if (!got) reject(new Unavailable(name));
      else if (check !== undefined && got.check !== check) reject(new StaleIndex(name));
      else resolve(got.value);
    });
    script.onerror = done(() => reject(new Unavailable(name)));
    document.head.appendChild(script);
  });
  store.files.set(name, promise);
  promise.catch(() => {
    if (store.files.get(name) === promise) store.files.delete(name);
  });
  return promise;
}

/** The manifest; `fresh` passes over a copy that the browser kept. */
function loadManifest(fresh) {
  return fetchFile("index", fresh ? String(Date.now()) : "").then((manifest) => {
    if (store.manifest !== manifest) {
      store.manifest = manifest;
      manifest.beginnings = readWords(manifest.words[1]);
      setFolding(manifest.fold[0], manifest.fold[1]);
    }
    return manifest;
  });
}

/** A file of the manifest's build. */
function loadFile(name, check) {
  return fetchFile(name, store.manifest.version, check);
}

/** Which of so many parts a code unit falls in; see `shards.Grid`. */
function partOf(unit, factor, parts) {
  return ((Math.imul(unit, factor) & 0xffff) * parts) >> 16;
}

/** The file of the pairs in which two characters stand: a map from term to postings as written. */
function loadPairs(first, second) {
  const [rows, columns] = store.manifest.grid;
  const row = partOf(first.charCodeAt(0), 40503, rows);
  const column = partOf(second.charCodeAt(0), 25717, columns);
  return loadFile("t/" + (row * columns + column), store.manifest.check);
}

/** The number of the file in which `word` stands, if any record has it. */
function fileOf(word) {
  const beginnings = store.manifest.beginnings;
  let low = 0;
  let high = beginnings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beginnings[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One file of words: sorted terms, and their postings as written. */
function loadWords(number) {
  return loadFile("w/" + number, store.manifest.words[0]);
}

function loadRecord(id) {
  const block = Math.floor(id / BLOCK) * BLOCK_SIGNS;
  return loadFile("r/" + id, store.manifest.blocks.slice(block, block + BLOCK_SIGNS));
}

function loadFacets() {
  return loadFile("facets", store.manifest.check);
}

function loadSounds() {
  return loadFile("sounds");
}

/** Whether all files that `names` lists have arrived. */
function isLoaded(names) {
  return names.every((name) => store.arrived.has(name));
}

/** Keeps what a file brought. */
function arrive(name, check, value) {
  store.arrived.set(name, { check, value });
}

/** What the files call. */
const receive = {
  manifest: (version, manifest) => arrive("index", "", Object.assign(manifest, { version })),
  pairs: (check, number, pairs, gaps, names, postings) => {
    const terms = readGroups(pairs, "").concat(readGroups(gaps, "*"), names ? names.split(" ") : []);
    const lists = postings.split(" ");
    arrive("t/" + number, check, new Map(terms.map((term, at) => [term, lists[at]])));
  },
  terms: (check, number, terms, postings) =>
    arrive("w/" + number, check, { terms: readWords(terms), postings: postings.split(" ") }),
  record: (check, id, fields) => arrive("r/" + id, check, readRecord(id, fields)),
  facets: (check, facets) => arrive("facets", check, readFacets(facets)),
  sounds: (check, text) => arrive("sounds", check, readSounds(text)),
};

/** A record of the index; its texts in normal form are made when first asked for. */
function readRecord(id, fields) {
  const [key, url, title, kind, when, summary, names, text] = fields;
  return { id, key, url, title, kind, when, summary, names, text, normal: {} };
}

/** One field of a record in normal form. */
function normalField(record, field) {
  if (!record.normal[field]) {
    const value = record[field];
    record.normal[field] = normalise(Array.isArray(value) ? value.join("\n") : value);
  }
  return record.normal[field];
}
