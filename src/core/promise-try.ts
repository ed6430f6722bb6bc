/** `Promise.try`, which Node 20 lacks, but with the work's own promise: another one would be one more wait. */
export function promiseTry<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    const result = work();
    return result instanceof Promise ? result : Promise.resolve(result);
  } catch (error) {
    return Promise.reject(error);
  }
}
