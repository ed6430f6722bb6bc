import { describe, expect, it } from "vitest";
import type { Tenant } from "../../../../src/core/tenant.ts";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { fileIdFor } from "../../../../src/vendors/cortex/download-address.ts";
import {
  CLOCK,
  ENDPOINT,
  INVENTORY,
  OTHER,
  reserved,
  UNKNOWN,
  written,
} from "../../../support/cortex.ts";
import {
  BARE,
  cortexClient,
  LINUX,
  MAC,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";
import { forgetsIncidents, subject } from "../../../support/cortex-suites.ts";

const PATH = "endpoints/file_retrieval";
const DETAILS = "actions/file_retrieval_details";
const FILES = {
  windows: ["C:\\temp\\a.log"],
  linux: ["/var/log/syslog", "/etc/hosts"],
  macos: ["/Library/x"],
};
const done = 2 * SECOND;

/** The addresses that file_retrieval_details gives, by endpoint. */
async function addresses(mock: Mock, id: string): Promise<Record<string, string>> {
  const { text } = await cortexClient(mock).post(DETAILS, { group_action_id: id });
  return JSON.parse(text).reply.data;
}

const retrieve = (mock: Mock, ids: readonly string[], files: object = FILES): Promise<string> =>
  cortexClient(mock).act(PATH, { filters: named(...ids), files });

describe.each(WIRE_FORMS)("retrieving files, %s form", (wire) => {
  const reply = {
    document: (count: number) =>
      `{"reply":{"action_id":"1001","status":"1","endpoints_count":"${count}"}}`,
    recorded: (count: number) =>
      `{"reply": {"action_id": 1001, "status": 1, "endpoints_count": ${count}}}`,
  }[wire];

  it.each([PATH, `${PATH}/`])("is answered at %s", async (path) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    const filters = named(ENDPOINT, LINUX, LINUX, UNKNOWN);
    const { status, text } = await post(path, { filters, files: FILES });
    expect([status, text]).toEqual([200, reply(2)]);
    const [exchange] = mock.journal.entries();
    expect(exchange?.operation).toBe("retrieveFiles");
    expect(exchange?.reply?.basis).toBe(wire === "document" ? "assumed" : "observed");
  });

  it("skips endpoints without a path for their platform", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    const filters = named(ENDPOINT, LINUX, MAC);
    expect((await post(PATH, { filters, files: { macos: ["/x"] } })).text).toBe(reply(1));
    expect(mock.actions.list()[0]?.targets.map(({ id }) => id)).toEqual([MAC]);
  });

  it.each([null, 5, { length: 21 }, Array(21).fill("/x")])(
    "does not count an ignored platform, which has %j for its paths",
    async (android) => {
      await using mock = await startMock({ wire, clock: CLOCK, unknownFields: "ignore" });
      const { post } = cortexClient(mock);
      const { status, text } = await post(PATH, {
        filters: named(ENDPOINT),
        files: { ...FILES, android },
      });
      expect([status, text]).toEqual([200, reply(1)]);
    },
  );

  it("takes 10 endpoints and 20 paths", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, fleet: 10 });
    const { post } = cortexClient(mock);
    const { text } = await post("endpoints/get_endpoint", { search_from: INVENTORY });
    const ids: string[] = JSON.parse(text).reply.endpoints.map(
      (one: { endpoint_id: string }) => one.endpoint_id,
    );
    const paths = (many: number): string[] => Array.from({ length: many }, (_, n) => `/x/${n}`);
    const files = { windows: paths(10), linux: paths(4), macos: paths(6) };
    expect((await post(PATH, { filters: named(...ids), files })).text).toBe(reply(10));
  });

  it.each([DETAILS, `${DETAILS}/`])("tells the addresses at %s", async (path) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { post } = cortexClient(mock);
    const id = await retrieve(mock, [ENDPOINT, OFFLINE]);
    for (const group_action_id of [id, Number(id)]) {
      expect((await post(path, { group_action_id })).text).toBe(
        written(wire, '{"reply":{"data":{}}}'),
      );
    }
    mock.clock.advance(done);
    const { status, text } = await post(path, { group_action_id: id });
    expect(status).toBe(200);
    const file = fileIdFor("1001", ENDPOINT, mock as unknown as Tenant);
    expect(text).toBe(
      written(
        wire,
        `{"reply":{"data":{"${ENDPOINT}":"${mock.url}/public_api/v1/download/${file}"}}}`,
      ),
    );
    const exchange = mock.journal.entries().at(-1);
    expect(exchange?.operation).toBe("getFileRetrievalDetails");
    expect(exchange?.reply?.basis).toBe(wire === "document" ? "documented" : "observed");
  });
});

describe("the details of a retrieval", () => {
  it("contain an endpoint as soon as it has delivered", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const never = [BARE, OFFLINE, ...[2, 3, 4, 5, 8, 9, 10].map(reserved)];
    const id = await retrieve(mock, [ENDPOINT, ...never]);
    const { statuses } = cortexClient(mock);
    mock.clock.advance(done - 1);
    expect(await addresses(mock, id)).toEqual({});
    mock.clock.advance(1);
    expect(Object.keys(await addresses(mock, id))).toEqual([ENDPOINT]);
    expect((await statuses(id))[ENDPOINT]).toBe("COMPLETED_SUCCESSFULLY");
    mock.clock.advance(1000 * done);
    expect(Object.keys(await addresses(mock, id))).toEqual([ENDPOINT]);
  });

  it("omit an endpoint without files: its action fails", async () => {
    await using mock = await startMock({ clock: CLOCK, wire: "recorded" });
    const id = await retrieve(mock, [BARE]);
    mock.clock.advance(done);
    expect(await addresses(mock, id)).toEqual({});
    const { post } = cortexClient(mock);
    const { text } = await post("actions/get_action_status", { group_action_id: id });
    const { data, errorReasons } = JSON.parse(text).reply;
    expect(data).toEqual({ [BARE]: "FAILED" });
    expect(errorReasons[BARE]).toEqual({
      errorData: '{"reportIds":[],"errorText":""}',
      errorText: "Element not found.",
      bucket: "",
      file_name: "",
      file_path: "",
      file_size: 0,
      missing_files: FILES.linux,
    });
  });

  it("use the host name of the request", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const id = await retrieve(mock, [ENDPOINT]);
    mock.clock.advance(done);
    const url = `http://localhost:${mock.port}`;
    const { text } = await cortexClient({ ...mock, url }).post(DETAILS, { group_action_id: id });
    expect(JSON.parse(text).reply.data[ENDPOINT]).toMatch(
      new RegExp(`^${url}/public_api/v1/download/${id}-${ENDPOINT}-`),
    );
  });

  it("count as status calls when those advance a retrieval", async () => {
    await using mock = await startMock({ clock: CLOCK, progress: "polls" });
    const id = await retrieve(mock, [ENDPOINT, OTHER]);
    expect(await addresses(mock, id)).toEqual({});
    expect(await addresses(mock, id)).toEqual({});
    expect(Object.keys(await addresses(mock, id))).toEqual([ENDPOINT, OTHER]);
  });
});

forgetsIncidents(subject("retrieveFiles", PATH, { filters: named(ENDPOINT), files: FILES }));
