import { expect, it } from "vitest";
import { BASES, severityOn } from "../../src/core/basis.ts";

it.each(BASES.map((basis) => [basis] as const))(
  "on the basis %s nothing is graver than it allows",
  (basis) => {
    const gravest = { observed: "should", assumed: "info" }[basis as string] ?? "must";
    expect(severityOn(basis, "must")).toBe(gravest);
    expect(severityOn(basis, "info")).toBe("info");
    expect(severityOn(basis, "should")).toBe(gravest === "info" ? "info" : "should");
  },
);
