// Cold start: from spawning the process to its first correct 200 to a quarantine call, next to a raw node:http server
// in the same run. Usage: npm run build && node bench/cold-start.mjs [rounds]
import { spawn } from "node:child_process";
import { request } from "node:http";
import { createServer } from "node:net";

const rounds = Number(process.argv[2] ?? 15);
const body = JSON.stringify({
  request_data: {
    filters: [
      { field: "endpoint_id_list", operator: "in", value: ["facade00000000000000000000000001"] },
    ],
    file_path: "C:\\temp\\x.msi",
    file_hash: "0".repeat(64),
  },
});
const headers = {
  "content-type": "application/json",
  "x-xdr-auth-id": "1",
  authorization: "fauxdr-standard-key",
};

const raw = `require("node:http").createServer((req, res) => {
  const chunks = [];
  req.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
    JSON.parse(Buffer.concat(chunks));
    res.setHeader("content-type", "application/json");
    res.end('{"reply":{"action_id":"1001","status":"1","endpoints_count":"1"}}');
  });
}).listen(Number(process.argv[1]))`;

const servers = {
  "raw node:http": (port) => ["-e", raw, String(port)],
  fauxdr: (port) => ["dist/cli.js", "serve", "--port", String(port), "--log", "none"],
};

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const ask = (port) =>
  new Promise((resolve) => {
    const call = request(
      {
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/public_api/v1/endpoints/quarantine",
        headers,
      },
      (res) => {
        let text = "";
        res.on("data", (chunk) => {
          text += chunk;
        });
        res.on("end", () =>
          resolve(res.statusCode === 200 && text.includes('"endpoints_count":"1"')),
        );
      },
    );
    call.on("error", () => resolve(false));
    call.end(body);
  });

async function coldStart(argumentsFor) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, argumentsFor(port), { stdio: "ignore" });
  while (!(await ask(port))) {
    if (child.exitCode !== null) throw new Error("the server ended before it answered");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const ms = performance.now() - started;
  child.kill();
  await new Promise((resolve) => child.once("exit", resolve));
  return ms;
}

const times = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, argumentsFor] of Object.entries(servers)) {
    times[name].push(await coldStart(argumentsFor));
  }
}
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const floor = median(times["raw node:http"]);
console.log(`node ${process.version}, ${rounds} rounds, medians`);
for (const [name, list] of Object.entries(times)) {
  const ms = median(list);
  console.log(
    `${name.padEnd(14)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / floor).toFixed(2)} × raw`,
  );
}
