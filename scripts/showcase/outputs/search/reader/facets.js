/* Filters: which values each record has, and how many of some records have each. */

/**
 * The facets as written: their sets are numbered, and each record names one.
 * @returns {{name: string, label: string, values: string[], sets: number[][], of: Uint16Array}[]}
 */
function readFacets(facets) {
  return facets.map(({ name, label, values, sets, of }) => {
    const numbers = new Uint16Array(store.manifest.count);
    let at = 0;
    eachNumber(of, (set) => (numbers[at++] = set));
    return { name, label, values, sets, of: numbers };
  });
}

/** The test that a record passes for `value` of `facet`. */
function holds(facet, value) {
  const index = facet.values.indexOf(value);
  const passing = facet.sets.map((set) => set.indexOf(index) >= 0);
  return (id) => index >= 0 && passing[facet.of[id]];
}

/** The tests of `filters` (facet → value), by facet; unknown facets are left out. */
function testsOf(facets, filters) {
  const tests = {};
  facets.forEach((facet) => {
    if (filters[facet.name]) tests[facet.name] = holds(facet, filters[facet.name]);
  });
  return tests;
}

/** Those of `ids` that pass every test but the one for `except`. */
function passing(ids, tests, except) {
  const names = Object.keys(tests).filter((name) => name !== except);
  return ids.filter((id) => names.every((name) => tests[name](id)));
}

/**
 * For each facet how many of `ids` have each value, the other filters applied: what one would
 * find by choosing that value.
 */
function countsOf(facets, ids, tests) {
  return facets.map((facet) => {
    const bySet = new Uint32Array(facet.sets.length);
    passing(ids, tests, facet.name).forEach((id) => bySet[facet.of[id]]++);
    const counts = new Uint32Array(facet.values.length);
    facet.sets.forEach((set, at) => set.forEach((value) => (counts[value] += bySet[at])));
    return {
      name: facet.name,
      label: facet.label,
      values: facet.values.map((title, at) => ({ title, count: counts[at] })),
    };
  });
}
