// Memory after a million calls, with the default journal full, and that of plain Node after the same calls.
// The call asks for the status of an action, so that nothing but the journal keeps anything of it.
// Usage: npm run build && node bench/memory.mjs [calls]; prints a line per server: RSS in MB at ten moments.
import { bytesOf, load } from "./load.mjs";
import { rss, start } from "./process.mjs";
import { fauxdr, raw } from "./servers.mjs";

const calls = Number(process.argv[2] ?? 1_000_000);
const MOMENTS = 10;
/** The first action that a server makes, which its start has made. */
const status = bytesOf({
  path: "/public_api/v1/actions/get_action_status",
  body: JSON.stringify({ request_data: { group_action_id: 1001 } }),
});

const last = {};
for (const { name, command } of [raw, fauxdr]) {
  const { port, pid, stop } = await start(command);
  const seen = [];
  for (let moment = 0; moment < MOMENTS; moment++) {
    await load(port, 32, calls / MOMENTS, [status]);
    seen.push(rss(pid));
  }
  await stop();
  last[name] = seen.at(-1);
  console.log(`${name}: ${seen.map((mb) => mb.toFixed(0)).join(" ")}`);
}
console.log(`ratio: ${(last[fauxdr.name] / last[raw.name]).toFixed(2)}`);
process.exit();
