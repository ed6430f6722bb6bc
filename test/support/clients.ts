/** The URL and the credentials that a client uses. */
export interface Endpoint {
  readonly url: string;
  readonly credentials: Readonly<
    Record<string, readonly { readonly values: Readonly<Record<string, string>> }[]>
  >;
}

/** As small a Cortex client as one could write against the documents. */
export function cortexClient({ url, credentials }: Endpoint): CortexClient {
  const values = credentials["cortex"]?.[0]?.values ?? {};
  const headers = {
    "content-type": "application/json",
    "x-xdr-auth-id": values["x-xdr-auth-id"] ?? "",
    authorization: values["key"] ?? "",
  };
  const post = async (path: string, requestData: unknown): Promise<Answer> => {
    const body = JSON.stringify({ request_data: requestData });
    const response = await fetch(`${url}/public_api/v1/${path}`, { method: "POST", headers, body });
    const text = await response.text();
    return { status: response.status, text, reply: JSON.parse(text).reply };
  };
  return {
    post,
    quarantine: async (ids, file = FILE) => {
      const filters = [{ field: "endpoint_id_list", operator: "in", value: ids }];
      const { reply } = await post("endpoints/quarantine", { filters, ...file });
      return String(reply.action_id);
    },
    statuses: async (id) =>
      (await post("actions/get_action_status", { group_action_id: id })).reply.data,
    isQuarantined: async (endpoint_id, file = FILE) => {
      const { reply } = await post("quarantine/status", { files: [{ endpoint_id, ...file }] });
      return reply[0].status;
    },
  };
}

export const FILE = { file_path: "C:\\temp\\x.msi", file_hash: "ab".repeat(32) };

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly reply: any;
}

export interface CortexClient {
  post(path: string, requestData: unknown): Promise<Answer>;
  quarantine(ids: readonly string[], file?: typeof FILE): Promise<string>;
  statuses(actionId: string): Promise<Record<string, string>>;
  isQuarantined(endpointId: string, file?: typeof FILE): Promise<boolean>;
}
