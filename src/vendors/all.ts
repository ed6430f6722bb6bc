// The vendors that fauxdr stands in for. A new one is a line here and its four folders.
export { cortex } from "./cortex/vendor.ts";
export { qualys } from "./qualys/vendor.ts";
