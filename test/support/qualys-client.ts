import { expect } from "vitest";
import { AGENT } from "./qualys.ts";
import { FILE_EVENT } from "./qualys-inventory.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

type Query = Readonly<Record<string, string | number>>;
type Headed = Readonly<Record<string, string>>;

/** The server that the client calls. */
export interface Server {
  readonly url: string;
}

/** As small a client as one could write against the documents. */
export interface QualysClient {
  get(path: string, query?: Query, headers?: Headed): Promise<Answer>;
  /** A text goes out as it is, everything else as JSON. */
  post(path: string, body: unknown, query?: Query, headers?: Headed): Promise<Answer>;
}

/** A client with a token; an empty one stands for none. */
export function qualysClient({ url }: Server, token = "fauxdr-token"): QualysClient {
  const authorization: Headed = token === "" ? {} : { authorization: `Bearer ${token}` };
  const at = (path: string, query: Query = {}): string => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) search.set(name, String(value));
    return `${url}${path}${search.size > 0 ? `?${search}` : ""}`;
  };
  return {
    get: (path, query, headers) =>
      send(at(path, query), { headers: { ...authorization, ...headers } }),
    post: (path, body, query, headers) =>
      send(at(path, query), {
        method: "POST",
        headers: { ...authorization, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}

export const FORM = "application/x-www-form-urlencoded";
export const CREDENTIALS = { username: "fauxdr", password: "fauxdr-password", token: "true" };

/** Signs in with a form. */
export const login = (
  { url }: Server,
  form: Readonly<Record<string, string>> = CREDENTIALS,
  headers: Headed = {},
): Promise<Answer> =>
  send(`${url}/auth`, {
    method: "POST",
    headers: { "content-type": FORM, ...headers },
    body: String(new URLSearchParams(form)),
  });

/** Sends a request as `fetch` does. No reply may be a fault of fauxdr's own. */
export async function send(url: string, init: RequestInit): Promise<Answer> {
  const reply = await fetch(url, init);
  const text = await reply.text();
  expect(reply.headers.get("x-fauxdr-error"), text).toBeNull();
  return { status: reply.status, headers: reply.headers, text };
}

/** The user that the client acts as. */
export const WHO = { user: "John Doe", userId: "qaedr_jd" };

/** Queues a host action, and answers its requestId. */
export async function quarantine(
  client: QualysClient,
  agentIds: readonly string[],
  action = "QUARANTINE_HOST",
): Promise<string> {
  const assetActions = agentIds.map((agentId) => ({
    eventId: agentId,
    action,
    agentId,
    eventType: "AGENT",
    agentVersion: "5.5.25.0",
  }));
  const { text } = await client.post("/ioc/remediation-actions/quarantineHost", {
    ...WHO,
    remediationSource: "EDR",
    comment: "QH",
    requestTime: "2024-12-12T04:52:39.711Z",
    assetActionParameter: { assetActions },
  });
  return JSON.parse(text).requestId;
}

/** A correct entry of performAction. */
export const eventAction = (overrides: object = {}): object => ({
  actionId: 0,
  agentId: AGENT,
  eventId: FILE_EVENT,
  eventType: "FILE",
  ...overrides,
});

/** Queues an action on what an event is about, and answers its remediationId. */
export async function remediate(
  client: QualysClient,
  agentId: string,
  eventId: string,
  eventType: string,
): Promise<string> {
  const entries = [eventAction({ agentId, eventId, eventType })];
  const { text } = await client.post("/ioc/remediation-actions/performAction", entries, WHO);
  return JSON.parse(text).remediationIds[0];
}
