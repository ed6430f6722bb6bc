/** Of HTTP/1, Node makes requests and replies by functions of the old kind, which can be called on any object. */
interface OldClass {
  call(self: object, first: unknown, second: unknown): void;
}

/**
 * A class whose instances are made with this prototype. Express sets the prototype of every request and response; on
 * Node 20 that takes two thirds of the throughput. Where it is there from the start, Express has nothing to do.
 *
 * The base is called, not constructed: by `Reflect.construct` each instance takes five times as long on Node 20.
 */
export function withPrototype<Class>(base: Class, prototype: object): Class {
  const old = base as unknown as OldClass;
  function Made(this: object, first: unknown, second: unknown): void {
    old.call(this, first, second);
  }
  Made.prototype = prototype;
  return Made as unknown as Class;
}

// biome-ignore lint/suspicious/noExplicitAny: of a class whose arguments are passed on, whatever they are
type AnyClass = new (...args: any[]) => object;

/** The same for a class that can only be constructed, as those of HTTP/2. */
export function classWithPrototype<Class extends AnyClass>(base: Class, prototype: object): Class {
  function Made(this: unknown, ...args: unknown[]): object {
    return Reflect.construct(base, args, Made);
  }
  Made.prototype = prototype;
  return Made as unknown as Class;
}
