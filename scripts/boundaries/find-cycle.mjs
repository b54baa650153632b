/** @returns {string[] | undefined} the names along a cycle of the graph, first and last the same */
export function findCycle(/** @type {Map<string, Iterable<string>>} */ graph) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @returns {string[] | undefined} */
  const visit = (/** @type {string} */ name, /** @type {string[]} */ path) => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    done.add(name);
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
