/** Whether a value is null, false, 0, or an empty text, list or object. Some servers treat such a value as absent. */
export function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  return Object.keys(value).length === 0;
}
