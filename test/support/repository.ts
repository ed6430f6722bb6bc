import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

/** Paths are counted from the repository's root, with forward slashes. */
export const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");

export const exists = (path: string): boolean => existsSync(new URL(path, ROOT));

export const folders = (path: string): string[] =>
  readdirSync(new URL(`${path}/`, ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** All files under a folder; none where there is no such folder. */
export const files = (path: string): string[] =>
  exists(path)
    ? readdirSync(new URL(`${path}/`, ROOT), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? files(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
      )
    : [];

/** A file's path on this machine. */
export const onDisk = (path: string): string => fileURLToPath(new URL(path, ROOT));
