/** The result of work that begins now. An async function would wait once more for the work's own promise. */
export function begun<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    const result = work();
    return result instanceof Promise ? result : Promise.resolve(result);
  } catch (error) {
    return Promise.reject(error);
  }
}
