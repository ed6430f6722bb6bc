import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Whether the user is typing into a field or answering a question, so that a letter is not a command. */
export const isTyping = ({ target }: Event): boolean =>
  (target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) ||
  document.querySelector("dialog[open]") !== null;

/** Passes plain keys to `take`, which returns whether it has handled them. Escape leaves a field. */
export function useKeys(take: (key: string) => boolean, isBusy: (event: Event) => boolean): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
      if (isBusy(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isBusy]);
}

const THEME = "fauxdr-theme";

/** Switches the theme. It follows the system until the user chooses one. */
export function ThemeButton(): JSX.Element {
  const isDark = (): boolean => matchMedia("(prefers-color-scheme: dark)").matches;
  const [theme, setTheme] = useState(localStorage.getItem(THEME) ?? (isDark() ? "dark" : "light"));
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const other = theme === "dark" ? "light" : "dark";
  const change = (): void => {
    localStorage.setItem(THEME, other);
    setTheme(other);
  };
  return (
    <button type="button" onClick={change} aria-label={`Change to ${other} colours`}>
      {other}
    </button>
  );
}

/** Asks for the token: the server was started with --admin-token and refuses calls without it. */
export function TokenForm({ take }: { readonly take: (token: string) => void }): JSX.Element {
  const [token, setToken] = useState("");
  return (
    <form
      class="bar problem"
      onSubmit={(event) => {
        event.preventDefault();
        take(token);
      }}
    >
      <label>
        This server needs a token (--admin-token)
        <input
          type="password"
          value={token}
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}
