import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { built } from "./support/built.ts";

it.each(["http", "https"])(
  "a process ends although its mock with unref is open, once its call over %s is answered",
  async (scheme) => {
    const script = `
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
      const { startMock } = await import("${pathToFileURL(built("index.js")).href}");
      const mock = await startMock({ unref: true, tls: ${scheme === "https"} });
      const { status } = await fetch((mock.tlsUrl ?? mock.url) + "/__admin/health");
      console.log(status);`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "--eval",
      script,
    ]);
    expect(stdout).toBe("200\n");
  },
);
