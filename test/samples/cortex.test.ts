import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WireForm } from "../../src/core/tenant.ts";
import { startMock } from "../../src/mock.ts";
import { needs, run } from "../support/programs.ts";

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const [endpoint] = JSON.parse(
  readFileSync(file("../../fixtures/cortex/endpoints.json"), "utf8"),
) as { id: string }[];
const ENDPOINT_ID = endpoint?.id ?? "";
const URL_PATH = "/public_api/v1/endpoints/quarantine";
const SAMPLE_BODY = `{"request_data":{"filters":[{"field":"endpoint_id_list","operator":"in","value":["${ENDPOINT_ID}"]}],"file_path":"string","file_hash":"string"}}`;

const GRANTED: Record<WireForm, string> = {
  document: '{"reply":{"action_id":"1001","status":"1","endpoints_count":"1"}}',
  recorded: '{"reply": {"action_id": 1001, "status": 1, "endpoints_count": 1}}',
};

/** Debian's package of Unirest and what it needs. */
const UNIREST = [
  "unirest-java",
  "httpasyncclient",
  "httpclient",
  "httpcore",
  "httpcore-nio",
  "httpmime",
  "commons-logging",
  "commons-codec",
  "com.android.json",
]
  .map((name) => `/usr/share/java/${name}.jar`)
  .join(":");

const work = mkdtempSync(join(tmpdir(), "fauxdr-samples-"));
const compiled = join(work, "cortex");
afterAll(() => rmSync(work, { recursive: true }));

interface Sample {
  readonly name: string;
  readonly needs: ReturnType<typeof needs>;
  readonly command: readonly [string, ...string[]];
  /** What the sample prints after the reply. */
  readonly end: string;
  readonly build?: () => Promise<void>;
}

const samples: readonly Sample[] = [
  {
    name: "Python http.client",
    needs: needs("Python"),
    command: ["python3", file("cortex.py")],
    end: "\n",
  },
  {
    name: "Ruby net/http",
    needs: needs("Ruby"),
    command: ["ruby", file("cortex.rb")],
    end: "\n",
  },
  {
    name: "PHP curl",
    needs: needs("PHP with curl"),
    command: ["php", file("cortex.php")],
    end: "",
  },
  {
    name: "Node fetch",
    needs: needs(),
    command: [process.execPath, fileURLToPath(new URL("./cortex.mjs", import.meta.url))],
    end: "\n",
  },
  {
    name: "libcurl C",
    needs: needs("gcc with libcurl"),
    command: [compiled],
    end: "",
    build: async () => {
      const built = await run("gcc", [file("cortex.c"), "-o", compiled, "-lcurl"]);
      expect(built).toEqual({ code: 0, stdout: "", stderr: "" });
    },
  },
  {
    name: "Java Unirest",
    needs: needs("Java with Unirest"),
    command: ["java", "-XX:TieredStopAtLevel=1", "-cp", UNIREST, file("cortex.java")],
    end: "\n",
  },
];

for (const { name, needs, command, end, build } of samples) {
  describe.skipIf(needs.skip)(`the ${name} sample${needs.note}`, () => {
    const [program, ...args] = command;
    beforeAll(async () => {
      await build?.();
    });

    it.each(["document", "recorded"] as const)("prints the %s reply", async (wire) => {
      await using mock = await startMock({ wire });
      const ran = await run(program, args, {
        HOST: `127.0.0.1:${mock.port}`,
        KEY_ID: "1",
        KEY: "fauxdr-standard-key",
        ENDPOINT_ID,
      });
      expect(ran).toEqual({ code: 0, stdout: GRANTED[wire] + end, stderr: "" });
      expect(mock.journal.entries()).toMatchObject([
        {
          vendor: "cortex",
          operation: "quarantineFiles",
          principal: "1",
          request: {
            method: "POST",
            url: URL_PATH,
            headers: {
              "x-xdr-auth-id": "1",
              authorization: "[redacted]",
              "accept-encoding": "SOME_STRING_VALUE",
              "content-type": "application/json",
            },
            body: { text: SAMPLE_BODY },
          },
          reply: { status: 200, cause: "ok", body: { text: GRANTED[wire] } },
        },
      ]);
    });

    it("is refused as printed, with a placeholder for a key", async () => {
      await using mock = await startMock({ wire: "recorded" });
      const refused =
        '{"reply": {"err_code": 401, "err_msg": "Public API request unauthorized", "err_extra": null}}';
      const ran = await run(program, args, {
        HOST: `127.0.0.1:${mock.port}`,
        KEY_ID: "SOME_STRING_VALUE",
        KEY: "SOME_STRING_VALUE",
        ENDPOINT_ID,
      });
      expect(ran).toEqual({ code: 0, stdout: refused + end, stderr: "" });
      expect(mock.journal.entries()).toMatchObject([
        { vendor: "cortex", reply: { status: 401, cause: "unauthenticated" } },
      ]);
    });
  });
}

const curl = needs("curl");

describe.skipIf(curl.skip)(`the curl sample${curl.note}`, () => {
  const call = (port: number, BODY: string): ReturnType<typeof run> =>
    run("sh", [file("cortex.curl.sh")], {
      HOST: `127.0.0.1:${port}`,
      KEY_ID: "1",
      KEY: "fauxdr-standard-key",
      BODY,
    });

  it.each([
    [
      "document",
      '{"err_code":"400","err_msg":"{\\"line\\": 1, \\"column\\": 1, \\"message\\": \\"Expecting value\\"}","err_extra":"The body is empty."}',
    ],
    [
      "recorded",
      '{"reply": {"err_code": 400, "err_msg": "Bad Request. Got an invalid JSON.", "err_extra": "Expecting value: line 1 column 1 (char 0)"}}',
    ],
  ] as const)("is refused for its empty body in the %s form", async (wire, refused) => {
    await using mock = await startMock({ wire });
    expect(await call(mock.port, "")).toMatchObject({ code: 0, stdout: refused });
    expect(mock.journal.entries()).toMatchObject([
      {
        operation: "quarantineFiles",
        request: {
          url: URL_PATH,
          headers: { accept: "application/json", "accept-encoding": "acceptEncoding_example" },
          body: { text: "", bytes: 0 },
        },
        reply: { status: 400, cause: "malformed", body: { text: refused } },
      },
    ]);
  });

  it.each(["document", "recorded"] as const)(
    "is granted in the %s form once it has the request sample for a body",
    async (wire) => {
      await using mock = await startMock({ wire });
      const body = readFileSync(file("cortex.request.json"), "utf8").trimEnd();
      const sent = body.replace("<endpoint ID>", ENDPOINT_ID);
      expect(await call(mock.port, sent)).toMatchObject({ code: 0, stdout: GRANTED[wire] });
      expect(mock.journal.entries()).toMatchObject([
        {
          operation: "quarantineFiles",
          request: { url: URL_PATH, body: { text: sent } },
          reply: { status: 200, cause: "ok", body: { text: GRANTED[wire] } },
        },
      ]);
    },
  );

  it("is granted with the request sample as printed, placeholder of an endpoint included", async () => {
    await using mock = await startMock({ wire: "recorded" });
    const { stdout } = await call(mock.port, readFileSync(file("cortex.request.json"), "utf8"));
    expect(stdout).toBe(GRANTED.recorded);
  });
});
