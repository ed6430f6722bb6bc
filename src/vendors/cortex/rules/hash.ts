import type { Rule } from "../../../core/contract.ts";
import type { Exchange } from "../../../core/journal/journal.ts";
import { judgeEach } from "../../../core/judge-in-pieces.ts";
import { requestData } from "./bodies.ts";

const SHA256 = /^[0-9a-f]{64}$/i;

/** Judges every file hash in a request. */
const judgeHashes = (wrong: (hash: string) => string | undefined): Rule["judge"] =>
  judgeEach((exchange) =>
    [...new Set(hashesIn(exchange))].flatMap((hash) => {
      const what = wrong(hash);
      return what === undefined ? [] : [{ exchanges: [exchange.id], what }];
    }),
  );

function hashesIn(exchange: Exchange): string[] {
  const { file_hash, hash_list, files } = requestData(exchange) ?? {};
  const listed = Array.isArray(hash_list) ? hash_list : [];
  const asked = Array.isArray(files)
    ? files.map((file: { readonly file_hash?: unknown } | null) => file?.file_hash)
    : [];
  return [file_hash, ...listed, ...asked].filter((hash) => typeof hash === "string");
}

export const hashRules: readonly Rule[] = [
  {
    id: "cortex.hash.form",
    severity: "must",
    title: "A file is named by its SHA-256: 64 hexadecimal digits",
    fix: "Send the SHA-256 of the file; an MD5, a SHA-1 or a hash with a prefix finds no file.",
    basis: "documented-old",
    source: "Cortex XDR API Reference, Quarantine Files, file_hash must be a valid SHA256",
    judge: judgeHashes((hash) =>
      SHA256.test(hash)
        ? undefined
        : `the hash ${JSON.stringify(hash.slice(0, 80))} is not a SHA-256`,
    ),
  },
  {
    id: "cortex.hash.case",
    severity: "info",
    title: "A hash is written in lower case",
    fix: "Send hashes in lower case, so that they compare equal to those that come back.",
    basis: "assumed",
    source: "no public source says that the vendor ignores case",
    judge: judgeHashes((hash) =>
      SHA256.test(hash) && hash !== hash.toLowerCase()
        ? "the hash is not written in lower case"
        : undefined,
    ),
  },
];
