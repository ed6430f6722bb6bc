import { describe, expect, it } from "vitest";
import { replyOf, requestData } from "../../../../src/vendors/cortex/rules/bodies.ts";
import { exchangeOf } from "../../../support/cortex-exchanges.ts";

const replied = (body: unknown, status = 200) => exchangeOf("isolate", {}, { status, body });

it("reads what a request gives, and what a success answers", () => {
  expect(requestData(exchangeOf("isolate", { endpoint_id: "a" }))).toEqual({ endpoint_id: "a" });
  expect(replyOf(replied({ reply: { action_id: 7 } }))).toEqual({ action_id: 7 });
});

describe("answers nothing for", () => {
  it.each([
    ["an answer that is true", replied({ reply: true })],
    ["an answer that is null", replied({ reply: null })],
    ["an answer without one", replied({})],
    ["null", replied("null")],
    ["what is no JSON", replied("{")],
    ["a refusal", replied({ reply: { err_code: 500 } }, 500)],
    ["no reply", exchangeOf("isolate", {})],
  ])("%s", (_, exchange) => {
    expect(replyOf(exchange)).toBeUndefined();
  });
});
