// The rooms of the house: files and lines of each folder of src, the import arrows between folders, and their circles.
// Usage: node bench/house.mjs [another folder of sources]
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const src = resolve(process.argv[2] ?? fileURLToPath(new URL("../src", import.meta.url)));
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

/** A room is a folder with files of its own. Every vendor has the same rooms, so a vendor counts as one. */
const roomOf = (file) => {
  const folder = dirname(file);
  if (folder === ".") return "(root)";
  return /^vendors\/[^/]+/.exec(folder)?.[0] ?? folder;
};

const rooms = new Map();
const arrows = new Map();
for (const file of files.toSorted()) {
  const text = readFileSync(join(src, file), "utf8");
  const room = roomOf(file);
  rooms.set(room, [...(rooms.get(room) ?? []), text.trimEnd().split("\n").length]);
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]*)"/g)) {
    const target = roomOf(posix.join(posix.dirname(file), specifier));
    if (target === room || target.startsWith("..")) continue;
    arrows.set(room, (arrows.get(room) ?? new Set()).add(target));
  }
}

const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const row = (name, lines) => {
  const sorted = lines.toSorted((a, b) => a - b);
  const figures = [sorted.length, at(sorted, 0.5), at(sorted, 0.95), sorted.at(-1)];
  return `${name.padEnd(28)}${figures.map((figure) => String(figure).padStart(8)).join("")}`;
};
console.log(`${"room".padEnd(28)}   files  median     p95     max`);
for (const [room, lines] of rooms) console.log(row(room, lines));
console.log(row(`all ${rooms.size} rooms`, [...rooms.values()].flat()));

console.log("\narrows");
for (const [room, targets] of arrows)
  console.log(`${room} -> ${[...targets].toSorted().join(", ")}`);
const count = [...arrows.values()].reduce((sum, targets) => sum + targets.size, 0);

/** Everything that can be reached from a room by arrows. */
const reached = (room, seen = new Set()) => {
  for (const target of arrows.get(room) ?? []) {
    if (!seen.has(target)) reached(target, seen.add(target));
  }
  return seen;
};
const inCircles = [...rooms.keys()].filter((room) => reached(room).has(room));
console.log(`\n${count} arrows; rooms in circles: ${inCircles.join(", ") || "none"}`);
