// The servers to measure: a name, and the command that serves the call on a port of 127.0.0.1.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OPENAPI, PATH, REPLY } from "./call.mjs";
import { install } from "./peers.mjs";

const node = process.execPath;
const ours = fileURLToPath(new URL("../dist/cli.cjs", import.meta.url));

/** The floor: plain Node that reads JSON and sends JSON. */
const RAW = `require("node:http").createServer((req, res) => {
  const chunks = [];
  req.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
    JSON.parse(Buffer.concat(chunks));
    res.setHeader("content-type", "application/json");
    res.end(${JSON.stringify(JSON.stringify(REPLY))});
  });
}).listen(Number(process.argv[1]), "127.0.0.1")`;

export const raw = { name: "raw node:http", command: (port) => [node, "-e", RAW, String(port)] };

export const fauxdr = {
  name: "fauxdr",
  command: (port) => [node, ours, "serve", "--port", String(port), "--log", "none"],
};

/** The peers that can be installed here. `say` gets a line for each of the others. */
export function peers(say) {
  const prism = install("@stoplight/prism-cli@5.14.2", say);
  const mockoon = install("@mockoon/cli@9.3.0", say);
  const wiremock = install("wiremock@3.13.2", say);
  return [
    prism && {
      name: "Prism 5.14.2",
      package: "@stoplight/prism-cli@5.14.2",
      command: (port) => [
        node,
        join(prism, "@stoplight/prism-cli/dist/index.js"),
        ...prismFlags(prism, port),
      ],
      flags: (port) => prismFlags(prism, port),
    },
    mockoon && {
      name: "Mockoon CLI 9.3.0",
      command: (port) => [
        node,
        join(mockoon, "@mockoon/cli/bin/run.js"),
        ...["start", "--data", document(mockoon), "--port", String(port)],
        ...["--hostname", "127.0.0.1", "--disable-log-to-file"],
      ],
    },
    wiremock && java(join(wiremock, "wiremock/build/wiremock-standalone-3.13.2.jar"), wiremock),
    mockserver(say),
  ].filter(Boolean);
}

const prismFlags = (folder, port) => [
  ...["mock", document(folder), "--port", String(port)],
  ...["--host", "127.0.0.1", "--verboseLevel", "silent"],
];

function document(folder) {
  const file = join(folder, "quarantine.json");
  writeFileSync(file, JSON.stringify(OPENAPI));
  return file;
}

function java(jar, folder) {
  const root = join(folder, "wiremock-root");
  mkdirSync(join(root, "mappings"), { recursive: true });
  const mapping = {
    request: { method: "POST", urlPath: PATH },
    response: { status: 200, jsonBody: REPLY, headers: { "content-type": "application/json" } },
  };
  writeFileSync(join(root, "mappings/quarantine.json"), JSON.stringify(mapping));
  return {
    name: "WireMock 3.13.2",
    command: (port) => [
      ...["java", "-jar", jar, "--port", String(port), "--bind-address", "127.0.0.1"],
      ...["--root-dir", root, "--disable-banner"],
    ],
  };
}

/** There is no npm package of MockServer's jar. */
function mockserver(say) {
  const jar = process.env.MOCKSERVER_JAR;
  if (!jar || !existsSync(jar)) {
    say("MockServer: not measured, MOCKSERVER_JAR names no jar");
    return undefined;
  }
  const expectations = [
    {
      httpRequest: { method: "POST", path: PATH },
      httpResponse: { statusCode: 200, body: REPLY },
    },
  ];
  const file = join(import.meta.dirname, "expectations.json");
  return {
    name: "MockServer",
    before: () => writeFileSync(file, JSON.stringify(expectations)),
    command: (port) => [
      ...["java", `-Dmockserver.initializationJsonPath=${file}`, "-Dmockserver.logLevel=WARN"],
      ...["-jar", jar, "-serverPort", String(port)],
    ],
  };
}
