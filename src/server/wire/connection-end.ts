import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Tells when a reply is out or its connection has gone. A reply that waits behind another one hears nothing of its
 * connection, so the connection is watched as well. It has one listener, however many replies it carries.
 */
export function whenEnded(res: ServerResponse, socket: Socket, tell: () => void): void {
  // The system accepts most replies at once.
  if (res.writableFinished || res.closed || socket.destroyed) return void tell();
  const others = waiting.get(socket) ?? listen(socket);
  const end = (): void => {
    // Only the first of reply and connection counts.
    if (others.delete(end)) tell();
  };
  others.add(end);
  res.once("close", end);
}

/**
 * Ends a connection of HTTP/1 when its client ends its half, until what it answers is called: of a reply that is late, or
 * does not end, it is known then only that nobody may be waiting. A client of HTTP/2 is gone when it has ended its half.
 */
export function endWithClient({ socket, httpVersionMajor }: IncomingMessage): () => void {
  if (httpVersionMajor > 1) return () => {};
  const end = (): void => void socket.end();
  if (socket.readableEnded) end();
  else socket.once("end", end);
  return () => socket.off("end", end);
}

function listen(socket: Socket): Set<() => void> {
  const ends = new Set<() => void>();
  waiting.set(socket, ends);
  socket.once("close", () => {
    for (const end of ends) end();
  });
  return ends;
}
