import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly chosen: string | undefined;
  /** The address of an item, so that it can be opened in a new tab. */
  readonly hrefOf: (item: Item) => string;
  readonly children: (item: Item) => ComponentChildren;
}

/** The height of a row in pixels, the same as in style.css. */
const HEIGHT = 30;
/** Extra rows above and below the visible ones. */
const MARGIN = 10;

/** A list of links of any length: only the visible rows are in the page. */
export function VirtualList<Item>(props: VirtualListProps<Item>): JSX.Element {
  const { label, items, keyOf, chosen, hrefOf, children } = props;
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
  const at = chosen === undefined ? -1 : items.findIndex((item) => keyOf(item) === chosen);
  // The chosen row is brought into view when another one is chosen, not when rows arrive above it.
  useLayoutEffect(() => {
    const list = box.current;
    if (at < 0 || !list) return;
    const top = at * HEIGHT;
    const { scrollTop, clientHeight } = list;
    if (top < scrollTop) list.scrollTop = top;
    if (top + HEIGHT > scrollTop + clientHeight) list.scrollTop = top + HEIGHT - clientHeight;
    if (list.contains(document.activeElement)) document.getElementById("chosen-row")?.focus();
  }, [chosen]);

  const from = Math.max(0, Math.floor(view.top / HEIGHT) - MARGIN);
  const shown = items.slice(from, from + Math.ceil(view.height / HEIGHT) + 2 * MARGIN);
  // One stop for the Tab key: arrows go through the list.
  const stop = shown.some((item) => keyOf(item) === chosen) || !shown[0] ? chosen : keyOf(shown[0]);
  return (
    <div class="list" ref={box} onScroll={look}>
      <div style={{ height: `${items.length * HEIGHT}px` }}>
        <ul aria-label={label} style={{ transform: `translateY(${from * HEIGHT}px)` }}>
          {shown.map((item, index) => {
            const key = keyOf(item);
            return (
              <li key={key} aria-setsize={items.length} aria-posinset={from + index + 1}>
                <a
                  class="row"
                  id={key === chosen ? "chosen-row" : undefined}
                  href={hrefOf(item)}
                  tabIndex={key === stop ? 0 : -1}
                  aria-current={key === chosen}
                >
                  {children(item)}
                </a>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
