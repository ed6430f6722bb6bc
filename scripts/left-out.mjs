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

/**
 * The functions of lodash that openapi-backend calls for us, for the arguments that it uses. All of lodash would be a
 * fifth of the code that a start reads.
 */
export const lodash = (name) => `${silent(name)}
  const entries = (object) => Object.entries(object ?? {});
  const chain = (value) => ({
    entries: () => chain(entries(value)),
    find: (fits) => chain(value.find(fits)),
    flatMap: (map) => chain(value.flatMap(map)),
    // Longest first is the only order that is asked for.
    orderBy: (size) => chain(value.toSorted((a, b) => size(b) - size(a))),
    value: () => value,
  });
  module.exports = {
    chain,
    entries,
    includes: (list, one) => list.includes(one),
    isEmpty: (value) => entries(value).length === 0,
    mapKeys: (object, map) =>
      Object.fromEntries(entries(object).map(([key, value]) => [map(value, key), value])),
    pick: (object, keys) =>
      Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]])),
    uniq: (list) => [...new Set(list)],
  };
  for (const other of ["cloneDeep", "find", "flatMap", "flatten", "get", "isNil", "keys", "omitBy", "range"]) {
    module.exports[other] = fail;
  }`;

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
  // for replies with cookies or files, and for requests that openapi-backend parses itself.
  cookie: [silent, "express", "openapi-backend"],
  "content-disposition": [silent, "express"],
  debug: [mute, "express", "finalhandler", "ioredis", "router"],
  // openapi-backend uses them to check documents, invent examples and follow references to other files.
  "@apidevtools/json-schema-ref-parser": [parser, "openapi-backend"],
  "mock-json-schema": [silent, "openapi-backend"],
  "openapi-schema-validator": [silent, "openapi-backend"],
  lodash: [lodash, "openapi-backend"],
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
