/** A promise, and the function that keeps it. */
export function promised<Value>(): {
  readonly promise: Promise<Value>;
  readonly keep: (value: Value) => void;
} {
  let keep: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}
