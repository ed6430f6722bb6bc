import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly chosen: string | undefined;
  readonly choose: (item: Item) => void;
  readonly children: (item: Item) => ComponentChildren;
}

/** The height of a row in pixels, the same as in style.css. */
const HEIGHT = 28;
/** Extra rows above and below the visible ones. */
const MARGIN = 10;

/** A list of any length: only the visible rows are in the page. Arrow keys go from one to the next. */
export function VirtualList<Item>(props: VirtualListProps<Item>): JSX.Element {
  const { label, items, keyOf, chosen, choose, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const look = (): void => {
    const { scrollTop = 0, clientHeight = 600 } = box.current ?? {};
    setView({ top: scrollTop, height: clientHeight });
  };
  useLayoutEffect(look, []);
  useEffect(() => {
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, []);

  const from = Math.max(0, Math.floor(view.top / HEIGHT) - MARGIN);
  const shown = items.slice(from, from + Math.ceil(view.height / HEIGHT) + 2 * MARGIN);
  const at = items.findIndex((item) => keyOf(item) === chosen);
  const step = (by: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, at + by))];
    if (next === undefined || !box.current) return;
    choose(next);
    const top = items.indexOf(next) * HEIGHT;
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop) box.current.scrollTop = top;
    if (top + HEIGHT > scrollTop + clientHeight)
      box.current.scrollTop = top + HEIGHT - clientHeight;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };

  return (
    <div
      class="list"
      role="listbox"
      aria-label={label}
      aria-activedescendant={at < 0 ? undefined : `row-${at}`}
      tabIndex={0}
      ref={box}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: `${items.length * HEIGHT}px` }}>
        <div style={{ transform: `translateY(${from * HEIGHT}px)` }}>
          {shown.map((item, index) => (
            <div
              key={keyOf(item)}
              id={`row-${from + index}`}
              class="row"
              role="option"
              tabIndex={-1}
              aria-selected={keyOf(item) === chosen}
              aria-setsize={items.length}
              aria-posinset={from + index + 1}
              onClick={() => choose(item)}
              onKeyDown={(event) => event.key === "Enter" && choose(item)}
            >
              {children(item)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
