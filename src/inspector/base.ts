/** The base URL of the server, from the page's address: the page is at its `/__admin/`, behind any prefix. */
export const baseOf = ({ href }: { readonly href: string }): string =>
  new URL("..", href).href.replace(/\/$/, "");
