// How long a tenant takes to make while others live, over HTTP and by the library, and what it costs in memory.
// Usage: npm run build && node --expose-gc bench/tenants.mjs [tenants]
import { startMock } from "../dist/index.js";

const count = Number(process.argv[2] ?? 200);
const mock = await startMock({ log: "none" });
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

const timed = async (make) => {
  const times = [];
  for (let made = 0; made < count; made++) {
    const started = performance.now();
    await make();
    times.push(performance.now() - started);
  }
  return times;
};

globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const library = await timed(() => mock.tenant());
globalThis.gc?.();
const after = process.memoryUsage().heapUsed;
const http = await timed(async () => {
  const response = await fetch(`${mock.url}/__admin/tenants`, { method: "POST" });
  if (response.status !== 201) throw new Error(`a tenant was refused: ${response.status}`);
  await response.text();
});

console.log(
  `node ${process.version}, ${count} tenants by the library, then ${count} more over HTTP`,
);
console.log(
  `library  median ${median(library).toFixed(2)} ms, slowest ${Math.max(...library).toFixed(2)} ms`,
);
console.log(
  `HTTP     median ${median(http).toFixed(2)} ms, slowest ${Math.max(...http).toFixed(2)} ms`,
);
if (globalThis.gc)
  console.log(`memory   ${((after - before) / count / 1024).toFixed(1)} KiB a tenant`);
await mock.close();
