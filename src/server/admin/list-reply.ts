import { json, jsonPieces, type Reply } from "../../core/reply.ts";

/** Longer lists are sent in pieces, because writing thousands of items in one takes long. */
const FEW = 50;

interface List<Item> {
  readonly items: readonly Item[];
  /** The body with these items, in its only list. */
  readonly body: (items: readonly Item[]) => unknown;
  /** An item as the body has it. */
  readonly shown: (item: Item) => unknown;
}

/** A reply with a list. The items of a long one are made while it is sent, without blocking the event loop. */
export function listReply<Item>({ items, body, shown }: List<Item>): Reply {
  if (items.length <= FEW) return json(body(items));
  return jsonPieces(textOf(JSON.stringify(body([])), items, shown));
}

/** A JSON text in pieces. `empty` is the text without items, and has one empty list. */
function* textOf<Item>(
  empty: string,
  items: readonly Item[],
  shown: (item: Item) => unknown,
): Iterable<string> {
  const start = empty.indexOf("[]") + 1;
  let before = empty.slice(0, start);
  for (const item of items) {
    yield before + JSON.stringify(shown(item));
    before = ",";
  }
  yield empty.slice(start);
}
