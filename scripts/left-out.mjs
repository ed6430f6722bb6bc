// What packages drag in and fauxdr never calls. Left out of the bundle, it is neither read nor run at a start.

/** Says its name when it is called. Packages may read from it, as they do when they are loaded. */
const silent = (name) => `
  const fail = () => {
    throw new Error("${name} is left out of fauxdr: see scripts/left-out.mjs");
  };
  const leftOut = new Proxy(function () {}, {
    apply: fail,
    get: (_, key) => (key === "bind" ? () => leftOut : leftOut),
    construct: fail,
  });
  module.exports = leftOut;`;

/** openapi-backend has the document parsed that it was given as an object, and does not wait for the outcome. */
const parser = (name) => `${silent(name)}
  module.exports = {
    __esModule: true,
    default: { parse: async (document) => document, dereference: leftOut, resolve: leftOut },
  };`;

/** Printing what DEBUG asks for: none of it is ours. */
const mute = () => "module.exports = () => () => {}; module.exports.default = module.exports;";

/** The packages, who is known to ask for them, and what they get. */
const LEFT_OUT = {
  // express reads bodies, sends files and guesses types with them; fauxdr reads bytes and sends bytes.
  "body-parser": [silent, "express"],
  "cookie-signature": [silent, "express"],
  "mime-types": [silent, "accepts", "express", "type-is"],
  etag: [silent, "express"],
  send: [silent, "express"],
  "serve-static": [silent, "express"],
  qs: [silent, "express", "openapi-backend"],
  debug: [mute, "express", "finalhandler", "ioredis", "router"],
  // openapi-backend checks documents, makes up examples and follows references to other files with them.
  "@apidevtools/json-schema-ref-parser": [parser, "openapi-backend"],
  "mock-json-schema": [silent, "openapi-backend"],
  "openapi-schema-validator": [silent, "openapi-backend"],
};

/** The package that a file is of. */
export const packageOf = (path) =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.replaceAll("\\", "/"))?.[1];

/** Stops the build where another package asks for one of them: somebody must look at what it calls. */
export const leaveOut = {
  name: "leave-out",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path, importer }) => {
      if (!Object.hasOwn(LEFT_OUT, path)) return undefined;
      const asking = packageOf(importer);
      if (LEFT_OUT[path].includes(asking)) return { path, namespace: "left-out" };
      const text = `${asking ?? importer} asks for ${path}, which is left out for others: see scripts/left-out.mjs`;
      return { errors: [{ text }] };
    });
    onLoad({ filter: /./, namespace: "left-out" }, ({ path }) => ({
      contents: LEFT_OUT[path][0](path),
    }));
  },
};
