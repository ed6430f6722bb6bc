import { main } from "./cli/main.ts";

// The reader of the output may go away (`fauxdr | head -1`): the server keeps running.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

// No top-level await: an executable holds the command as CommonJS. `main` prints its errors itself.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
