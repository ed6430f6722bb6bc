import { useEffect, useRef } from "preact/hooks";

/** Asks the server after every change, but never twice at once: changes in the meantime are one more question. */
export function useOneAtATime(ask: () => Promise<void>, changes: readonly unknown[]): void {
  const latest = useRef(ask);
  latest.current = ask;
  const state = useRef({ isAsking: false, isStale: false });
  useEffect(() => {
    const { current } = state;
    current.isStale = true;
    if (current.isAsking) return;
    current.isAsking = true;
    const go = async (): Promise<void> => {
      while (current.isStale) {
        current.isStale = false;
        await latest.current();
      }
    };
    void go().finally(() => {
      current.isAsking = false;
    });
  }, changes);
}
