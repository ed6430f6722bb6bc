// The cost of hostile requests, and what they leave behind, for one or two builds.
//   node bench/hostile.mjs [--only WORDS] [dist] [another dist]
import { mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { AUTH, admin, json, post, QUARANTINE, within } from "./hostile-server.mjs";
import { STALLS } from "./hostile-stalls.mjs";

const MIB = 1024 * 1024;

/** CPU of one body, compared with JSON.parse of the same bytes, in a warm server. */
const cpuOf = (dist, body, headers = {}) =>
  within(dist, [], async (server) => {
    for (let warm = 0; warm < 200; warm++)
      await post(server, "/x", '{"comment":"token=abc"}', json);
    const before = server.cpu();
    const times = body.length > 1e5 ? 1 : 3;
    let status = 0;
    for (let sent = 0; sent < times; sent++) ({ status } = await post(server, "/x", body, headers));
    return `${(((server.cpu() - before) / times) * 1000).toFixed(0)} ms (${status})`;
  });

const words = (status, text) => `${status} ${text.slice(0, 60).replace(/\s+/g, " ")}`;

const FIGURES = {
  '1. CPU, no credentials: a quote and "token" × 50000 (250 kB)': (dist) =>
    cpuOf(dist, `"${"token".repeat(50_000)}`),
  "1. CPU, no credentials: the same of 100 kB": (dist) => cpuOf(dist, `"${"token".repeat(20_000)}`),
  "2. a token of 48 kB in a good call; then the journal": (dist) =>
    within(dist, [], async (server) => {
      const body = JSON.stringify({ request_data: { token: "A1b2C3d4".repeat(6000) } });
      const { status, text } = await post(server, QUARANTINE, body, { ...json, ...AUTH });
      const journal = (await fetch(`${server.url}/__admin/requests`)).status;
      return `${status}, ${text.length} bytes; journal ${journal}`;
    }),
  '2. CPU, no credentials: "?token=" × 5000; then the journal': (dist) =>
    within(dist, [], async (server) => {
      const before = server.cpu();
      await post(server, "/x", "?token=".repeat(5000));
      const cpu = ((server.cpu() - before) * 1000).toFixed(0);
      return `${cpu} ms; journal ${(await fetch(`${server.url}/__admin/requests`)).status}`;
    }),
  "4. clock by 1e15 s; then a vendor's call": (dist) =>
    within(dist, [], async (server) => {
      const moved = await admin(server, "clock", { advanceSeconds: 1e15 });
      const call = await post(
        server,
        "/public_api/v1/endpoints/get_endpoints",
        '{"request_data":{}}',
        { ...json, ...AUTH },
      );
      return `${moved.status}, then ${call.status}`;
    }),
  "4. clock by 0.0005 s; then a vendor's call": (dist) =>
    within(dist, ["--clock", "2026-01-31T12:00:00Z"], async (server) => {
      const moved = await admin(server, "clock", { advanceSeconds: 0.0005 });
      const call = await post(server, "/ioc/v1/remediation-actions/quarantineHost", "{}", {
        ...json,
        authorization: "Bearer fauxdr-token",
      });
      return `${moved.status}, then ${call.status}`;
    }),
  "4. a snapshot with rows {}; then a vendor's call": (dist) =>
    within(dist, [], async (server) => {
      const url = `${server.url}/__admin/tenants/default/snapshot`;
      const snapshot = await (await fetch(url)).json();
      snapshot.store.tables["cortex.endpoints"] = [["a", {}]];
      const put = await fetch(url, {
        method: "PUT",
        headers: json,
        body: JSON.stringify(snapshot),
      });
      const call = await post(
        server,
        "/public_api/v1/endpoints/get_endpoints",
        '{"request_data":{}}',
        { ...json, ...AUTH },
      );
      return `${put.status}, then ${call.status}`;
    }),
  "5. a rule with where, and a body 30000 deep": (dist) =>
    within(dist, [], async (server) => {
      await admin(server, "faults", {
        where: { "/request_data": { equals: 1 } },
        fault: { kind: "html-page" },
      });
      const body = `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`;
      const { status, text } = await post(server, QUARANTINE, body, { ...json, ...AUTH });
      return words(status, text);
    }),
  "5. verify with where, over the journal of that body": (dist) =>
    within(dist, [], async (server) => {
      const body = `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`;
      await post(server, QUARANTINE, body, { ...json, ...AUTH });
      const where = { "/a/a": { equals: 1 } };
      const { status, text } = await admin(server, "verify", { where, times: 1 });
      return words(status, text);
    }),
  ...STALLS,
  "7. 60 unfinished bodies of 10 MB, no credentials: memory": (dist) =>
    within(dist, [], async (server) => {
      const before = server.rss();
      const sockets = Array.from({ length: 60 }, () =>
        connect(server.port, "127.0.0.1").on("error", () => {}),
      );
      const piece = Buffer.alloc(MIB, "x");
      for (const socket of sockets) {
        socket.write(`POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: ${10 * MIB}\r\n\r\n`);
      }
      for (let sent = 0; sent < 9; sent++) {
        await Promise.all(
          sockets.map((socket) => new Promise((done) => socket.write(piece, done))),
        );
      }
      await new Promise((done) => setTimeout(done, 1000));
      const after = server.rss();
      for (const socket of sockets) socket.destroy();
      return `${before.toFixed(0)} to ${after.toFixed(0)} MB`;
    }),
  "7. 20 readers of the stream that do not read, 600 calls of 60 kB: memory": (dist) =>
    within(dist, [], async (server) => {
      const before = server.rss();
      const readers = Array.from({ length: 20 }, () =>
        connect(server.port, "127.0.0.1").on("error", () => {}),
      );
      for (const reader of readers) {
        reader.write("GET /__admin/requests/stream HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
      }
      const body = JSON.stringify({ request_data: { comment: "x".repeat(60_000) } });
      for (let sent = 0; sent < 600; sent++) {
        await post(server, QUARANTINE, body, { ...json, ...AUTH });
      }
      const after = server.rss();
      for (const reader of readers) reader.destroy();
      return `${before.toFixed(0)} to ${after.toFixed(0)} MB`;
    }),
  "7. 2000 tenants": (dist) =>
    within(dist, [], async (server) => {
      let made = 0;
      let said = "no refusal";
      for (let asked = 0; asked < 2000; asked++) {
        const { status, text } = await post(server, "/__admin/tenants", "{}", json);
        if (status === 201) made++;
        else {
          said = words(status, text);
          break;
        }
      }
      return `${made} made; ${said}`;
    }),
  "8. --ready-file names a link": (dist) =>
    (async () => {
      const folder = mkdtempSync(join(tmpdir(), "hostile-"));
      const [precious, link] = [join(folder, "precious"), join(folder, "link")];
      writeFileSync(precious, "precious");
      symlinkSync(precious, link);
      await within(dist, ["--ready-file", link], async () => {}).catch(() => {});
      const isThere = statSync(link, { throwIfNoEntry: false }) !== undefined;
      return isThere ? "refused, the link stays" : "the link is gone";
    })(),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", default: "" } },
});
const dists = positionals.map((dist) => resolve(dist));
if (dists.length === 0) dists.push(resolve("dist"));
console.log(`| figure | ${dists.map((dist) => dist.replace(/\/dist$/, "")).join(" | ")} |`);
console.log(`| --- | ${dists.map(() => "---").join(" | ")} |`);
for (const [name, figure] of Object.entries(FIGURES)) {
  if (!name.includes(values.only)) continue;
  const all = [];
  for (const dist of dists)
    all.push(await figure(dist).catch((error) => `failed: ${error.message}`));
  console.log(`| ${name} | ${all.join(" | ")} |`);
}
