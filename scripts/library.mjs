// The reference of the library: what src/index.ts and src/client.ts export, with its members and comments.
import { readFileSync } from "node:fs";
import { parseAst } from "rolldown/parseAst";

const root = new URL("../", import.meta.url);

/** A source file: its text and its statements. */
const read = (url) => {
  const text = readFileSync(url, "utf8");
  return { url, text, body: parseAst(text, { lang: "ts" }).body };
};

/** What a file exports, its own declarations and those of the files that it names: `{ name, node, at, text }`. */
export const exportsOf = (path) => {
  const file = read(new URL(path, root));
  return file.body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration") return [];
    if (!statement.source) return [declaredBy(statement, file)].filter(Boolean);
    const from = new URL(statement.source.value, file.url);
    return statement.specifiers.map(({ local, exported }) => ({
      ...declared(local.name, from),
      name: exported.name,
    }));
  });
};

/** The declaration of an export statement, and the place where its comment ends. */
const declaredBy = (statement, { text }) => {
  const { declaration: node, start: at } = statement;
  const name = node?.id?.name ?? node?.declarations?.[0]?.id.name;
  return name && { name, node, at, text };
};

/** The declaration with this name in a file, or in the file that it comes from. */
function declared(name, url) {
  const file = read(url);
  for (const statement of file.body) {
    if (statement.type !== "ExportNamedDeclaration") continue;
    if (!statement.source) {
      const found = declaredBy(statement, file);
      if (found?.name === name) return found;
    }
    const one = statement.specifiers.find(({ exported }) => exported.name === name);
    if (one && statement.source) {
      return declared(one.local.name, new URL(statement.source.value, file.url));
    }
  }
  throw new Error(`${url.pathname} exports no ${name}`);
}

/** Markdown: functions and classes first, then types, each with its comment and its members. */
export const libraryOf = (path) =>
  exportsOf(path)
    .toSorted((a, b) => Number(isType(a.node)) - Number(isType(b.node)))
    .map(section)
    .join("\n\n");

const isType = ({ type }) => type === "TSInterfaceDeclaration" || type === "TSTypeAliasDeclaration";

function section({ name, node, at, text }) {
  const source = (part) => text.slice(part.start, part.end).replace(/\s+/g, " ");
  return [`### \`${name}\``, comment(text, at), shape(node, source, text)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function shape(node, source, text) {
  if (node.type === "FunctionDeclaration") {
    const parameters = node.params.map((parameter) => nameOf(parameter, source)).join(", ");
    return code(`${node.id.name}(${parameters})${source(node.returnType)}`);
  }
  if (node.type === "TSTypeAliasDeclaration") return code(plain(source(node.typeAnnotation)));
  const bases = [...(node.extends ?? []), ...(node.superClass ? [node.superClass] : [])].map(
    source,
  );
  const rows = (node.body?.body ?? [])
    .filter((member) => member.kind !== "constructor" && !member.override)
    .map(
      (member) => `| ${cell(code(plain(source(member))))} | ${cell(comment(text, member.start))} |`,
    );
  return [
    ...(bases.length > 0 ? [`It is also: ${bases.map(code).join(", ")}.`] : []),
    ...(rows.length > 0 ? [["| member | what it is |", "| --- | --- |", ...rows].join("\n")] : []),
  ].join("\n\n");
}

const nameOf = (parameter, source) => {
  const { left = parameter } = parameter;
  const type = left.typeAnnotation ? source(left.typeAnnotation) : "";
  const optional = parameter.left || parameter.optional ? "?" : "";
  return `${left.type === "Identifier" ? left.name : "options"}${optional}${type}`;
};

const plain = (type) =>
  type
    .replace(/\/\*\*.*?\*\/ ?/g, "")
    .replace(/\breadonly (?=[\w"[]+\??:)/g, "")
    .replace(/^\| |;$/g, "");
const code = (text) => `\`${text}\``;
/** A bar would end the cell. */
const cell = (text) => text.replaceAll("|", "\\|");

/** The text of the comment that ends right before a place. */
const comment = (text, end) => {
  const [, found = ""] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, end)) ?? [];
  return found
    .replace(/^\s*\* ?/gm, "")
    .replace(/\s+/g, " ")
    .trim();
};
