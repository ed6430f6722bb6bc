// Loaded into the server that hostile.mjs measures: the processor time of each turn of the event loop.
import { openSync, readSync } from "node:fs";

const file = openSync("/proc/thread-self/schedstat", "r");
const bytes = Buffer.alloc(64);
/** Milliseconds of the processor that this thread has used. Time in which other programs ran does not count. */
const cpu = () =>
  Number(bytes.toString("latin1", 0, readSync(file, bytes, 0, 64, 0)).split(" ")[0]) / 1e6;

let began = 0;
let last = 0;
let longest = 0;
let isOn = false;

function turn() {
  const now = cpu();
  longest = Math.max(longest, now - last);
  last = now;
  if (isOn) setImmediate(turn);
}

process.on("message", (word) => {
  if (word === "begin") {
    began = cpu();
    [last, longest, isOn] = [began, 0, true];
    setImmediate(turn);
  } else {
    isOn = false;
    process.send({ longest, cpu: cpu() - began });
  }
});
process.channel.unref();
