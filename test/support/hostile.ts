import { expect } from "vitest";
import type { Exchange } from "../../src/core/journal/journal.ts";
import type { WireForm } from "../../src/core/tenant.ts";
import { type Mock, type MockOptions, startMock } from "../../src/mock.ts";
import { CLOCK } from "./cortex.ts";
import { bytesOf, cortexCall, type GoodCall, qualysCall } from "./good-calls.ts";
import { type Ending, exchange, type RawReply } from "./raw-socket.ts";
import type { Refusals } from "./refusals.ts";
import { unchanged } from "./unchanged.ts";

/** A vendor in a wire form in which its refusals differ from the others'. */
export interface Face {
  readonly name: "cortex, document" | "cortex, recorded" | "qualys";
  readonly wire: WireForm;
  readonly call: GoodCall;
}

export const faces: readonly Face[] = [
  { name: "cortex, document", wire: "document", call: cortexCall },
  { name: "cortex, recorded", wire: "recorded", call: cortexCall },
  { name: "qualys", wire: "document", call: qualysCall },
];

/** Unknown fields are refused in every form, so that each face has a refusal for them. */
export const startFace = ({ wire }: Face, options: MockOptions = {}): Promise<Mock> =>
  startMock({ wire, unknownFields: "refuse", clock: CLOCK, ...options });

/** The journal, as the control API returns it. */
export async function journalOf(mock: Mock): Promise<readonly Exchange[]> {
  const reply = await fetch(`${mock.url}/__admin/requests`);
  return ((await reply.json()) as { requests: Exchange[] }).requests;
}

/** Shows that nothing happened to a mock: the first good call of each vendor gets the first ids. */
export async function answersAsNew(mock: Mock): Promise<void> {
  const { wire } = mock.settings;
  for (const call of [cortexCall, qualysCall]) {
    const replies = await exchange(mock.port, bytesOf(call));
    expect(replies).toMatchObject([{ status: 200, body: call.granted[wire] }]);
  }
}

export interface Refused {
  readonly reply: RawReply;
  /** Its only entry in the journal. */
  readonly entry: Exchange;
}

/** Sends a new mock what it must refuse. One entry in the journal is all that may stay of it. */
export async function refuses(
  mock: Mock,
  bytes: Buffer | string,
  ending?: Ending,
): Promise<Refused> {
  const expectUnchanged = unchanged(mock.store);
  const replies = await exchange(mock.port, bytes, ending);
  const entries = await journalOf(mock);
  const [reply] = replies;
  const [entry] = entries;
  if (!reply || !entry) throw new Error("no reply, or nothing in the journal");
  expect([replies.length, entries.length]).toEqual([1, 1]);
  expect(entry.reply).toMatchObject({ status: reply.status, body: { text: reply.body } });
  expectUnchanged();
  await answersAsNew(mock);
  return { reply, entry };
}

/** The same in a vendor's own words: exactly these. */
export async function refusesInWords(
  face: Face,
  bytes: Buffer,
  refusals: Refusals,
  { ending, ...options }: MockOptions & { readonly ending?: Ending } = {},
): Promise<Refused> {
  await using mock = await startFace(face, options);
  const refused = await refuses(mock, bytes, ending);
  expect([refused.reply.status, refused.reply.body]).toEqual(refusals[face.name]);
  expect(refused.reply.headers).toMatchObject({ connection: "close" });
  expect(refused.entry).toMatchObject({ vendor: face.call.vendor });
  return refused;
}
