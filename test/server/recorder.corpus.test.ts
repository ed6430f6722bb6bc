import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { secretsIn } from "../support/corpus.ts";
import { foundIn, plant, planted, reportsOn, shownBy } from "../support/corpus-places.ts";
import { until } from "../support/watched.ts";

it("the corpus has every place, spelling and encoding", () => {
  expect(planted.length).toBeGreaterThanOrEqual(200);
  expect(new Set(planted.map(({ what }) => what)).size).toBe(planted.length);
});

it("secretsIn finds a secret in every encoding", () => {
  const secret = "Zx9Qv7Rt42kLmN8w";
  for (const text of [
    secret,
    `\\u005ax9Qv7Rt42kLmN8w`,
    "%5Ax9Qv7Rt42kLmN8w",
    "%255Ax9Qv7Rt42kLmN8w",
    Buffer.from(secret).toString("base64"),
    Buffer.from(`bob:${secret}`).toString("base64"),
  ]) {
    expect(secretsIn(`a ${text} b`, [secret]), text).toEqual([secret]);
  }
  expect(secretsIn("nothing", [secret])).toEqual([]);
});

it("a secret that is there is found, with its place", () => {
  const { secret = "", what } = planted[7] ?? {};
  expect(foundIn({ log: `a ${secret} b`, journal: "nothing" })).toEqual([`${what}: in the log`]);
});

it.each(["document", "recorded"] as const)(
  "no planted secret is found again: journal, archive, stream, log, findings, snapshot, reports, error texts (%s)",
  async (wire) => {
    await using mock = await startMock({ wire });
    let stream = "";
    const { body: events } = await fetch(`${mock.url}/__admin/requests/stream`);
    const reading = (async () => {
      for await (const chunk of events ?? []) stream += Buffer.from(chunk).toString();
    })().catch(() => {});
    await plant(mock);
    await until(() => stream.split("event: closed").length > planted.length);
    const shown = await shownBy(mock);
    expect(JSON.parse(shown["journal"] ?? "").requests).toHaveLength(planted.length);
    // With the journal alone: the reports of the kit call the mock as well.
    const reports = await reportsOn(mock);
    await mock.close();
    await reading;
    expect(foundIn({ ...shown, ...reports, stream })).toEqual([]);
  },
  120_000,
);
