import { describe, expect, it } from "vitest";
import type { ClientTask } from "../../../../src/contract/client.ts";
import { cases } from "../../../../src/testing/cases.ts";

/** Isolates the given device, that many times. */
const client =
  (times: number) =>
  async ({ environment, input }: ClientTask) => {
    for (let call = 0; call < times; call++) {
      await fetch(`${environment["ACME_URL"]}/acme/devices/${input["deviceId"]}/isolate`, {
        method: "POST",
        headers: { "x-acme-key": environment["ACME_KEY"] ?? "" },
      });
    }
    return { outcome: "accepted" } as const;
  };

describe.each(cases({ vendor: "acme" }))("$name", (one) => {
  it("passes a client that makes the call", async () => {
    const { outcome, findings } = await one.run(client(1));
    expect([outcome, findings]).toEqual(["pass", []]);
  });

  it("finds a client that makes the call twice", async () => {
    const { findings } = await one.run(client(2));
    expect(findings.map(({ rule }) => rule)).toEqual(["acme.isolate.one", "destructive.twice"]);
  });
});
