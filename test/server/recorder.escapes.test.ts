import { expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { body, errorBody, filter, quarantine } from "../support/cortex.ts";

it("keeps a refusal whose text, written as JSON, seems to spell a credential", async () => {
  await using mock = await startMock({ wire: "recorded" });
  // In JSON a form feed is `\f`, and the key begins with an f.
  const id = "\fauxdr-standard-key";
  const reply = await quarantine(mock, { body: body({ filters: [filter(id)] }) });
  expect(reply.status).toBe(500);
  expect(reply.text).toBe(
    errorBody.recorded(
      500,
      "An error occurred while processing XDR public API - No endpoint was found for creating the requested action",
      "can't create group action id for QUARANTINE",
    ),
  );
  const [exchange] = mock.journal.entries();
  expect(exchange?.refusal).toEqual({ kind: "no-target", action: "QUARANTINE", targets: [id] });
});
