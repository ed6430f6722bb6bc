import { killAll } from "../contract/process.ts";

/** A client runs in a process group of its own, which no signal from the terminal reaches. */
export function endClientsWithUs(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      killAll();
      process.exit(2);
    });
  }
}
