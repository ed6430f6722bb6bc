import { describe, expect, it } from "vitest";
import type { Tenant } from "../../../../src/core/tenant.ts";
import { WIRE_FORMS } from "../../../../src/core/tenant.ts";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { fileIdFor } from "../../../../src/vendors/cortex/download-address.ts";
import { CLOCK, ENDPOINT, NOW } from "../../../support/cortex.ts";
import {
  cortexClient,
  LINUX,
  MAC,
  named,
  OFFLINE,
  SECOND,
} from "../../../support/cortex-client.ts";
import { invalid, notFound, refused } from "../../../support/cortex-refusals.ts";
import { badKeys, refuses, subject } from "../../../support/cortex-suites.ts";
import { cortexCall } from "../../../support/good-calls.ts";
import { unzip } from "../../../support/python-zip.ts";
import { overHttps } from "../../../support/tls.ts";

const DOWNLOAD = "/public_api/v1/download";
const WAYS = [
  ["GET", "downloadRetrievedFile"],
  ["POST", "downloadRetrievedFileByPost"],
] as const;

/** Retrieves files from an endpoint of each system, and waits until they are there. */
async function delivered(mock: Mock): Promise<void> {
  const files = {
    windows: ["C:\\temp\\ä.log", "\\\\host\\share\\b.txt"],
    linux: ["/var/log/syslog"],
    macos: ["/Library/x y"],
  };
  const filters = named(ENDPOINT, LINUX, MAC, OFFLINE);
  await cortexClient(mock).act("endpoints/file_retrieval", { filters, files });
  mock.clock.advance(2 * SECOND);
}

const fileId = (mock: Mock, action: string, endpoint: string): string =>
  fileIdFor(action, endpoint, mock as unknown as Tenant);

const addressOf = (mock: Mock, action = "1001", endpoint = ENDPOINT): string =>
  `${DOWNLOAD}/${fileId(mock, action, endpoint)}`;

for (const [method, operation] of WAYS) {
  const of = subject(operation, "download/1001-x", undefined, { method, page: false });
  refuses(of, badKeys(of));
}

