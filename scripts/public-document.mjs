// Serves a public vendor's OpenAPI document of dozens of paths beside ours, calls all its operations, and lets
// express-openapi-validator judge the replies. The document is taken from the registry and not kept.
// Usage: npm run build && node scripts/public-document.mjs (needs the npm registry)
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import OpenApiValidator from "express-openapi-validator";
import { startMock } from "../dist/index.js";

/** Directus: 70 paths, OpenAPI 3.0, schemas that contain each other. */
const PACKAGE = "@directus/specs@15.2.0";
const PLACE = "package/dist/openapi.json";
/** Its paths would be another vendor's. */
const BASE = "/directus";

const folder = mkdtempSync(`${tmpdir()}/fauxdr-public-`);
let code = 1;
try {
  const pack = ["pack", PACKAGE, "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", pack, { encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", tarball, PLACE], { cwd: folder });
  const document = JSON.parse(readFileSync(join(folder, PLACE), "utf8"));
  document.servers = [{ url: BASE }];
  withTypes(document);
  const file = join(folder, "public.json");
  writeFileSync(file, JSON.stringify(document));
  code = await callAll(document, file);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = code;

async function callAll(document, file) {
  const mock = await startMock({ also: [`cortex=${file}`] });
  const judge = await judgeOf(document);
  const wrong = [];
  let calls = 0;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ["get", "put", "post", "delete", "patch"]) {
      if (!item[method]) continue;
      calls++;
      const asked = requestOf(document, path, item, method);
      const response = await fetch(mock.url + asked.url, {
        method: method.toUpperCase(),
        ...asked,
      });
      const reply = { status: response.status, type: response.headers.get("content-type") ?? "" };
      const text = await response.text();
      const said = `${method} ${path}: ${reply.status} ${text.slice(0, 300)}`;
      // Some operations document no success.
      if (mock.journal.entries().at(-1)?.reply?.basis !== "yours") wrong.push(said);
      else if (text !== "" && reply.type.startsWith("application/json")) {
        const complaint = await judge(method, asked.url, reply.status, JSON.parse(text));
        if (complaint) wrong.push(`${said}\n  ${complaint}`);
      }
    }
  }
  const findings = mock.findings();
  await mock.close();
  console.log(`${calls} operations, ${calls - wrong.length} on-spec, ${findings.length} findings`);
  for (const line of [...wrong, ...findings.map(({ what }) => what)]) console.log(line);
  return calls > 50 && wrong.length === 0 && findings.length === 0 ? 0 : 1;
}

/** A request that fits: every parameter that is required, and a body made from its schema. */
function requestOf(document, path, item, method) {
  const at = (node) => (node?.$ref ? at(resolve(document, node.$ref)) : (node ?? {}));
  const operation = item[method];
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(at);
  const query = parameters.filter((one) => one.in === "query" && one.required);
  const search = query.map(({ name, schema }) => `${name}=${valueFor(document, schema)}`);
  const filled = path.replace(/\{([^}]+)\}/g, (_, name) => {
    const parameter = parameters.find((one) => one.name === name && one.in === "path");
    return String(valueFor(document, parameter?.schema));
  });
  const url = `${BASE}${filled}${search.length > 0 ? `?${search.join("&")}` : ""}`;
  const headers = { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" };
  const content = at(operation.requestBody).content;
  if (!content) return { url, headers };
  const [type, media] = Object.entries(content)[0];
  const body = type === "application/json" ? JSON.stringify(valueFor(document, media.schema)) : "x";
  return { url, headers: { ...headers, "content-type": type }, body };
}

/** `nullable` needs a type beside it, and the validator refuses a document in which it has none. */
function withTypes(node) {
  if (typeof node !== "object" || node === null) return;
  for (const child of Object.values(node)) withTypes(child);
  if (node.nullable !== true || node.type !== undefined) return;
  const { nullable, ...rest } = node;
  for (const name of Object.keys(node)) delete node[name];
  node.anyOf = [rest, { type: "string", nullable, enum: [null] }];
}

function resolve(document, reference) {
  return reference
    .slice(2)
    .split("/")
    .reduce((node, name) => node[name.replaceAll("~1", "/").replaceAll("~0", "~")], document);
}

/** A small value of a schema: only what is required. */
function valueFor(document, given, depth = 0) {
  const schema = given ?? {};
  if (schema.$ref) return valueFor(document, resolve(document, schema.$ref), depth + 1);
  if (schema.enum) return schema.enum[0];
  const [option] = schema.oneOf ?? schema.anyOf ?? [];
  if (option) return valueFor(document, option, depth + 1);
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((one) => valueFor(document, one, depth + 1)));
  switch (schema.type) {
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "string":
      return schema.format === "uuid" ? "123e4567-e89b-42d3-a456-426614174000" : "text";
    default:
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [
          name,
          valueFor(document, schema.properties?.[name], depth + 1),
        ]),
      );
  }
}

/** Asks the validator about one reply at a time. Answers what it complains of. */
async function judgeOf(document) {
  let reply;
  const app = express();
  const apiSpec = structuredClone(document);
  app.use(
    OpenApiValidator.middleware({
      apiSpec,
      // Its own rules are not our matter: it is somebody else's document.
      validateApiSpec: false,
      validateRequests: false,
      validateResponses: true,
      validateSecurity: false,
    }),
  );
  app.use((_req, res) => res.status(reply.status).json(reply.body));
  app.use((error, _req, res, _next) => res.status(599).send(error.message));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  server.unref();
  const { port } = server.address();
  return async (method, url, status, body) => {
    reply = { status, body };
    const said = await fetch(`http://127.0.0.1:${port}${url}`, { method: method.toUpperCase() });
    const text = await said.text();
    return said.status === 599 ? text : undefined;
  };
}
