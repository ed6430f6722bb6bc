import { describe, expect, it } from "vitest";
import type { ClientTask } from "../../src/contract/client.ts";
import { cases } from "../../src/testing/cases.ts";

/** A client that can quarantine, and does not wait. */
const client = async (
  { environment: e, input }: ClientTask,
  key = e["CORTEX_API_KEY"] ?? "",
  id = e["CORTEX_API_KEY_ID"] ?? "",
) => {
  const filters = [{ field: "endpoint_id_list", operator: "in", value: input["endpoints"] }];
  const reply = await fetch(`${e["CORTEX_URL"]}/public_api/v1/endpoints/quarantine`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-xdr-auth-id": id, authorization: key },
    body: JSON.stringify({
      request_data: { filters, file_path: input["filePath"], file_hash: input["fileHash"] },
    }),
  });
  return { outcome: reply.ok ? "accepted" : "refused", status: reply.status } as const;
};

const [one] = cases({ prefix: "cortex.quarantine.one" });

it("are there in every wire form, by vendor and by prefix", () => {
  expect(cases({ prefix: "cortex.quarantine.one" }).map(({ name }) => name)).toEqual([
    "cortex.quarantine.one (document)",
    "cortex.quarantine.one (recorded)",
  ]);
  expect(new Set(cases({ vendor: "cortex" }).map(({ vendor }) => vendor))).toEqual(
    new Set(["cortex"]),
  );
});

describe("are not an empty list that a loop takes for success", () => {
  it.each<[string, object, string]>([
    [
      "a vendor that there is not",
      { vendor: "qualis" },
      'There is no vendor "qualis": did you mean "qualys"?',
    ],
    [
      "a prefix that fits nothing",
      { prefix: "cortex.quaratine" },
      'did you mean "cortex.quarantine"?',
    ],
    [
      "a prefix of another vendor",
      { vendor: "qualys", prefix: "cortex." },
      'No case id starts with "cortex."',
    ],
    [
      "an option that there is not",
      { venor: "cortex" },
      'cases() takes no option "venor": did you mean "vendor"?',
    ],
    [
      "a severity that there is not",
      { failOn: "all" },
      'failOn takes must, should or info, not "all".',
    ],
    ["a limit of no time", { limitSeconds: 0 }, "limitSeconds takes seconds"],
    ["a trait that there is not", { traits: { flies: true } }, 'There is no trait "flies"'],
  ])("%s", (_, options, sentence) => {
    expect(() => cases(options)).toThrow(sentence);
  });
});

it("pass a client that keeps its promise", async () => {
  expect(await one?.run(client)).toMatchObject({ outcome: "pass", report: { status: 200 } });
});

describe("throw what is wrong", () => {
  it.each<[string, Parameters<NonNullable<typeof one>["run"]>[0], RegExp]>([
    [
      "an end that is not right",
      async (task) => ({ ...(await client(task)), outcome: "failed" }),
      /must {2}cortex\.quarantine\.one\n.*it reported "failed"/,
    ],
    ["a client that throws", () => Promise.reject(new Error("no route")), /no route/],
    ["a wrong key", (task) => client(task, "mine"), /must {2}auth\.wrong/],
    [
      "credentials of another tenant",
      (task) => client(task, "fauxdr-standard-key", "1"),
      /1 calls came with other credentials/,
    ],
  ])("%s", async (_, bad, message) => {
    await expect(one?.run(bad)).rejects.toThrow(message);
  });
});
