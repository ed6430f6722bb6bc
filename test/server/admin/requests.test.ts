import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAULTS } from "../../../src/core/faults/fault.ts";
import { toHar } from "../../../src/core/journal/har.ts";
import { type Exchange, type Mock, startMock } from "../../../src/index.ts";
import { version } from "../../../src/version.ts";
import { CLOCK } from "../../support/cortex.ts";
import { exchangeOf, under } from "../../support/exchanges.ts";
import { cortexCall, type GoodCall, qualysCall } from "../../support/good-calls.ts";
import { startWatched } from "../../support/watched.ts";

async function call({ url }: Mock, { path, headers, body }: GoodCall): Promise<void> {
  const init = { method: "POST", headers: headers as Record<string, string>, body };
  await fetch(`${url}${path}`, init)
    .then((reply) => reply.arrayBuffer())
    .catch(() => {});
}

const as = (authorization: string, id = "1"): GoodCall => ({
  ...cortexCall,
  headers: { ...cortexCall.headers, "x-xdr-auth-id": id, authorization },
});

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
type Answer = { readonly status: number; readonly body: any };

async function ask({ url }: Mock, path: string, method = "GET"): Promise<Answer> {
  const reply = await fetch(`${url}/__admin/requests${path}`, { method });
  return { status: reply.status, body: await reply.json() };
}

describe("of a journal", () => {
  let mock: Mock;
  beforeAll(async () => {
    const watched = await startWatched({ clock: CLOCK });
    mock = watched;
    await mock.tenant({ name: "other" });
    mock.faults.add({ vendor: "qualys", nth: 2, fault: { kind: "EMPTY_RESPONSE" } });
    const calls = [
      cortexCall,
      as("wrong"),
      qualysCall,
      as("other-standard-key", "11"),
      qualysCall,
      { ...cortexCall, path: "/nowhere", headers: {} },
    ];
    for (const good of calls) {
      await call(mock, good);
      await watched.closed();
    }
  });
  afterAll(() => mock.close());

  const ALL = ["default 1", "default 2", "default 3", "default 4", "default 5", "other 1"];

  it.each<[string, string[]]>([
    ["", ALL],
    ["?tenant=default", ALL.slice(0, 5)],
    ["?tenant=other", ["other 1"]],
    ["?vendor=cortex", ["default 1", "default 2", "other 1"]],
    ["?operation=quarantineHost", ["default 3", "default 4"]],
    ["?vendor=qualys&operation=quarantineHost&status=200", ["default 3"]],
    ["?status=200", ["default 1", "default 3", "other 1"]],
    ["?status=401", ["default 2"]],
    ["?status=599", []],
    ["?fault=EMPTY_RESPONSE", ["default 4"]],
    ["?fault=delay", []],
    ["?tenant=default&after=3", ["default 4", "default 5"]],
    ["?tenant=default&after=5", []],
    ["?limit=1", ["other 1"]],
    ["?limit=1000", ALL],
    ["?tenant=default&limit=2", ["default 4", "default 5"]],
    ["?tenant=default&after=1&limit=1&status=200", ["default 3"]],
  ])("%j shows what it asks for, in the list and in the archive", async (query, expected) => {
    const { status, body } = await ask(mock, query);
    expect(status).toBe(200);
    expect(body.dropped).toBe(0);
    expect(body.requests.map(({ tenant, id }: Exchange) => `${tenant} ${id}`)).toEqual(expected);
    const { body: har } = await ask(mock, `/har${query}`);
    const comments = har.log.entries.map(({ comment }: { comment: string }) =>
      comment.split(",")[0]?.replace("#", ""),
    );
    expect(comments).toEqual(expected);
  });

  it("the archive holds what went over the wire", async () => {
    const { body } = await ask(mock, "/har?tenant=default");
    expect(body.log).toMatchObject({ version: "1.2", creator: { name: "fauxdr" } });
    const [granted, , , unanswered] = body.log.entries;
    expect(granted).toMatchObject({
      startedDateTime: "2026-01-31T12:00:00.000Z",
      request: {
        method: "POST",
        url: `${mock.url}${cortexCall.path}`,
        postData: { mimeType: "application/json", text: cortexCall.body },
      },
      response: { status: 200, content: { text: cortexCall.granted.document } },
      comment: "default #1, quarantineFiles",
    });
    expect(granted.request.headers).toContainEqual({ name: "authorization", value: "[redacted]" });
    expect(unanswered).toMatchObject({
      response: { status: 0 },
      comment: "default #4, quarantineHost, fault EMPTY_RESPONSE",
    });
  });

  const mistakes: readonly (readonly [query: string, status: number, error: string])[] = [
    ["?tenant=nobody", 404, "there is no tenant nobody"],
    ["?vendor=corteks", 400, 'There is no vendor "corteks": did you mean "cortex"?'],
    ["?operation=listAsets", 400, 'There is no operation "listAsets"; the nearest is listAssets.'],
    [
      "?vendor=cortex&operation=quarantineHost",
      400,
      'There is no operation "quarantineHost"; the nearest is quarantineFiles.',
    ],
    [
      "?fault=reset",
      400,
      `There is no kind of fault "reset": choose from ${Object.keys(FAULTS).join(", ")}.`,
    ],
    ["?status=ok", 400, "query/status must be integer"],
    ["?after=-1", 400, "query/after must be >= 0"],
    ["?limit=0", 400, "query/limit must be >= 1"],
    ["?limit=1.5", 400, "query/limit must be integer"],
  ];
  it.each(mistakes.flatMap((mistake) => ["", "/har"].map((path) => [path, ...mistake] as const)))(
    "requests%s%s is refused: %i",
    async (path, query, status, error) => {
      expect(await ask(mock, `${path}${query}`)).toEqual({ status, body: { error } });
    },
  );
});

