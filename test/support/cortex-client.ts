import { expect } from "vitest";
import type { TenantHandle } from "../../src/index.ts";
import { filter } from "./cortex.ts";

export const SECOND = 1000;
export const DAY = 86_400_000;

// Connected endpoints of the inventory, by their system; those of support/cortex.ts run Windows.
export const LINUX = "70841ad9b13f57e825c6b5821bb7f1de";
export const MAC = "4f4b6b9e749e30c99f7123f8fb28cc92";
/** Linux too, without a single file. */
export const BARE = "ea32445ac59a300a049203c6de8efd43";
/** Disconnected Windows. */
export const OFFLINE = "71826106783fb2657f68b948b3530b8e";

export const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
export const FILE = { file_path: "C:\\temp\\test_x64.msi", file_hash: HASH };

/** Filters that name these endpoints. */
export const named = (...ids: unknown[]): object[] => [filter(...ids)];

/** A reply, to the letter. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface Sending {
  readonly method?: "GET" | "POST";
  /** Without it no body goes out, and no content type. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CortexClient {
  send(path: string, sending?: Sending): Promise<Answer>;
  /** Sends `{"request_data": …}` to a path under /public_api/v1. */
  post(path: string, requestData?: unknown): Promise<Answer>;
  /** The id of the action that the reply tells of. */
  act(path: string, requestData: unknown): Promise<string>;
  /** What get_action_status says about an action: status by endpoint. */
  statuses(actionId: string): Promise<Record<string, string>>;
  /** What get_endpoint says about one endpoint. */
  endpoint(id: string): Promise<Record<string, unknown>>;
}

/** Speaks to a tenant with one of its keys, named by its purpose. No reply may be a fault of fauxdr's own. */
export function cortexClient(
  { url, credentials }: Pick<TenantHandle, "credentials"> & { readonly url: string },
  purpose = "standard key",
): CortexClient {
  const found = credentials["cortex"]?.find((one) => one.purpose === purpose);
  const key = {
    "x-xdr-auth-id": found?.values["x-xdr-auth-id"] ?? "",
    authorization: found?.values["key"] ?? "",
  };
  const client: CortexClient = {
    send: async (path, { method = "POST", body, headers } = {}) => {
      const type = body === undefined ? {} : { "content-type": "application/json" };
      // Unpacking a compressed reply takes longer than all the rest of a call.
      const plain = { "accept-encoding": "identity" };
      const init = { method, headers: { ...key, ...type, ...plain, ...headers } };
      const response = await fetch(`${url}${path}`, body === undefined ? init : { ...init, body });
      expect(response.headers.get("x-fauxdr-error")).toBeNull();
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
    },
    post: (path, requestData) =>
      client.send(`/public_api/v1/${path}`, {
        body: JSON.stringify({ request_data: requestData }),
      }),
    act: async (path, requestData) => {
      const { status, text } = await client.post(path, requestData);
      expect([status, text]).toEqual([200, expect.stringContaining("action_id")]);
      return String(JSON.parse(text).reply.action_id);
    },
    statuses: async (actionId) => {
      const { text } = await client.post("actions/get_action_status", {
        group_action_id: Number(actionId),
      });
      return JSON.parse(text).reply.data;
    },
    endpoint: async (id) => {
      const { text } = await client.post("endpoints/get_endpoint", { filters: named(id) });
      return JSON.parse(text).reply.endpoints[0];
    },
  };
  return client;
}
