/** Tells the process of an error that concerns no client: its exchange goes on. */
export const warn = (error: unknown): void =>
  process.emitWarning(error instanceof Error ? error : String(error));

/** Runs work that nobody waits for. */
export function runOrWarn(work: () => void): void {
  try {
    work();
  } catch (error) {
    warn(error);
  }
}
