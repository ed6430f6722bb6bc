import { expect, it } from "vitest";
import { built } from "./support/built.ts";
import { cortexCall } from "./support/good-calls.ts";
import { needs, run } from "./support/programs.ts";
import { onDisk } from "./support/repository.ts";

const curl = needs("curl");

it.skipIf(curl.skip)(
  `examples/resolve reaches fauxdr under a vendor's own name${curl.note}`,
  async () => {
    const script = onDisk("examples/resolve/run.sh");
    const ran = await run("sh", [script, `${process.execPath} ${built("cli.cjs")}`]);
    expect(ran).toEqual({ code: 0, stdout: cortexCall.granted.document, stderr: "" });
  },
);
