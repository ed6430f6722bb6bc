import { expect, it } from "vitest";
import { KitError } from "../../src/core/errors.ts";
import { readHar } from "../../src/recording/har.ts";
import { sortCalls } from "../../src/testing/recorded-calls.ts";
import { vendors } from "../../src/vendors/index.ts";
import { type Entry, harOf } from "../support/recorded.ts";

const two = ["cortex", "qualys"].flatMap((name) => vendors.find((one) => one.name === name) ?? []);
const [cortex, qualys] = two;
const sort = (chosen: typeof cortex, ...entries: Entry[]) =>
  sortCalls(readHar(harOf(...entries), "a.har").calls, two, chosen);

const API = "https://api-acme.test/public_api/v1";
const VERSIONS: Entry = { url: `${API}/distributions/get_versions`, reply: {} };
const CHECKED: Entry = { url: `${API}/healthcheck`, method: "GET", reply: { status: "available" } };

it("tells the calls that fauxdr does not serve from the others", async () => {
  const found = await sort(undefined, VERSIONS, CHECKED, {
    url: "https://cdn.test/a.js",
    method: "GET",
  });
  expect(found.vendor.name).toBe("cortex");
  expect(found.unserved.map(({ url }) => url.pathname)).toEqual([
    "/public_api/v1/distributions/get_versions",
  ]);
  expect(found.compared).toEqual([{ operation: "healthcheck", status: 200, drifts: [] }]);
  expect(found.others.map(({ url }) => url.host)).toEqual(["cdn.test"]);
});

it("says where a reply differs from the vendor's document, without its values", async () => {
  const { compared } = await sort(
    undefined,
    { ...CHECKED, reply: { status: 7 } },
    { ...CHECKED, status: 418 },
    { ...CHECKED, reply: "{" },
  );
  expect(compared[0]?.drifts[0]).toMatchObject({ where: "/status", basis: "documented" });
  expect(JSON.stringify(compared)).not.toContain("7");
  expect(compared[1]?.drifts).toMatchObject([
    { where: "status", what: expect.stringMatching(/^is 418, but must be/) },
  ]);
  expect(compared[2]?.drifts).toMatchObject([
    { where: "body", what: "is declared as JSON, but is not valid JSON" },
  ]);
});

it("gives the chosen vendor the calls of nobody", async () => {
  const found = await sort(
    qualys,
    { url: "https://gateway.test/vm/v3/hosts", method: "GET", reply: {} },
    CHECKED,
  );
  expect(found.unserved.map(({ url }) => url.pathname)).toEqual(["/vm/v3/hosts"]);
  expect(found.others).toHaveLength(1);
});

it.each<[string, Entry[], string]>([
  [
    "no vendor",
    [{ url: "https://cdn.test/a.js" }],
    "The recording has no call of cortex and qualys: say with --vendor whose calls they are.",
  ],
  [
    "two vendors",
    [VERSIONS, { url: "https://gateway.test/ioc/events", method: "GET" }],
    "The recording has calls of cortex and qualys: choose one with --vendor.",
  ],
])("asks for a choice where it has the calls of %s", async (_, entries, message) => {
  await expect(sort(undefined, ...entries)).rejects.toThrow(new KitError(message));
});
