import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, code = ""]) => code,
  );
const curls = blocks("sh").filter((block) => block.startsWith("curl "));

const exec = promisify(execFile);

/** Runs a block of the README in bash, against a mock on a free port. */
async function run(block: string, { url }: Mock): Promise<string> {
  const script = block.replaceAll("http://127.0.0.1:4620", url).replaceAll("curl ", "curl -s ");
  return (await exec("bash", ["-ec", script])).stdout;
}

describe("README.md", () => {
  it("has tables that are those of the product", async () => {
    await exec(process.execPath, ["scripts/docs.mjs", "--check"]);
  });

  it("shows a first call and the answer that it gets", async () => {
    await using mock = await startMock();
    const [answer] = blocks("json");
    expect(await run(curls[0] ?? "", mock)).toBe(answer?.trim());
  });

  it.each(curls.slice(1))("has a call that works: %#", async (block) => {
    await using mock = await startMock();
    const body = JSON.parse(await run(block, mock));
    expect(body).not.toHaveProperty("error");
  });

  describe("in a test", () => {
    const folder = new URL("./generated/", import.meta.url);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it("has a program that runs", async () => {
      const [program = ""] = blocks("ts");
      const code = program
        .replace(
          'import { startMock } from "fauxdr";',
          'import { startMock } from "../../src/index.ts";',
        )
        .replace("await using mock", "const mock");
      mkdirSync(folder, { recursive: true });
      const file = new URL("readme.ts", folder);
      writeFileSync(
        file,
        `import { expect } from "vitest";
import { cortexClient } from "../support/clients.ts";
${code
  .split("\n")
  .filter((line) => line.startsWith("import"))
  .join("\n")}
const myClient = (url: string) => {
  const values = { "x-xdr-auth-id": "1", key: "fauxdr-standard-key" };
  const client = cortexClient({ url, credentials: { cortex: [{ values }] } });
  return {
    quarantine: (id: string) => client.quarantine([id]),
    status: async (id: string) =>
      Object.values(await client.statuses(id)).every((one) => one === "COMPLETED_SUCCESSFULLY") ? "done" : "not done",
  };
};
${code
  .split("\n")
  .filter((line) => !line.startsWith("import"))
  .join("\n")}
await mock.close();
export const ran = true;
`,
      );
      const { ran } = await import(/* @vite-ignore */ file.href);
      expect(ran).toBe(true);
    });
  });
});
