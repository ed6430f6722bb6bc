// What calls change in a tenant of this process, for generated.mjs.

/** What a refused call may leave: how often somebody called, with which nonce, and that a reserved target was named. */
const COUNTED = /nonce|rate|token|^trigger /i;

/** Whether the state of a tenant has changed since it was last asked: by its writes, which is exact and costs little. */
export function watch({ store, faults, clock, ...tenant }) {
  let writes = [];
  for (const method of ["put", "delete", "append", "next", "clear", "restore"]) {
    const real = store[method];
    store[method] = (...given) => {
      const name = typeof given[0] === "string" ? given[0] : (given[0]?.name ?? "");
      const [table, row] = given;
      const before = method === "put" ? store.get(table, table.key(row)) : undefined;
      const result = real(...given);
      const isSame =
        (method === "put" && JSON.stringify(before) === JSON.stringify(row)) ||
        (method === "delete" && !result);
      if (!isSame && !COUNTED.test(name)) writes.push(`${method} ${name}`);
      return result;
    };
  }
  const rest = () =>
    JSON.stringify([
      faults.list().map(({ matched, applied, ...rule }) => rule),
      clock.state(),
      tenant.scenario,
    ]);
  let known = rest();
  return () => {
    const now = rest();
    const changed = [...writes, ...(now === known ? [] : ["faults, clock or scenario"])];
    writes = [];
    known = now;
    return changed;
  };
}
