// For scripts/mutation.mjs. Stryker looks at tests only. A file of tests that cannot be loaded has none, and so a mutant
// that breaks its loading would count as one that no test noticed. Here such a file gets a test, which failed.
export class LoadFailures {
  onTestRunEnd(modules) {
    for (const { task: file } of modules) {
      if (file.result?.state !== "fail" || file.tasks.length > 0) continue;
      const { errors = [] } = file.result;
      const result = { state: "fail", errors, duration: 0 };
      file.tasks.push({
        type: "test",
        id: `${file.id}_loads`,
        name: "loads",
        mode: "run",
        meta: {},
        file,
        suite: file,
        result,
      });
    }
  }
}
