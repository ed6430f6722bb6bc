// Requests for every operation of every document, chosen by a seed: most fit it, the others nearly or not at all.

/** Whole numbers below a limit, the same ones for the same seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % most;
  };
}

const WORDS = [
  "",
  "1",
  "in",
  "x",
  "\u0000",
  "💥",
  "%41",
  "?token=",
  "eyJ",
  '"',
  "\\",
  "[",
  "{",
  "endpoint_id_list",
  "fauxdr-standard-key",
];
/** Ids that the inventories have, so that a call can succeed. */
const KNOWN = [
  "821845a2ff1859c9be6a5b708ace61b8",
  "9589ad4e-670a-460a-8d69-43184b3df1a7",
  "facade00000000000000000000000001",
  "facade00000000000000000000000104",
  "facade00000000000000000000000429",
  "facade00-0000-4000-8000-000000000001",
  "facade00-0000-4000-8000-000000000500",
  "default",
  "other",
  "1001",
  "0".repeat(64),
];
const CREDENTIALS = {
  cortex: [
    { "x-xdr-auth-id": "3", authorization: "fauxdr-unlicensed-key" },
    { "x-xdr-auth-id": "5", authorization: "fauxdr-revoked-key" },
    { "x-xdr-auth-id": "2", authorization: "0", "x-xdr-nonce": "%", "x-xdr-timestamp": "1e9" },
    {},
  ],
  qualys: [
    { authorization: "bearer fauxdr-expired-token" },
    { authorization: "Basic Ym9iOnNlY3JldDEy" },
    {},
  ],
  admin: [{}, { origin: "http://evil.example" }, { host: "evil.example" }],
};
const GOOD = {
  cortex: { "x-xdr-auth-id": "1", authorization: "fauxdr-standard-key" },
  qualys: { authorization: "Bearer fauxdr-token" },
  admin: {},
};
const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";
/** A stream has no end, and a reset is made by the script itself. */
const LEFT_OUT = ["streamRequests", "reset", "resetTenant", "chooseScenario"];
/** What would take its time by request: waits, and large fleets. */
const SLOW = ["delayMs", "overMs", "fleet"];

/** `documents` by name. Returns a function that makes the next request. */
export function requestsOf(documents, below) {
  const one = (list) => list[below(list.length)];
  const chance = (percent) => below(100) < percent;
  const operations = Object.entries(documents).flatMap(([name, document]) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, found]) => found?.operationId && !LEFT_OUT.includes(found.operationId))
        .map(([method, found]) => ({ name, document, path, method: method.toUpperCase(), found })),
    ),
  );
  const follow = (node, document) =>
    node?.$ref
      ? follow(
          node.$ref
            .slice(2)
            .split("/")
            .reduce((at, step) => at?.[step], document),
          document,
        )
      : node;

  const pumped = () => one(WORDS).repeat(chance(3) ? below(3000) : below(4));
  const text = () => (chance(50) ? one(KNOWN) : pumped());
  function anything(depth = 0) {
    const kind = below(depth > 4 ? 4 : 6);
    if (kind === 0) return text();
    if (kind === 1) return below(2 ** 31) * one([1, -1, 0.5, 1e300]);
    if (kind === 2) return one([true, false, null]);
    if (kind === 3) return "9".repeat(1 + below(400));
    if (kind === 4) return Array.from({ length: below(4) }, () => anything(depth + 1));
    return Object.fromEntries(
      Array.from({ length: below(4) }, () => [
        one(["request_data", "password", "__proto__", "x", one(WORDS)]),
        anything(depth + 1),
      ]),
    );
  }
  /** A value that fits a schema, but for one in fifty of its parts. */
  function fitting(schema, document, depth = 0) {
    const node = follow(schema, document);
    if (!node || depth > 8 || chance(2)) return anything(depth);
    const choices = node.oneOf ?? node.anyOf;
    if (choices) return fitting(one(choices), document, depth + 1);
    if (node.allOf) {
      return Object.assign({}, ...node.allOf.map((part) => fitting(part, document, depth + 1)));
    }
    if (node.enum) return one(node.enum);
    switch (node.type) {
      case "object":
        return Object.fromEntries(
          Object.entries(node.properties ?? {})
            .filter(
              ([name]) => !SLOW.includes(name) && (node.required?.includes(name) || chance(40)),
            )
            .map(([name, member]) => [name, fitting(member, document, depth + 1)]),
        );
      case "array":
        return Array.from({ length: (node.minItems ?? 0) + below(3) }, () =>
          fitting(node.items, document, depth + 1),
        );
      case "integer":
      case "number":
        return (node.minimum ?? -2) + below(one([3, 200, 2 ** 31]));
      case "boolean":
        return chance(50);
      case "string":
        return node.format === "date-time" ? "2026-02-01T00:00:00Z" : text();
      default:
        return anything(depth);
    }
  }
  function bodyOf(schema, document) {
    if (chance(1)) return pumped().repeat(1 + below(20));
    const whole = JSON.stringify(chance(15) ? anything() : fitting(schema, document)) ?? "";
    if (chance(4)) return whole.slice(0, below(whole.length + 1));
    if (chance(4)) return whole.replace(/[:,]/, one([";", "", "::", ',"a":1,"a":2,']));
    return whole;
  }

  return () => {
    const { name, document, path, method, found } = one(operations);
    const content = follow(found.requestBody, document)?.content ?? {};
    const [type = JSON_TYPE] = Object.keys(content);
    const schema = content[type]?.schema;
    const names = (found.parameters ?? [])
      .map((parameter) => follow(parameter, document))
      .filter((parameter) => parameter?.in === "query")
      .map((parameter) => parameter.name);
    const query = new URLSearchParams(
      Array.from({ length: below(3) }, () => [one([...names, "surprise"]), text().slice(0, 300)]),
    );
    const filled = path.replace(/\{[^}]+\}/g, () => encodeURIComponent(text().slice(0, 60)) || "1");
    const search = String(query);
    const sends = schema ? !chance(2) : chance(5);
    const body = !sends
      ? ""
      : type === FORM && chance(80)
        ? String(
            new URLSearchParams(
              Object.entries(fitting(schema, document) ?? {}).map(([key, value]) => [
                key,
                String(value),
              ]),
            ),
          )
        : bodyOf(schema, document);
    return {
      name,
      operation: found.operationId,
      method: chance(97) ? method : one(["GET", "POST", "PUT", "DELETE", "PATCH"]),
      path: filled + (chance(2) ? one(["/", "//", "/x"]) : "") + (search && `?${search}`),
      headers: {
        ...(chance(85) ? GOOD[name] : one(CREDENTIALS[name])),
        ...(sends && { "content-type": chance(95) ? type : one(["text/plain", FORM, "x"]) }),
      },
      body,
    };
  };
}
