import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Waits until a reply is out or its connection has gone. A reply that waits behind another one hears nothing of its
 * connection, so the connection is asked as well; it keeps one listener, however many replies it bears.
 */
export function ended(res: ServerResponse, socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (res.closed || socket.destroyed) return resolve();
    const others = waiting.get(socket) ?? listen(socket);
    const end = (): void => {
      others.delete(end);
      resolve();
    };
    others.add(end);
    res.once("close", end);
  });
}

function listen(socket: Socket): Set<() => void> {
  const ends = new Set<() => void>();
  waiting.set(socket, ends);
  socket.once("close", () => {
    for (const end of ends) end();
  });
  return ends;
}
