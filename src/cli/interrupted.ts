import { killAll } from "../contract/process.ts";

/** A client runs in its own process group, so a signal from the terminal does not reach it. */
export function endClientsWithUs(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      killAll();
      process.exit(2);
    });
  }
}
