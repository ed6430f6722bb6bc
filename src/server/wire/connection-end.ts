import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls `tell` when a reply is sent or its connection has closed. A reply that waits behind another one gets no event of
 * its connection, so the connection is watched as well. It has one listener for all its replies.
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
 * Ends a connection of HTTP/1 when its client ends its half, until the returned function is called. For a delayed or
 * endless reply this is the only sign that the client may be gone. HTTP/2 needs no such sign: there a client that ends
 * its half is gone.
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
