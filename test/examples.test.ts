import { expect, it } from "vitest";
import { cortexCall } from "./support/good-calls.ts";
import { interpreter, run } from "./support/interpreters.ts";
import { onDisk } from "./support/repository.ts";

const curl = interpreter("curl", "--version");

it.skipIf(curl.skip)(
  `examples/resolve reaches fauxdr under a vendor's own name${curl.note}`,
  async () => {
    const script = onDisk("examples/resolve/run.sh");
    const ran = await run("sh", [script, `${process.execPath} ${onDisk("dist/cli.js")}`]);
    expect(ran).toEqual({ code: 0, stdout: cortexCall.granted.documented, stderr: "" });
  },
);
