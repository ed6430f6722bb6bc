/** Whether a version such as `7.1.0.35` is lower than the oldest accepted one. Compared part by part, as numbers. */
export function isOlder(version: string, oldest: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [index, least] of oldest.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}
