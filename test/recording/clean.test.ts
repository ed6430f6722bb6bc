import { expect, it } from "vitest";
import { clean } from "../../src/recording/clean.ts";
import { readHar } from "../../src/recording/har.ts";
import { BY_NAME } from "../support/planted.ts";
import { type Entry, harOf } from "../support/recorded.ts";

const SECRET = "Zx81-very-secret-Key";
const cleaned = (...entries: Entry[]) => clean(readHar(harOf(...entries), "a.har").calls);
const URL = "https://api-acme.test/x";

it("keeps what a call needs: method, path, names of parameters, bodies", () => {
  expect(cleaned({ url: `${URL}?page=1&page=2`, body: { a: 1 }, reply: { b: [2] } })).toEqual([
    {
      method: "POST",
      path: "/x",
      query: ["page"],
      request: { a: 1 },
      status: 200,
      mimeType: "application/json",
      reply: { b: [2] },
    },
  ]);
});

it.each(Object.entries(BY_NAME))("leaves nothing of a secret that is sent in %s", (_, plant) => {
  const { path = "/x", headers = {}, body = "" } = plant(SECRET);
  const calls = cleaned(
    { url: `https://a.test${path}`, headers, body, reply: { echoed: SECRET } },
    { url: URL, reply: { later: `it was ${SECRET}` } },
  );
  expect(JSON.stringify(calls)).not.toContain(SECRET);
});

it.each(["password", "access_token", "api_key"])("leaves nothing of a %s in a reply", (name) => {
  expect(JSON.stringify(cleaned({ url: URL, reply: { [name]: SECRET } }))).not.toContain(SECRET);
});

it("leaves nothing of a secret that it is told", () => {
  const { calls } = readHar(harOf({ url: URL, reply: { note: SECRET } }), "a.har");
  expect(JSON.stringify(clean(calls, [SECRET]))).not.toContain(SECRET);
});

it("keeps an id the same in a path, a request and a reply", () => {
  const id = "821845a2ff1859c9be6a5b708ace61b8";
  const [one, other] = cleaned(
    { url: `https://a.test/hosts/${id}`, method: "GET", reply: { id } },
    { url: URL, body: { ids: [id] }, reply: { [id]: "found" } },
  );
  const made = String((one?.reply as { id?: string } | undefined)?.id);
  expect(made).not.toBe(id);
  expect([one?.path, other?.request, other?.reply]).toEqual([
    `/hosts/${made}`,
    { ids: [made] },
    { [made]: "found" },
  ]);
});

it("keeps text as text, and a body that is not what it says it is", () => {
  const [csv, broken, none] = cleaned(
    { url: URL, type: "text/csv", reply: "a,b" },
    { url: URL, reply: "<html>" },
    { url: URL, status: 204 },
  );
  expect([csv?.reply, broken?.reply, none?.reply]).toEqual(["a,b", "<html>", undefined]);
});
