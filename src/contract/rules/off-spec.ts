import type { Rule } from "../../core/contract.ts";
import type { Problem, Refusal } from "../../core/errors.ts";
import { nameOf } from "./reading.ts";

export const offSpec: Rule = {
  id: "request.off-spec",
  severity: "must",
  title: "A request is one that the vendor's documents describe",
  fix: "Send method, path, content type and body as the operation's description has them.",
  source:
    "The OpenAPI document of the vendor, in specs/; its x-source says where each call is written",
  judge: (exchanges) =>
    exchanges.flatMap((exchange) => {
      const places = exchange.refusal && problems(exchange.refusal);
      return (places ?? []).map((place) => ({
        exchanges: [exchange.id],
        what: `${nameOf(exchange)}: ${place}`,
      }));
    }),
};

/** What is wrong, place by place; nothing where the refusal is not for the form of the request. */
function problems(refusal: Refusal): readonly string[] | undefined {
  switch (refusal.kind) {
    case "malformed":
      return [`the body is not one that can be read: ${refusal.reason}`];
    case "not-an-object":
    case "invalid": {
      const { problem, others = [] }: { problem: Problem; others?: readonly Problem[] } = refusal;
      return [problem, ...others].map(({ where, what }) => `${where || "the body"} ${what}`);
    }
    case "no-operation":
      return [`there is no such call; the nearest one is ${refusal.nearest}`];
    case "wrong-method":
      return [`the path takes ${refusal.allowed.join(", ")}`];
    default:
      return undefined;
  }
}