describe.each(WIRE_FORMS)("a download, %s form", (wire) => {
  it.each(WAYS)("with %s is a ZIP archive of what was asked for", async (method, operation) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await delivered(mock);
    const { send } = cortexClient(mock);
    for (const slash of ["", "/"]) {
      const { status, headers, bytes } = await send(`${addressOf(mock)}${slash}`, {
        method,
        headers: { "accept-encoding": "gzip" },
      });
      expect(status).toBe(200);
      expect(headers.get("content-type")).toBe("application/octet-stream");
      expect(headers.get("content-encoding")).toBeNull();
      // As a shipped client reads the name: the second part, behind its equals sign.
      const [kind, name] = (headers.get("content-disposition") ?? "").split(";");
      expect([kind, name?.split("=")[1]]).toEqual(["attachment", `${ENDPOINT}_1001.zip`]);
      expect(headers.get("content-length")).toBe(String(bytes.length));
      expect(unzip(bytes)).toEqual([
        ["C:\\temp\\ä.log", "C:\\temp\\ä.log\n"],
        ["host\\share\\b.txt", "\\\\host\\share\\b.txt\n"],
      ]);
    }
    const exchange = mock.journal.entries().at(-1);
    expect(exchange?.operation).toBe(operation);
    expect(exchange?.reply?.basis).toBe(method === "GET" ? "observed" : "documented");
  });

  it("is at an address in the scheme of the client", async () => {
    await using mock = await startMock({ wire, clock: CLOCK, tls: true });
    await delivered(mock);
    const path = "/public_api/v1/actions/file_retrieval_details";
    const details = { ...cortexCall, path, body: '{"request_data":{"group_action_id":1001}}' };
    const { body } = await overHttps(mock, details);
    expect(JSON.parse(body).reply.data[ENDPOINT]).toBe(`${mock.tlsUrl}${addressOf(mock)}`);
  });

  it("is at the address that the details give, each endpoint's its own", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await delivered(mock);
    const { post, send } = cortexClient(mock);
    const { text } = await post("actions/file_retrieval_details", { group_action_id: 1001 });
    const found = Object.entries<string>(JSON.parse(text).reply.data);
    const contents: unknown[] = [];
    for (const [id, address] of found) {
      const { bytes } = await send(address.slice(mock.url.length), { method: "GET" });
      contents.push([id, unzip(bytes).map(([name]) => name)]);
    }
    expect(contents).toEqual([
      [ENDPOINT, ["C:\\temp\\ä.log", "host\\share\\b.txt"]],
      [LINUX, ["var/log/syslog"]],
      [MAC, ["Library/x y"]],
    ]);
  });

  it.each(["{}", "{", "no JSON at all", "over the limit".repeat(1000)])(
    "does not look at a body",
    async (body) => {
      await using mock = await startMock({ wire, clock: CLOCK, bodyLimitBytes: 1000 });
      await delivered(mock);
      const { send } = cortexClient(mock);
      for (const type of ["application/json", "text/plain"]) {
        const sending = { body, headers: { "content-type": type } };
        expect((await send(addressOf(mock), sending)).status).toBe(200);
      }
    },
  );

  it("gives the same bytes every time", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await delivered(mock);
    const { send } = cortexClient(mock);
    const address = addressOf(mock, "1001", LINUX);
    const first = await send(address, { method: "GET" });
    mock.clock.advance(SECOND);
    const second = await send(address, { method: "GET" });
    expect(second.bytes.equals(first.bytes)).toBe(true);
  });

  it.each([
    ["that was never given out", "9f2c"],
    ["of an unknown action", ["1009", ENDPOINT]],
    ["of an endpoint that was not asked", ["1001", "77cf07238bbddc695c215cdb587825a0"]],
    ["of an endpoint that has not delivered", ["1001", OFFLINE]],
    ["of an action that is no retrieval", ["1002", ENDPOINT]],
    ["without its endpoint", "1001"],
    ["with an empty endpoint", "1001-"],
    ["without its token", `1001-${ENDPOINT}`],
    ["with another token", `1001-${ENDPOINT}-${NOW + 3_600_000}-${"0".repeat(32)}`],
    ["with a dot", "."],
    ["named like a property", "constructor"],
  ])("is refused for the id of a file %s", async (_what, given) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const id = typeof given === "string" ? given : fileId(mock, ...(given as [string, string]));
    await delivered(mock);
    const { act, send } = cortexClient(mock);
    await act("endpoints/scan", { filters: named(ENDPOINT) });
    mock.clock.advance(2 * SECOND);
    const path = `${DOWNLOAD}/${id === "." ? "%2e%2e%2fx" : id}`;
    const shown = id === "." ? "../x" : id;
    for (const [method, operation] of WAYS) {
      const seen = await refused(mock, operation, () => send(path, { method }));
      expect(seen).toEqual(notFound("file", shown, "download")[wire]);
    }
  });

  it("is refused until the files are there", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { act, send } = cortexClient(mock);
    const data = { filters: named(LINUX), files: { linux: ["/x"] } };
    const id = fileId(mock, await act("endpoints/file_retrieval", data), LINUX);
    const call = () => send(`${DOWNLOAD}/${id}`, { method: "GET" });
    const expected = notFound("file", id, "download")[wire];
    expect(await refused(mock, "downloadRetrievedFile", call)).toEqual(expected);
    mock.clock.advance(2 * SECOND - 1);
    expect(await refused(mock, "downloadRetrievedFile", call)).toEqual(expected);
    mock.clock.advance(1);
    expect((await call()).status).toBe(200);
  });

  it("is refused an hour after its address was given, by the tenant's clock", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await delivered(mock);
    const { send } = cortexClient(mock);
    const address = addressOf(mock);
    mock.clock.advance(3_600_000);
    expect((await send(address, { method: "GET" })).status).toBe(200);
    mock.clock.advance(1);
    const late = await send(address, { method: "GET" });
    expect([late.status, late.text]).toEqual([500, expect.stringContaining("has expired")]);
    expect((await send(addressOf(mock), { method: "GET" })).status).toBe(200);
  });

  it("with an address whose expiry was changed is refused", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await delivered(mock);
    const later = addressOf(mock).replace(/-(\d+)-(?=\w+$)/, (_, at) => `-${Number(at) + 1}-`);
    const { status, text } = await cortexClient(mock).send(later, { method: "GET" });
    expect([status, text]).toEqual([500, expect.not.stringContaining("expired")]);
  });

  it("of another tenant's file is refused", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    await delivered(mock);
    const other = await mock.tenant({ name: "other", wire });
    const { send } = cortexClient({ ...other, url: mock.url });
    const id = fileId(mock, "1001", ENDPOINT);
    for (const [method, operation] of WAYS) {
      const seen = await refused(other, operation, () => send(`${DOWNLOAD}/${id}`, { method }));
      expect(seen).toEqual(notFound("file", id, "download")[wire]);
    }
  });

  it("is refused for an id whose bytes are not UTF-8", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { send } = cortexClient(mock);
    for (const [method, operation] of WAYS) {
      const seen = await refused(mock, operation, () => send(`${DOWNLOAD}/%ff`, { method }));
      expect(seen).toEqual(invalid("Path/fileId is not percent-encoded UTF-8.")[wire]);
    }
  });
});
