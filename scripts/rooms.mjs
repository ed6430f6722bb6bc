// The rooms of `src`, and the imports between them. A room is a folder with everything below it, but each folder in
// `server` is a separate room. All vendors have the same layout, so they are one room. A file next to the folders
// belongs to the folder with its name (`cli.ts`, `client.ts`), or to the library (`index.ts`, `mock.ts`,
// `version.ts`). Imports of types count too.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

const IMPORT = /(?:from|import)\s*\(?\s*"(\.[^"]*)"/g;

/** Each source file below a folder, with the number of its lines and the files that it imports. */
export function readSources(src) {
  const names = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join("/"));
  const sources = new Map();
  for (const name of names.toSorted()) {
    const text = readFileSync(join(src, name), "utf8");
    const imports = [...text.matchAll(IMPORT)].map(([, path]) =>
      posix.join(posix.dirname(name), path),
    );
    sources.set(name, { lines: text.trimEnd().split("\n").length, imports });
  }
  return sources;
}

/** The room of a file. */
export function roomOf(file) {
  const [first, second] = dirname(file).split("/");
  if (first === ".") return ["cli.ts", "client.ts"].includes(file) ? file.slice(0, -3) : "library";
  if (first === "vendors" && second) return "vendors/<vendor>";
  return first === "server" && second ? `server/${second}` : first;
}

/** By room: the rooms that its files import from. */
export function roomArrows(sources) {
  const arrows = new Map();
  for (const [file, { imports }] of sources) {
    const room = roomOf(file);
    const targets = arrows.get(room) ?? new Set();
    for (const target of imports.filter((target) => sources.has(target)).map(roomOf)) {
      if (target !== room) targets.add(target);
    }
    arrows.set(room, targets);
  }
  return arrows;
}

/** Every node that reaches itself. */
export function inCircles(arrows) {
  const reached = (from, seen) => {
    for (const target of arrows.get(from) ?? []) {
      if (!seen.has(target)) reached(target, seen.add(target));
    }
    return seen;
  };
  return [...arrows.keys()].filter((node) => reached(node, new Set()).has(node));
}

/** The floor of each room, if there is no circle. A room is one floor above the highest room that it imports from. */
export function floors(arrows) {
  const known = new Map();
  const floorOf = (room) => {
    const below = [...arrows.get(room)].map((target) => known.get(target) ?? floorOf(target));
    const floor = Math.max(0, ...below) + 1;
    known.set(room, floor);
    return floor;
  };
  for (const room of arrows.keys()) floorOf(room);
  return known;
}
