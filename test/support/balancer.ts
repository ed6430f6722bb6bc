import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** Hands connections to servers by turns, and those that cannot be made to the next one. Answers its URL. */
export async function balance(urls: readonly string[]): Promise<string> {
  const ports = urls.map((url) => Number(new URL(url).port));
  const open = new Set<Socket>();
  let turn = 0;
  const join = (client: Socket, left: number): void => {
    const server = connect(ports[turn++ % ports.length] as number, "127.0.0.1");
    server.once("connect", () => {
      client.pipe(server).pipe(client);
      server.once("close", () => client.destroy());
      client.once("close", () => server.destroy());
      server.removeAllListeners("error").on("error", () => client.destroy());
    });
    server.once("error", () => (left > 1 ? join(client, left - 1) : client.destroy()));
  };
  const balancer = createServer((client) => {
    open.add(client);
    client.on("error", () => {});
    client.once("close", () => open.delete(client));
    join(client, ports.length);
  });
  balancer.listen(0, "127.0.0.1");
  await once(balancer, "listening");
  onTestFinished(() => {
    balancer.close();
    for (const client of open) client.destroy();
  });
  return `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`;
}
