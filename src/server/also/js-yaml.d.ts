/** The part of js-yaml that fauxdr calls. */
declare module "js-yaml" {
  interface State {
    /** In characters, from 0. */
    readonly position: number;
    readonly result: unknown;
  }
  interface Options {
    readonly schema?: unknown;
    readonly json?: boolean;
    readonly maxDepth?: number;
    readonly listener?: (event: "open" | "close", state: State) => void;
  }
  export const CORE_SCHEMA: unknown;
  export class YAMLException extends Error {
    readonly reason: string;
    readonly mark?: { readonly line: number; readonly column: number };
  }
  export function load(text: string, options?: Options): unknown;
  export function dump(
    value: unknown,
    options: {
      readonly schema: unknown;
      readonly lineWidth: number;
      readonly noRefs: boolean;
      readonly quotingType: '"';
    },
  ): string;
}
