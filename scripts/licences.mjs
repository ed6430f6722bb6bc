import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);

/** The packages that files belong to: name, version, licence and licence texts. Throws if a package has no text. */
export function packagesOf(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const packages = [...folders].map((folder) => {
    const url = new URL(`${folder}/`, root);
    const { name, version, license } = JSON.parse(readFileSync(new URL("package.json", url)));
    const texts = readdirSync(url)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .map((file) => readFileSync(new URL(file, url), "utf8").trim());
    if (texts.length === 0) throw new Error(`${folder} has no licence text`);
    return { name, version, license, texts };
  });
  const byName = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  return [...byName.keys()].sort().map((key) => byName.get(key));
}

/** All licence texts, one after the other. */
export const licences = (packages) =>
  `${packages
    .map(({ name, version, license, texts }) =>
      [`${name} ${version} (${license})`, "", ...texts].join("\n"),
    )
    .join(`\n\n${"-".repeat(80)}\n\n`)}\n`;

/** The bill of materials, CycloneDX 1.5. The same content gives the same bytes. */
export function bill(packages) {
  const own = JSON.parse(readFileSync(new URL("package.json", root)));
  const component = ({ name, version, license }, type) => ({
    type,
    "bom-ref": purl(name, version),
    name,
    version,
    purl: purl(name, version),
    licenses: [{ license: { id: license } }],
  });
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: component(own, "application") },
    components: packages.map((one) => component(one, "library")),
    dependencies: [
      {
        ref: purl(own.name, own.version),
        dependsOn: packages.map(({ name, version }) => purl(name, version)),
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const purl = (name, version) => `pkg:npm/${name.replace("@", "%40")}@${version}`;
