// Whether the history of a tenant is linearizable. Its state is a list that only grows: a write appends an action and
// gives its id, a read gives all ids. Ids grow, so the order of the ids is the only order that can be right.

/** `events`: writes, reads and wipes with the times of their start and end; `found` is undefined for a call that failed. */
export function checkHistory(events, tenant) {
  const own = events.filter((event) => event.tenant === tenant && event.found !== undefined);
  const writes = own.filter(({ kind }) => kind === "write");
  const reads = own.filter(({ kind }) => kind === "read");
  const wipes = events.filter(({ kind }) => kind === "wipe");
  /** A wipe may take what was there before it. */
  const isWipedWithin = (from, to) =>
    wipes.some(({ started, ended }) => ended >= from && started <= to);
  const flaws = [];
  const byId = new Map();
  for (const { found } of writes) {
    if (byId.has(found)) flaws.push(`id ${found} was acknowledged for two actions`);
    byId.set(found, true);
  }
  for (const a of writes) {
    for (const b of writes) {
      if (a.ended < b.started && a.found > b.found)
        flaws.push(`id ${a.found} came before ${b.found}`);
    }
  }
  for (const read of reads) {
    const ids = new Set(read.found);
    if (ids.size !== read.found.length) flaws.push("a read had an id twice");
    for (const write of writes) {
      const isThere = ids.has(write.found);
      if (isThere && read.ended < write.started)
        flaws.push(`a read had ${write.found} before it was made`);
      if (isThere || write.ended >= read.started) continue;
      if (!isWipedWithin(write.started, read.ended))
        flaws.push(`a read did not have ${write.found}`);
    }
  }
  for (const a of reads) {
    for (const b of reads) {
      if (a.ended >= b.started || isWipedWithin(a.started, b.ended)) continue;
      const later = new Set(b.found);
      const lost = a.found.find((id) => !later.has(id));
      if (lost !== undefined) flaws.push(`reads went back: ${lost} was there and is gone`);
      // What is new must come after all that was there.
      const last = a.found.at(-1) ?? 0;
      const early = b.found.find((id) => id < last && !a.found.includes(id));
      if (early !== undefined) flaws.push(`${early} came into the list before ${last}`);
    }
  }
  return flaws;
}
