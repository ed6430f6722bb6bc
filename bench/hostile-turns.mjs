// The processor time of each turn of the event loop. hostile.mjs loads it into the server that it measures.
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

export function begin() {
  began = cpu();
  [last, longest, isOn] = [began, 0, true];
  setImmediate(turn);
}

/** The longest turn since `begin`, and all of them. */
export function end() {
  isOn = false;
  return { longest, cpu: cpu() - began };
}

process.on("message", (word) => {
  if (word === "begin") begin();
  else process.send(end());
});
process.channel?.unref();
