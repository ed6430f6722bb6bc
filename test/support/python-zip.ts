import { execFileSync } from "node:child_process";
import { pathOf } from "./programs.ts";

const PROGRAM = `
import io, json, sys, zipfile
with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive:
    assert archive.testzip() is None
    files = [[entry.filename, archive.read(entry).decode()] for entry in archive.infolist()]
    print(json.dumps(files))
`;

/** What Python finds in a ZIP archive, each file with its text. Fails where it finds anything wrong. */
export function unzip(archive: Uint8Array): [name: string, text: string][] {
  const unpacked = execFileSync(pathOf("Python"), ["-c", PROGRAM], {
    input: archive,
    stdio: "pipe",
  });
  return JSON.parse(unpacked.toString());
}
