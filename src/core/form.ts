/** More fields than any form of a vendor has. Reading a hundred thousand takes long. */
export const MOST_FIELDS = 1000;

/** The fields of a form. Undefined if there are more than `MOST_FIELDS`. */
export function readForm(text: string): URLSearchParams | undefined {
  let end = -1;
  for (let fields = 1; fields <= MOST_FIELDS; fields++) {
    end = text.indexOf("&", end + 1);
    if (end < 0) return new URLSearchParams(text);
  }
  return undefined;
}

/** The same as an object, in which the last field of a name counts. */
export function readFormObject(text: string): Record<string, string> | undefined {
  const fields = readForm(text);
  return fields && Object.fromEntries(fields);
}
