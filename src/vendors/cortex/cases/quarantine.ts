import type { ContractCase } from "../../../core/contract.ts";
import {
  ask,
  BY_POLLS,
  COMPLETES,
  common,
  follow,
  QUARANTINE,
  reserved,
  STATUS,
  TASK_FILE,
} from "./common.ts";

const ENDPOINTS = "/request_data/filters/*/value";

const NON_ASCII = "C:\\Users\\José\\Документы\\請求書 🧾.exe";
const QUOTED = `/srv/it's "here"/50% \\ $HOME\t*.bin`;

export const quarantineCases: readonly ContractCase[] = [
  {
    ...common,
    id: "cortex.quarantine.one",
    title: "A file is quarantined on one endpoint by one call",
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files, body parameters and response 200",
    input: ask(COMPLETES),
    outcomes: ["accepted"],
    wire: [
      { ...QUARANTINE, times: 1 },
      {
        where: {
          [ENDPOINTS]: { equals: [COMPLETES] },
          "/request_data/file_path": TASK_FILE.filePath,
          // Nothing public says that the case of the digits matters.
          "/request_data/file_hash": {
            oneOf: [TASK_FILE.fileHash, TASK_FILE.fileHash.toUpperCase()],
          },
        },
        times: 1,
      },
    ],
  },
  {
    ...common,
    id: "cortex.quarantine.two",
    title: "A file is quarantined on each of two endpoints",
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files, filters[].value is a list of ids",
    input: ask(COMPLETES, reserved(7)),
    outcomes: ["accepted"],
    targets: [COMPLETES, reserved(7)],
  },
  {
    ...common,
    id: "cortex.quarantine.waits",
    title: "An action is polled until it succeeds",
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files, reply.action_id; Get Action Status",
    input: follow(COMPLETES),
    settings: BY_POLLS,
    outcomes: ["completed"],
    wire: [{ inOrder: [{ ...QUARANTINE, status: 200 }, STATUS, STATUS, STATUS] }],
  },
  {
    ...common,
    id: "cortex.quarantine.non-ascii",
    title: "A path with non-ASCII letters arrives unchanged",
    source: "RFC 8259, sections 7 and 8.1: JSON is UTF-8, and may have \\u escapes",
    input: { ...ask(COMPLETES), filePath: NON_ASCII },
    outcomes: ["accepted"],
    wire: [{ where: { "/request_data/file_path": NON_ASCII }, times: 1 }],
    waives: ["request.off-spec"],
  },
  {
    ...common,
    id: "cortex.quarantine.quoting",
    title: "A path with quotes, spaces and shell characters arrives unchanged",
    basis: "documented",
    source: "Cortex XDR REST API, Quarantine Files, file_path is the file's proper path",
    input: { ...ask(COMPLETES), filePath: QUOTED },
    outcomes: ["accepted"],
    wire: [{ where: { "/request_data/file_path": QUOTED }, times: 1 }],
  },
];
