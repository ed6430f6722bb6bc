// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are parts of another program
import { read } from "./repository.ts";
import { changed, SIGNING_EXAMPLE } from "./signing.ts";
import { type Fetch, noKeepAlive, overHttp1 } from "./transports.ts";

/** A client in which nothing is wrong, though it does things in another way than the example. */
export interface Style {
  readonly does: string;
  readonly program: string;
  /** Makes what it has for `fetch`, for each task. */
  readonly connect?: () => Fetch;
}

type Change = readonly [from: string, to: string];

const styled = (text: string, ...changes: readonly Change[]): string =>
  changes.reduce((whole, [from, to]) => changed(whole, from, to), text);

const CORTEX = read("examples/cortex/client.mjs");

const ONE_BY_ONE: Change = ["const MOST_ENDPOINTS = 1000;", "const MOST_ENDPOINTS = 1;"];
const NO_RETRY: Change = ["const MOST_ATTEMPTS = 3;", "const MOST_ATTEMPTS = 1;"];

/** Checks whether the file is in quarantine before it reports that the result is unknown. */
const LOOK_UP: Change = [
  "async function quarantine(batch) {\n  const reply = await call(",
  `async function quarantine(batch) {
  const reply = await lookedUp(batch, `,
];
const LOOKED_UP: Change = [
  "async function quarantine(batch)",
  `async function lookedUp(batch, path, data) {
  try {
    return await call(path, data);
  } catch (error) {
    if (error.status !== undefined) throw error;
    const files = batch.map((endpoint_id) => ({ endpoint_id, file_path: filePath, file_hash: fileHash }));
    const found = await call("quarantine/status", { files });
    if (found.every(({ status }) => status)) return { status: 1, action_id: 0 };
    throw error;
  }
}

async function quarantine(batch)`,
];

/** How the client restores a file. */
const RESTORES: readonly Change[] = [
  ["FAUXDR_INPUT } = process.env;", "FAUXDR_INPUT, FAUXDR_OPERATION } = process.env;"],
  [
    'async function quarantine(batch) {\n  const reply = await call("endpoints/quarantine", {',
    `async function quarantine(batch) {
  const reply = FAUXDR_OPERATION === "restoreFile" ? await call("endpoints/restore", { endpoint_id: batch[0], file_hash: fileHash }) : await call("endpoints/quarantine", {`,
  ],
];

export const RESTORING: Style = { does: "restores", program: styled(CORTEX, ...RESTORES) };

export const CORTEX_STYLES: readonly Style[] = [
  { does: "signs its calls", program: SIGNING_EXAMPLE },
  { does: "makes a call for each endpoint", program: styled(CORTEX, ONE_BY_ONE) },
  { does: "signs a call for each endpoint", program: styled(SIGNING_EXAMPLE, ONE_BY_ONE) },
  { does: "looks up what became of a lost call", program: styled(CORTEX, LOOK_UP, LOOKED_UP) },
  {
    does: "signs, and looks up what became of a lost call",
    program: styled(SIGNING_EXAMPLE, LOOK_UP, LOOKED_UP),
  },
  {
    does: "looks at the inventory before it acts",
    program: styled(CORTEX, [
      "async function quarantine(batch) {\n",
      'async function quarantine(batch) {\n  await call("endpoints/get_endpoint", { search_from: 0, search_to: 1 });\n',
    ]),
  },
  { does: "never sends anything again", program: styled(CORTEX, NO_RETRY) },
  {
    does: "calls the older path",
    program: styled(CORTEX, ['call("endpoints/quarantine"', 'call("audits/endpoints/quarantine"']),
  },
  {
    does: "writes operators in upper case and ids as text",
    program: styled(
      CORTEX,
      ['operator: "in"', 'operator: "IN"'],
      ["group_action_id: Number(actionId)", "group_action_id: actionId"],
    ),
  },
  {
    does: "writes hashes in upper case",
    program: styled(CORTEX, ["file_hash: fileHash,", "file_hash: fileHash.toUpperCase(),"]),
  },
  {
    does: "ends its paths in a slash",
    program: styled(CORTEX, ["/public_api/v1/${path}`", "/public_api/v1/${path}/`"]),
  },
  {
    does: "sends bodies in chunks, and writes the names of headers in capitals",
    program: CORTEX,
    connect: () => overHttp1({ chunked: true, spell: (name) => name.toUpperCase() }),
  },
  { does: "opens a connection for each call", program: CORTEX, connect: () => noKeepAlive },
  {
    does: "sends its calls at once, one for each endpoint",
    program: styled(CORTEX, ONE_BY_ONE, [
      `  const actions = [];
  for (let from = 0; from < endpoints.length; from += MOST_ENDPOINTS) {
    const batch = endpoints.slice(from, from + MOST_ENDPOINTS);
    actions.push({ batch, id: await quarantine(batch) });
  }`,
      `  const sent = await Promise.allSettled(
    endpoints.map(async (id) => ({ batch: [id], id: await quarantine([id]) })),
  );
  const lost = sent.find(({ status }) => status === "rejected");
  if (lost) throw lost.reason;
  const actions = sent.map(({ value }) => value);`,
    ]),
  },
];

const QUALYS = read("examples/qualys/client.mjs");

export const QUALYS_STYLES: readonly Style[] = [
  {
    does: "uses the other name of the call",
    program: styled(QUALYS, ["/quarantineHost?", "/performQuarantineHostAction?"]),
  },
  {
    does: "never waits to send again",
    program: styled(QUALYS, ["attempt === 3) throw", "attempt === 1) throw"]),
  },
  {
    does: "makes a call for each host",
    program: styled(QUALYS, [
      'if (!wait) return { outcome: "accepted", actionId: await quarantine(agentIds, action) };',
      'if (!wait) {\n    let actionId;\n    for (const agentId of agentIds) actionId = await quarantine([agentId], action);\n    return { outcome: "accepted", actionId };\n  }',
    ]),
  },
  {
    does: "begins with the token that it was given",
    program: styled(
      QUALYS,
      ["QUALYS_PASSWORD, FAUXDR_INPUT", "QUALYS_PASSWORD, QUALYS_TOKEN, FAUXDR_INPUT"],
      ["let token;", "let token = QUALYS_TOKEN;"],
    ),
  },
  {
    does: "sends bodies in chunks, on a connection for each call",
    program: QUALYS,
    connect: () => overHttp1({ chunked: true, options: { agent: false } }),
  },
];
