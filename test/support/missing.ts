import type { TestModule } from "vitest/node";

/** A reporter that lists at the end which tests did not run, and which program they need. */
export class Missing {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = new Map<string, number>();
    let tests = 0;
    for (const test of modules.flatMap((module) => [...module.children.allTests("skipped")])) {
      const result = test.result();
      const note = (result.state === "skipped" && result.note) || test.fullName;
      const [, names] = /\(not here: ([^)]+)\)/.exec(note) ?? [];
      // Other skipped tests were not selected, for example by `-t`.
      if (!names) continue;
      tests++;
      for (const name of names.split(", ")) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (counts.size === 0) return;
    const lines = [...counts].map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`);
    process.stdout.write(
      [
        `${tests} tests did not run. They need:`,
        ...lines.toSorted(),
        "`npm run programs` installs the programs; `npm run test:all` does it and runs everything.\n\n",
      ].join("\n"),
    );
  }
}
