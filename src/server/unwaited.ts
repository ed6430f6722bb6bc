/** Runs work that nobody waits for. If it fails, the process gets a warning: it is a bug, and no caller can be told. */
export function unwaited(work: () => void): void {
  try {
    work();
  } catch (error) {
    process.emitWarning(error as Error);
  }
}
