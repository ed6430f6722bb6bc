// Prints the rooms with their files, lines and floors, the imports between rooms, and their circles. scripts/rooms.mjs
// defines a room.
// Usage: node bench/house.mjs [another folder of sources]
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { floors, inCircles, readSources, roomArrows, roomOf } from "../scripts/rooms.mjs";

const src = resolve(process.argv[2] ?? fileURLToPath(new URL("../src", import.meta.url)));
const sources = readSources(src);
const arrows = roomArrows(sources);
const circles = inCircles(arrows);
const floor = circles.length > 0 ? new Map() : floors(arrows);

const lines = new Map();
for (const [file, source] of sources) {
  const room = roomOf(file);
  lines.set(room, [...(lines.get(room) ?? []), source.lines]);
}

const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const row = (name, counts, level = "") => {
  const sorted = counts.toSorted((a, b) => a - b);
  const figures = [level, sorted.length, at(sorted, 0.5), at(sorted, 0.95), sorted.at(-1)];
  return `${name.padEnd(20)}${figures.map((figure) => String(figure).padStart(8)).join("")}`;
};
console.log(`${"room".padEnd(20)}   floor   files  median     p95     max`);
const byFloor = [...lines.keys()].toSorted((a, b) => (floor.get(b) ?? 0) - (floor.get(a) ?? 0));
for (const room of byFloor) console.log(row(room, lines.get(room), floor.get(room)));
const highest = Math.max(0, ...floor.values());
console.log(row(`all ${lines.size} rooms`, [...lines.values()].flat(), highest || ""));

console.log("\narrows");
for (const room of byFloor)
  console.log(`${room} -> ${[...arrows.get(room)].toSorted().join(", ")}`);
const count = [...arrows.values()].reduce((sum, targets) => sum + targets.size, 0);
console.log(`\n${count} arrows; rooms in circles: ${circles.join(", ") || "none"}`);
const files = inCircles(new Map([...sources].map(([file, { imports }]) => [file, imports])));
console.log(`files in circles: ${files.join(", ") || "none"}`);
