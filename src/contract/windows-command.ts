import { statSync } from "node:fs";
import { win32 } from "node:path";

/** How Windows starts a command. */
export interface WindowsCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** The arguments are quoted already: Node must pass them on as they are. */
  readonly windowsVerbatimArguments: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Finds a command on PATH as Windows' shell does: `npm` is npm.cmd there. Node starts programs (.exe, .com) by itself, and
 * refuses batch files (.cmd, .bat): cmd.exe runs those. A command that is not found is left to Node, which says so.
 */
export function windowsCommand(
  [name = "", ...args]: readonly string[],
  env: Env,
  isFile: (path: string) => boolean = isFileOnDisk,
): WindowsCommand {
  const found = candidates(name, env).find(isFile);
  if (found === undefined || !/\.(cmd|bat)$/i.test(found)) {
    return { file: found ?? name, args, windowsVerbatimArguments: false };
  }
  // cmd.exe parses the line, and parses the arguments again if the batch file passes them on with %*.
  const words = args.map((arg) => escaped(escaped(quoted(arg))));
  const line = [escaped(`"${win32.normalize(found)}"`), ...words].join(" ");
  return {
    file: value(env, "COMSPEC") ?? "cmd.exe",
    // /s: cmd.exe takes away the first and the last quote, and nothing else.
    args: ["/d", "/s", "/c", `"${line}"`],
    windowsVerbatimArguments: true,
  };
}

/** Where a command may be, in the order in which Windows looks. */
function candidates(name: string, env: Env): readonly string[] {
  const endings = (value(env, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";");
  const isWhole = endings.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));
  const folders = /[\\/]/.test(name) ? [""] : (value(env, "PATH") ?? "").split(win32.delimiter);
  return folders.flatMap((folder) => {
    const path = folder === "" ? name : win32.join(folder, name);
    return isWhole ? [path] : endings.map((ending) => path + ending);
  });
}

/** A variable: Windows knows it by any case of its letters. */
const value = (env: Env, name: string): string | undefined =>
  Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1];

/**
 * One argument for programs that read their command line by Microsoft's rules: a quote has a backslash before it, and
 * backslashes count only before a quote.
 */
const quoted = (arg: string): string =>
  `"${arg.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) => slashes.repeat(2) + (quote && '\\"'))}"`;

/** A text that cmd.exe takes literally: each character that means something to it has a caret before it. */
const escaped = (text: string): string => text.replace(/[()%!^"<>&|;, ]/g, "^$&");

function isFileOnDisk(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
