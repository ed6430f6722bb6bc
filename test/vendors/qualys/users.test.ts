import { describe, expect, it } from "vitest";
import { startMock } from "../../../src/index.ts";
import { AGENT, CLOCK } from "../../support/qualys.ts";
import { GOOD_CALLS, make } from "../../support/qualys-calls.ts";
import { login, qualysClient } from "../../support/qualys-client.ts";
import { FILE_EVENT } from "../../support/qualys-inventory.ts";
import { notSignedIn, refusal, refused } from "../../support/qualys-refused.ts";

const forbidden = (user: string) =>
  refusal(
    "403 FORBIDDEN",
    "forbidden",
    `The ${user} user does not have the EDR.REMEDIATION.CREATE permission to perform this operation. Ensure that required permissions are assigned to the user`,
    { basis: "documented" },
  );

const ACME = { username: "acme", password: "acme-password" };

describe("a tenant's users", () => {
  it("have names, passwords and tokens that follow from the tenant's name", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme" });
    const values = (name: string): unknown[] => [
      { username: name, password: `${name}-password`, token: `${name}-token` },
      {
        username: `${name}-viewer`,
        password: `${name}-viewer-password`,
        token: `${name}-viewer-token`,
      },
      { token: `${name}-expired-token` },
    ];
    expect(mock.credentials["qualys"]?.map((one) => one.values)).toEqual(values("fauxdr"));
    expect(acme.credentials["qualys"]?.map((one) => one.values)).toEqual(values("acme"));
  });

  it("reach their own tenant with password, token and login token", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme", wire: "recorded" });
    const { text } = await login(mock, ACME);
    for (const token of [text, "acme-token"]) {
      const path = `/ioc/events/${AGENT}/${FILE_EVENT}`;
      const [event] = JSON.parse((await qualysClient(mock, token).get(path)).text);
      expect(event.indicator2[0].score).toBe(8);
    }
    expect(acme.journal.entries()).toHaveLength(3);
    expect(mock.journal.entries()).toHaveLength(0);
  });

  it.each(["/auth/oidc", "/auth/oauth"])("sign in to it as clients as well (%s)", async (path) => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme" });
    const headers = { clientId: ACME.username, clientSecret: ACME.password };
    const { status, text } = await qualysClient(mock, "").post(path, "", {}, headers);
    expect(status).toBe(201);
    expect((await qualysClient(mock, text).get("/ioc/asset/count")).status).toBe(200);
    expect(acme.journal.entries()).toHaveLength(2);
    expect(mock.journal.entries()).toHaveLength(0);
  });

  it("have tokens that go by their own tenant's clock", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme" });
    const theirs = qualysClient(mock, (await login(mock, ACME)).text);
    const ours = qualysClient(mock, (await login(mock)).text);
    acme.clock.advance(4 * 60 * 60 * 1000);
    expect((await ours.get("/ioc/asset/count")).status).toBe(200);
    expect(await refused(acme, () => theirs.get("/ioc/asset/count"))).toEqual(
      refusal("401 UNAUTHORIZED", "unauthenticated", "JWT expired", { at: acme.clock.now() }),
    );
  });

  it("are refused in their own tenant's journal", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme" });
    const form = { ...ACME, password: "fauxdr-password" };
    expect(await refused(acme, () => login(mock, form))).toEqual(notSignedIn());
    expect(mock.journal.entries()).toHaveLength(0);
  });

  it("are gone with their tenant, with the tokens they were issued", async () => {
    await using mock = await startMock({ clock: CLOCK });
    await mock.tenant({ name: "acme" });
    const { text } = await login(mock, ACME);
    await fetch(`${mock.url}/__admin/tenants/acme`, { method: "DELETE" });
    for (const token of [text, "acme-token"]) {
      expect(
        await refused(mock, () => qualysClient(mock, token).get("/ioc/asset/count")),
      ).toMatchObject({ status: 401, cause: "unauthenticated" });
    }
    expect(await refused(mock, () => login(mock, ACME))).toEqual(notSignedIn());
  });
});

describe("the user without the permission", () => {
  it("is refused every call with 403, with either token", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const form = { username: "fauxdr-viewer", password: "fauxdr-viewer-password" };
    const signedIn = await login(mock, form);
    expect(signedIn.status).toBe(201);
    for (const token of [signedIn.text, "fauxdr-viewer-token"]) {
      for (const call of GOOD_CALLS) {
        expect(await refused(mock, () => make(qualysClient(mock, token), call))).toEqual(
          forbidden("fauxdr-viewer"),
        );
      }
    }
  });

  it("gets an error with its own name in every tenant, in both wire forms", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const acme = await mock.tenant({ name: "acme", wire: "recorded" });
    const ask = () => qualysClient(mock, "acme-viewer-token").get("/ioc/events");
    expect(await refused(acme, ask)).toEqual(forbidden("acme-viewer"));
  });

  it("learns which paths do not exist", async () => {
    await using mock = await startMock({ clock: CLOCK });
    const ask = () => qualysClient(mock, "fauxdr-viewer-token").get("/ioc/event");
    expect(await refused(mock, ask)).toMatchObject({ status: 404, cause: "no-operation" });
  });
});
