/** Building the page's elements. Text only ever becomes text nodes: nothing in this folder writes markup from a string. */

export type Child = Node | string | number | null | undefined | false;
type Handler = (event: never) => void;
export type Props = Readonly<Record<string, string | number | boolean | Handler | null | undefined>>;

const SVG = "http://www.w3.org/2000/svg";

const dress = (element: Element, props: Props, children: readonly Child[]): void => {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
};

/** An HTML element; props are attributes, `onClick`-like names are listeners, absent values are left out. */
export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  dress(element, props, children);
  return element;
};

/** An SVG element, with the same props as `h`. */
export const svg = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] => {
  const element = document.createElementNS(SVG, tag);
  dress(element, props, children);
  return element;
};

/** Puts text on the clipboard; `onDone` is not called when the browser refuses. */
export const copyText = async (text: string, onDone: () => void): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    onDone();
  } catch {
    // No clipboard on plain http beyond localhost (a phone in the same network), but the old command still works there.
    const field = h("textarea", { class: "visually-hidden" }, text);
    document.body.append(field);
    field.select();
    if (document.execCommand("copy")) onDone();
    field.remove();
  }
};

/** Calls `act` once the person has stopped typing, resizing or scrolling for `delayMs`. */
export const settled = (act: () => void, delayMs: number): (() => void) => {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, delayMs);
  };
};
