import { expect, it } from "vitest";
import type { CaseResult } from "../../../src/contract/result.ts";
import { CORTEX_STYLES, RESTORING } from "../../support/correct-clients.ts";
import { runCases } from "../../support/cortex-contract.ts";
import { programClient } from "../../support/program-client.ts";
import { eachThird } from "../../support/programs.ts";
import { read } from "../../support/repository.ts";
import { faultsIn } from "../../support/results.ts";
import { sharedMock } from "../../support/shared-mock.ts";
import { SIGNING_EXAMPLE } from "../../support/signing.ts";

const target = sharedMock();

/** Time is not of the style, and a signature carries the client's own. */
const NOT_OF_STYLE =
  /skewed-clock|never|hangs|targets\.(thousand|beyond|second-refused|drawn-two|drawn-three)/;

it.concurrent.for(CORTEX_STYLES)(
  "a client that $does is found no fault with",
  { timeout: 120_000 },
  async (style, { skip }) => {
    skip(...eachThird(CORTEX_STYLES.indexOf(style), "all wrong and right clients"));
    const results = await runCases({
      client: programClient(style.program, style.connect),
      isChosen: (id, wire) => wire === "document" && !NOT_OF_STYLE.test(id),
      target: target(),
    });
    expect(faultsIn(results)).toEqual([]);
  },
);

const of = (prefix: string, program: string, trait: string): Promise<readonly CaseResult[]> =>
  runCases({
    client: programClient(program),
    isChosen: (id) => id.startsWith(prefix),
    profile: { [trait]: true },
  });

it("a client that restores passes the cases of it", async () => {
  const results = await of("cortex.restore.", RESTORING.program, "restores");
  expect(results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  expect(results.length).toBeGreaterThan(5);
});

it("a client that quarantines what it is to restore passes none of them", async () => {
  const results = await of("cortex.restore.", read("examples/cortex/client.mjs"), "restores");
  expect(results.filter(({ outcome }) => outcome === "pass")).toEqual([]);
  expect(results.some(({ outcome }) => outcome === "fail")).toBe(true);
});

it("a client that signs passes the cases of it", async () => {
  const results = await of("cortex.signing.", SIGNING_EXAMPLE, "signs");
  expect(results.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
  expect(results.length).toBe(4);
});

it("a client that reuses one nonce gets a finding", async () => {
  const program = SIGNING_EXAMPLE.replace(/const nonce = .*;/, 'const nonce = "0".repeat(64);');
  const results = await of("cortex.signing.nonce-once", program, "signs");
  const rules = results.flatMap(({ findings }) =>
    findings.map(({ rule, severity }) => `${severity} ${rule}`),
  );
  expect(rules).toContain("should cortex.signing.nonce-once");
});

it("other clients skip the cases of restoring and of signing", async () => {
  const results = await runCases({
    client: programClient(read("examples/cortex/client.mjs")),
    isChosen: (id) => /cortex\.(restore|signing)\./.test(id),
  });
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["skipped"]));
});
