// Dependencies of our packages that fauxdr never calls. Leaving them out of the bundle makes the start faster.

/** A stub that throws its name when called. Reading its members is allowed: packages do that while they load. */
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

/** openapi-backend calls this parser even for a document given as an object, and does not wait for the result. */
const parser = (name) => `${silent(name)}
  module.exports = {
    __esModule: true,
    default: { parse: async (document) => document, dereference: leftOut, resolve: leftOut },
  };`;

/** The debug output of other packages. fauxdr prints none of it. */
const mute = () => "module.exports = () => () => {}; module.exports.default = module.exports;";

/** The packages left out, the packages known to import them, and the stub they get. */
const LEFT_OUT = {
  // express uses them for bodies, files and content types; fauxdr reads and sends bytes itself.
  "body-parser": [silent, "express"],
  "cookie-signature": [silent, "express"],
  "mime-types": [silent, "accepts", "express", "type-is"],
  etag: [silent, "express"],
  send: [silent, "express"],
  "serve-static": [silent, "express"],
  qs: [silent, "express", "openapi-backend"],
  debug: [mute, "express", "finalhandler", "ioredis", "router"],
  // openapi-backend uses them to check documents, invent examples and follow references to other files.
  "@apidevtools/json-schema-ref-parser": [parser, "openapi-backend"],
  "mock-json-schema": [silent, "openapi-backend"],
  "openapi-schema-validator": [silent, "openapi-backend"],
};

/** The package that a file belongs to. */
export const packageOf = (path) =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.replaceAll("\\", "/"))?.[1];

/** Stops the build when an unknown package imports one of them: first check what it calls. */
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
