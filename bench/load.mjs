import { connect } from "node:net";
import { bodyFor, HEADERS, PATH } from "./call.mjs";

/** The bytes of one call. */
export function bytesOf({ body = bodyFor(), headers = HEADERS, path = PATH } = {}) {
  const lines = Object.entries({
    host: "127.0.0.1",
    "content-length": Buffer.byteLength(body),
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines}\r\n${body}`);
}

/**
 * Makes a number of calls over keep-alive connections. Each connection sends its next call after the last reply.
 * Returns calls per second, and milliseconds per call at the median and at the 99th percentile.
 */
export async function load(port, connections, count, calls = [bytesOf()]) {
  const times = [];
  let asked = 0;
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1").setNoDelay(true);
      let sent = 0;
      let text = "";
      const ask = () => {
        sent = performance.now();
        text = "";
        socket.write(calls[asked++ % calls.length]);
      };
      socket.on("connect", ask);
      socket.on("error", reject);
      socket.on("close", () => reject(new Error("the server closed the connection")));
      socket.on("data", (chunk) => {
        text += chunk.toString("latin1");
        if (!isWhole(text)) return;
        const now = performance.now();
        times.push(now - sent);
        if (!text.startsWith("HTTP/1.1 200")) reject(new Error(text.slice(0, 400)));
        else if (asked < count) ask();
        else {
          resolve();
          socket.destroy();
        }
      });
    });
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { rate: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

function isWhole(text) {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  return length === undefined
    ? text.endsWith("0\r\n\r\n")
    : text.length >= head + 4 + Number(length);
}
