import type { Test } from "supertest";
import { describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../../../src/mock.ts";
import { actions } from "../../../../src/vendors/cortex/state.ts";
import {
  body,
  CLOCK,
  ENDPOINT,
  filter,
  filtered,
  headers,
  NOW,
  OTHER,
  PATH,
  quarantine,
  reserved,
  signed,
  UNKNOWN,
  unknown,
} from "../../../support/cortex.ts";

const reply = {
  document: (id: number, count: number): string =>
    `{"reply":{"action_id":"${id}","status":"1","endpoints_count":"${count}"}}`,
  recorded: (id: number, count: number): string =>
    `{"reply": {"action_id": ${id}, "status": 1, "endpoints_count": ${count}}}`,
};

/** The endpoints of the newest action. */
const targets = (mock: Mock): string[] | undefined =>
  mock.store
    .all(actions)
    .at(-1)
    ?.targets.map(({ id }) => id);

describe.each(["document", "recorded"] as const)("a quarantine call, %s form", (wire) => {
  it.each([
    ["a standard key", { headers: headers() }],
    ["an advanced key", { headers: signed() }],
    ["a trailing slash", { path: `${PATH}/` }],
    ["a query", { path: `${PATH}?trace=1` }],
    ["no Accept header", { headers: headers({ accept: undefined }) }],
    ["a charset", { headers: headers({ "content-type": "application/json; charset=UTF-8" }) }],
    ["a vendor's JSON type", { headers: headers({ "content-type": "application/x+json" }) }],
    ["the operator in capitals", { body: filtered({ ...filter(ENDPOINT), operator: "IN" }) }],
    ["an incident id as a number", { body: body({ incident_id: 1234 }) }],
    ["an incident id as a text", { body: body({ incident_id: "1234" }) }],
    ["a hash that is no SHA-256", { body: body({ file_hash: "string" }) }],
    ["a path beyond ASCII", { body: body({ file_path: "C:\\Prüfung\\文件.exe" }) }],
    ["an offline endpoint", { body: filtered(filter("71826106783fb2657f68b948b3530b8e")) }],
    ["an id many times over", { body: filtered(filter(ENDPOINT, ENDPOINT, ENDPOINT)) }],
    ["an id that nobody has beside it", { body: filtered(filter(UNKNOWN, ENDPOINT)) }],
    ["1000 ids", { body: filtered(filter(ENDPOINT, ...unknown(999))) }],
  ])("is accepted with %s", async (_what, sending) => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const { status, headers: sent, text } = await quarantine(mock, sending);
    expect({ status, type: sent["content-type"], text }).toEqual({
      status: 200,
      type: "application/json",
      text: reply[wire](1001, 1),
    });
    const [exchange] = mock.journal.entries();
    expect(exchange?.operation).toBe("quarantineFiles");
    expect(exchange?.reply?.basis).toBe(wire === "document" ? "documented" : "observed");
  });

  it("counts the endpoints that every filter names", async () => {
    await using mock = await startMock({ wire, clock: CLOCK });
    const third = "7d5f4c38e557885ddf695c85fd6e1424";
    const both = filtered(filter(ENDPOINT, OTHER), filter(OTHER, third));
    expect((await quarantine(mock, { body: both })).text).toBe(reply[wire](1001, 1));
    expect(targets(mock)).toEqual([OTHER]);
    const all = filtered(filter(ENDPOINT, OTHER, third));
    expect((await quarantine(mock, { body: all })).text).toBe(reply[wire](1002, 3));
    expect(targets(mock)).toEqual([ENDPOINT, OTHER, third]);
  });

  it("gives the same bytes to the same calls, run after run", async () => {
    const calls: readonly ((mock: Mock) => Test)[] = [
      (mock) => quarantine(mock),
      (mock) => quarantine(mock, { body: "{" }),
      (mock) => quarantine(mock, { headers: headers({ authorization: "wrong" }) }),
      (mock) => quarantine(mock, { body: filtered(filter(reserved(429))) }),
      (mock) => quarantine(mock, { body: filtered(filter(ENDPOINT, OTHER)) }),
    ];
    const run = async (): Promise<object[]> => {
      await using mock = await startMock({ wire, clock: CLOCK });
      const replies: object[] = [];
      for (const call of calls) {
        const { status, headers: sent, text } = await call(mock);
        replies.push({ status, sent, text });
      }
      return replies;
    };
    const first = await run();
    expect(first).toEqual(await run());
    expect(first[0]).toMatchObject({ text: reply[wire](1001, 1) });
    expect(first[4]).toMatchObject({ text: reply[wire](1002, 2) });
  });
});

describe("the action behind the reply", () => {
  it("holds the time, the file and each endpoint once", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await quarantine(mock, { body: filtered(filter(ENDPOINT, OTHER, ENDPOINT, UNKNOWN)) });
    expect(mock.store.all(actions)).toMatchObject([
      {
        id: "1001",
        at: NOW,
        targets: [
          { id: ENDPOINT, lifecycle: "completes" },
          { id: OTHER, lifecycle: "completes" },
        ],
        path: "C:\\temp\\test_x64.msi",
        hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
    ]);
  });
});

describe("a reply's compression", () => {
  it.each([
    ["gzip", "gzip"],
    ["gzip, deflate", "gzip"],
    ["*", "gzip"],
    ["gzip;q=0", undefined],
    ["gzip;q=0, *", undefined],
    ["identity", undefined],
    ["deflate, br", undefined],
    ["acceptEncoding_example", undefined],
    [undefined, undefined],
  ])("for Accept-Encoding %s is %s", async (asked, given) => {
    await using mock = await startMock({ clock: CLOCK });
    const answer = await quarantine(mock, { headers: headers({ "accept-encoding": asked }) });
    expect(answer.headers["content-encoding"]).toBe(given);
    expect(answer.headers["vary"]).toBe("accept-encoding");
    expect(answer.text).toBe(reply.document(1001, 1));
  });

  it("serves refusals as well", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const sent = headers({ "accept-encoding": "gzip", authorization: "wrong" });
    const answer = await quarantine(mock, { headers: sent });
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(answer.body.err_code).toBe("401");
  });
});
