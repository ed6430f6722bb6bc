import * as cortex from "./cortex.ts";
import * as qualys from "./qualys.ts";

/** A call that its vendor grants, and the first reply that a new mock gives to it. */
export interface GoodCall {
  readonly vendor: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly granted: { readonly document: string; readonly recorded: string };
}

/** By name; `undefined` leaves one out. */
type Headers = Readonly<Record<string, string | undefined>>;

export const cortexCall: GoodCall = {
  vendor: "cortex",
  path: cortex.PATH,
  headers: cortex.headers(),
  body: JSON.stringify(cortex.body()),
  granted: {
    document: '{"reply":{"action_id":"1001","status":"1","endpoints_count":"1"}}',
    recorded: '{"reply": {"action_id": 1001, "status": 1, "endpoints_count": 1}}',
  },
};

const queued =
  '{"requestId":"4b9c9736-7e66-48b3-a255-ff0066f256d1","message":"Request created successfully and its in progress","responseCode":1009,"remark":"QH","status":"queued"}';

export const qualysCall: GoodCall = {
  vendor: "qualys",
  path: qualys.PATH,
  headers: qualys.headers(),
  body: JSON.stringify(qualys.body()),
  granted: { document: queued, recorded: queued },
};

export interface Changes {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Headers;
  readonly body?: Buffer | string;
}

/** The bytes of a call, the last one on its connection unless the changes say otherwise. */
export function bytesOf(call: GoodCall, changes: Changes = {}): Buffer {
  const { method = "POST", url = call.path, headers } = changes;
  const body = Buffer.from(changes.body ?? call.body);
  const lines = Object.entries({
    host: "mock.test",
    "content-length": String(body.length),
    connection: "close",
    ...call.headers,
    ...headers,
  })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${url} HTTP/1.1\r\n${lines.join("")}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}

/** The same with a body in chunks, or what is passed off as chunks. */
export const chunked = (call: GoodCall, chunks: string, headers: Headers = {}): Buffer =>
  bytesOf(call, {
    headers: { "content-length": undefined, "transfer-encoding": "chunked", ...headers },
    body: chunks,
  });
