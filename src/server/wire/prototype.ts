/** Node's classes for HTTP/1 are constructor functions, which can be called on any object. */
interface OldClass {
  call(self: object, first: unknown, second: unknown): void;
}

/**
 * A class whose instances have this prototype from the start. Otherwise Express sets the prototype of every request and
 * response, which takes two thirds of the throughput on Node 20.
 *
 * The base is called, not constructed: `Reflect.construct` takes five times as long on Node 20.
 */
export function withPrototype<Class>(base: Class, prototype: object): Class {
  const old = base as unknown as OldClass;
  function Made(this: object, first: unknown, second: unknown): void {
    old.call(this, first, second);
  }
  Made.prototype = prototype;
  return Made as unknown as Class;
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments are passed on unchanged
type AnyClass = new (...args: any[]) => object;

/** The same for a class that must be constructed, such as those of HTTP/2. */
export function classWithPrototype<Class extends AnyClass>(base: Class, prototype: object): Class {
  function Made(this: unknown, ...args: unknown[]): object {
    return Reflect.construct(base, args, Made);
  }
  Made.prototype = prototype;
  return Made as unknown as Class;
}
