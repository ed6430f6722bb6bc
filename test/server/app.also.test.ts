import request from "supertest";
import { expect, it, vi } from "vitest";
import { startMock } from "../../src/mock.ts";
import { withDocuments } from "../../src/server/also/beside.ts";
import { answering, documentOf } from "../support/also.ts";
import { headers as headersOf } from "../support/cortex.ts";

vi.mock("../../src/server/also/beside.ts", async (actual) => {
  const real = await actual<typeof import("../../src/server/also/beside.ts")>();
  return { withDocuments: vi.fn(real.withDocuments) };
});

const SERVED = "/public_api/v1/endpoints/get_endpoints";
const headers = headersOf({ "accept-encoding": "identity" });
const loads = vi.mocked(withDocuments).mock.calls;

it("a call that fauxdr serves does not wait until the user's documents are loaded", async () => {
  await using mock = await startMock({
    also: [documentOf({ "/mine": { get: answering({ example: 1 }) } })],
  });
  const served = await request(mock.url).post(SERVED).set(headers).send({});
  expect([served.status, loads.length]).toEqual([200, 0]);
  const mine = await request(mock.url).get("/mine").set(headers);
  expect([mine.status, loads.length]).toEqual([200, 1]);
});

it("a document that overrides a served call is asked first", async () => {
  const mine = answering({ example: { mine: true } }, { "x-fauxdr-override": true });
  await using mock = await startMock({ also: [documentOf({ [SERVED]: { post: mine } })] });
  const { body } = await request(mock.url).post(SERVED).set(headers).send({});
  expect(body).toEqual({ mine: true });
});
