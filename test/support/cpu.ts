import { readFileSync } from "node:fs";

const OF_THREAD = "/proc/thread-self/schedstat";

/** Milliseconds of the processor that this thread has used; on systems that do not tell, those of the whole process. */
export const cpuMs: () => number = isReadable()
  ? () => Number(readFileSync(OF_THREAD, "utf8").split(" ")[0]) / 1e6
  : () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };

function isReadable(): boolean {
  try {
    return Number(readFileSync(OF_THREAD, "utf8").split(" ")[0]) > 0;
  } catch {
    return false;
  }
}
