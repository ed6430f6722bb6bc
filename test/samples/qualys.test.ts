import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { startMock } from "../../src/mock.ts";
import { needs, run } from "../support/programs.ts";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const PAYLOAD = readFileSync(file("qualys.payload.json"), "utf8").trimEnd();
const QUERY = "?<user=username&userId=XXc42aXX-03XX-XXdd-aXX8-42fXXXd7cXXX>";
const QUEUED =
  '{"requestId":"4b9c9736-7e66-48b3-a255-ff0066f256d1","message":"Request created successfully and its in progress","responseCode":1009,"remark":"QH","status":"queued"}';

const CALLS = [
  ["quarantineHost", "/ioc/remediation-actions/quarantineHost"],
  ["performQuarantineHostAction", "/ioc/remediation-actions/performQuarantineHostAction"],
  ["quarantineHostV1", "/ioc/v1/remediation-actions/quarantineHost"],
  ["performQuarantineHostActionV1", "/ioc/v1/remediation-actions/performQuarantineHostAction"],
] as const;

const curl = needs("curl");

describe.skipIf(curl.skip).each(CALLS)(`the curl sample of %s${curl.note}`, (operation, CALL) => {
  const send = (port: number, script: string, TOKEN: string): ReturnType<typeof run> =>
    run("sh", [file(script)], { HOST: `127.0.0.1:${port}`, TOKEN, CALL, PAYLOAD });

  it("queues the action of the sample payload, sent byte for byte", async () => {
    // The sample's query is printed in angle brackets, so its first name is one that no document knows.
    await using mock = await startMock({ journalShows: "all" });
    const ran = await send(mock.port, "qualys.curl.sh", "fauxdr-token");
    expect(ran).toMatchObject({ code: 0, stdout: QUEUED });
    expect(mock.journal.entries()).toMatchObject([
      {
        vendor: "qualys",
        operation,
        principal: "fauxdr",
        request: {
          method: "POST",
          url: `${CALL}${QUERY}`,
          headers: { accept: "*/*", "content-type": "application/json" },
          body: { text: PAYLOAD },
        },
        reply: { status: 200, cause: "ok", body: { text: QUEUED } },
      },
    ]);
  });

  it("is refused as printed: without a space before -H that becomes a part of the token", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    const refused =
      '{"errorCode":"401 UNAUTHORIZED","message":"The token was not issued by this platform","timestamp":1769860800000}';
    const ran = await send(mock.port, "qualys.as-printed.sh", "fauxdr-token");
    // curl takes the content type that lost its -H for a second address, and fails there.
    expect(ran.code).toBeGreaterThan(0);
    expect(ran.stdout).toBe(refused);
    expect(mock.journal.entries()).toMatchObject([
      {
        vendor: "qualys",
        operation,
        request: { headers: { "content-type": "application/x-www-form-urlencoded" } },
        reply: { status: 401, cause: "unauthenticated", body: { text: refused } },
      },
    ]);
  });

  it("is refused with the printed placeholder for a token", async () => {
    await using mock = await startMock({ clock: "2026-01-31T12:00:00Z" });
    const { stdout } = await send(mock.port, "qualys.curl.sh", "<token>");
    expect(stdout).toBe(
      '{"errorCode":"401 UNAUTHORIZED","message":"The token was not issued by this platform","timestamp":1769860800000}',
    );
  });
});
