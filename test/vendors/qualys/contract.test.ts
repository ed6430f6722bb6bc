import { describe, expect, it } from "vitest";
import type { GivenCredential } from "../../../src/core/contract.ts";
import { startMock } from "../../../src/mock.ts";
import { contract } from "../../../src/vendors/qualys/contract.ts";
import { operationsOf, readSpec } from "../../support/specs.ts";

const operations = operationsOf(readSpec("qualys"));

describe("what an operation is for", () => {
  it("is said of every one that is posted: it acts on machines, or gives out a token", () => {
    const posted = operations.filter(({ method }) => method === "post").map(({ id }) => id);
    expect([...contract.destructive, ...contract.logins].toSorted()).toEqual(posted.toSorted());
  });

  it("is a login for exactly those that need no token", () => {
    const open = operations.filter(({ secured }) => !secured).map(({ id }) => id);
    expect(contract.logins.toSorted()).toEqual(open.toSorted());
  });
});

describe("a client's environment", () => {
  const environment = async (purpose?: string): Promise<Readonly<Record<string, string>>> => {
    await using mock = await startMock();
    const { qualys = [] } = (await mock.tenant({ name: "own" })).credentials;
    return contract.environment("http://there", qualys as readonly GivenCredential[], purpose);
  };

  it.each([
    [undefined, "own", "own-password", "own-token"],
    ["standard user", "own", "own-password", "own-token"],
    ["no permission (403)", "own-viewer", "own-viewer-password", "own-viewer-token"],
    ["expired (401)", "own", "own-password", "own-expired-token"],
    ["wrong password (401)", "own", "not-the-password", "own-expired-token"],
  ])("for %s has address, user, password and token", async (purpose, user, password, token) => {
    expect(await environment(purpose)).toEqual({
      QUALYS_URL: "http://there",
      QUALYS_USERNAME: user,
      QUALYS_PASSWORD: password,
      QUALYS_TOKEN: token,
    });
  });

  it("has no credentials for an unknown purpose", async () => {
    expect(await environment("no such purpose")).toEqual({
      QUALYS_URL: "http://there",
      QUALYS_USERNAME: "",
      QUALYS_PASSWORD: "",
      QUALYS_TOKEN: "",
    });
  });
});
