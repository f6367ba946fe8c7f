/*
 * Fetches the files of the index as scripts, each once, and keeps what they bring.
 *
 * A file says which build it belongs to. When the site was published anew while a page stood open,
 * the builds differ: everything is forgotten and the search begins again (`StaleIndex`).
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

const store = { build: "", manifest: null, files: new Map(), arrived: new Map() };

/** Forgets all files, for a new build. */
function forget() {
  store.manifest = null;
  store.build = "";
  store.files.clear();
  store.arrived.clear();
}

/**
 * Fetches `search/<name>.js` unless it was fetched before, and gives what the script handed over.
 * A failed fetch is not kept, so that the next query tries again.
 */
function fetchFile(name, version) {
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
      else if (store.build && got.build !== store.build) reject(new StaleIndex(name));
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
      store.build = store.arrived.get("index").build;
      store.manifest = manifest;
      manifest.beginnings = readWords(manifest.shards);
      setFolding(manifest.fold[0], manifest.fold[1]);
    }
    return manifest;
  });
}

/** The number of the shard in which `term` stands, if any record has it. */
function shardOf(term) {
  const beginnings = store.manifest.beginnings;
  let low = 0;
  let high = beginnings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beginnings[middle] <= term) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One shard: sorted terms, and their postings as written. */
function loadShard(number) {
  return fetchFile("t/" + number, store.build);
}

function loadRecord(id) {
  return fetchFile("r/" + id, store.build);
}

function loadFacets() {
  return fetchFile("facets", store.build);
}

function loadSounds() {
  return fetchFile("sounds", store.build);
}

/** Whether all files that `names` lists have arrived. */
function isLoaded(names) {
  return names.every((name) => store.arrived.has(name));
}

/** What the files call. */
const receive = {
  manifest: (build, manifest) => store.arrived.set("index", { build, value: manifest }),
  terms: (build, number, terms, postings) =>
    store.arrived.set("t/" + number, {
      build,
      value: { terms: readWords(terms), postings: postings.split(" ") },
    }),
  record: (build, id, fields) =>
    store.arrived.set("r/" + id, { build, value: readRecord(id, fields) }),
  facets: (build, facets) => store.arrived.set("facets", { build, value: readFacets(facets) }),
  sounds: (build, text) => store.arrived.set("sounds", { build, value: readSounds(text) }),
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