describe("forgetting exchanges", () => {
  const started = async (): Promise<Mock> => {
    const mock = await startMock({ clock: CLOCK, journalEntries: 2 });
    await mock.tenant({ name: "other" });
    for (let made = 0; made < 3; made++) await call(mock, cortexCall);
    await call(mock, as("other-standard-key", "11"));
    return mock;
  };

  it("clears all journals, counts from the beginning, and changes nothing else", async () => {
    await using mock = await started();
    mock.faults.add({ nth: 10, fault: { kind: "html-page" } });
    const before = mock.snapshot();
    expect((await ask(mock, "")).body.dropped).toBe(1);
    expect(await ask(mock, "", "DELETE")).toEqual({
      status: 200,
      body: { cleared: ["default", "other"] },
    });
    expect((await ask(mock, "")).body).toEqual({ dropped: 0, requests: [] });
    expect(mock.snapshot()).toEqual(before);
    expect(mock.faults.list()).toHaveLength(1);
    await call(mock, cortexCall);
    expect((await ask(mock, "")).body.requests).toMatchObject([{ id: 1, tenant: "default" }]);
  });

  it("clears the journal of one tenant only", async () => {
    await using mock = await started();
    expect((await ask(mock, "?tenant=default", "DELETE")).body).toEqual({ cleared: ["default"] });
    expect((await ask(mock, "")).body.requests).toMatchObject([{ id: 1, tenant: "other" }]);
  });

  it("refuses a tenant that is not there, and clears nothing", async () => {
    await using mock = await started();
    expect(await ask(mock, "?tenant=nobody", "DELETE")).toEqual({
      status: 404,
      body: { error: "there is no tenant nobody" },
    });
    expect((await ask(mock, "")).body.requests).toHaveLength(3);
  });
});

it("a long journal is listed and exported in pieces, whole and in order", async () => {
  await using mock = await startMock({ clock: CLOCK });
  for (let at = 0; at < 120; at++) mock.journal.open(under(exchangeOf({ url: `/${at}` }))).close();
  const requests = JSON.parse(JSON.stringify(mock.journal.entries()));
  expect((await ask(mock, "")).body).toEqual({ dropped: 0, requests });
  expect((await ask(mock, "?limit=60")).body.requests).toEqual(requests.slice(60));
  expect((await ask(mock, "?tenant=default&after=50")).body.requests).toEqual(requests.slice(50));
  const har = toHar(requests, version);
  expect((await ask(mock, "/har")).body).toEqual(JSON.parse(JSON.stringify(har)));
});
