import { useEffect, useRef } from "preact/hooks";

/** Calls back about every second while the page is visible: animation frames stop in a hidden page. */
export function useEverySecond(tick: () => void): void {
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    let last: number | undefined;
    let frame = 0;
    const look = (now: number): void => {
      last ??= now;
      if (now - last >= 1000) {
        last = now;
        latest.current();
      }
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, []);
}
