/** The whole page for one world: the bar, the columns, and which of them are shown. */
import { createColumn, type Column } from "./column.ts";
import { h, settled } from "./dom.ts";
import { createPeopleBar } from "./people-bar.ts";
import { currentTheme, recallColumns, rememberColumns, rememberTheme } from "./preferences.ts";
import { firstSeats, seatsOf } from "./seats.ts";
import type { Store } from "./store.ts";
import { t } from "./strings.ts";

export type Screen = {
  element: HTMLElement;
  setOnline: (online: boolean) => void;
  /** What is half-written, by seat, to be carried over when the page is drawn anew. */
  drafts: () => Map<string, string>;
  /** Opens a deep link from elsewhere for the first person on the screen, as somebody with one phone would. */
  start: (parameter: string) => void;
  stop: () => void;
};

export type ScreenOptions = { store: Store; drafts: ReadonlyMap<string, string>; onLanguage: () => void };

const columnPx = 340;
const phone = matchMedia("(max-width: 719px)");

/** Draws the page and keeps it up to date with the store until stopped. */
export const createScreen = ({ store, drafts, onLanguage }: ScreenOptions): Screen => {
  const seats = seatsOf(store.world);
  const known = new Set(seats.map(({ key }) => key));
  const remembered = recallColumns()?.filter((key) => known.has(key)) ?? [];
  const chosen = new Set(
    remembered.length > 0 ? remembered : firstSeats(store.world, Math.floor(innerWidth / columnPx)),
  );
  /** The one person a phone shows. */
  let front = [...chosen][0] ?? seats[0]?.key ?? "";

  const shown = (): Set<string> => (phone.matches ? new Set([front]) : chosen);

  const columns = new Map<string, Column>(
    seats.map((seat) => [
      seat.key,
      createColumn({
        store,
        seat,
        draft: drafts.get(seat.key) ?? "",
        onUnread: () => drawBar(),
        onHide: () => toggle(seat.key),
        onDeepLink: (personId, parameter) => {
          const key = `p${personId}`;
          show(key);
          columns.get(key)?.start(parameter);
        },
      }),
    ]),
  );

  const bar = createPeopleBar({
    world: store.world,
    onToggle: (key) => toggle(key),
    onTheme: () => rememberTheme(currentTheme() === "dark" ? "light" : "dark"),
    onLanguage,
  });
  const nobody = h("p", { class: "nobody" }, t("nobody"));
  const stage = h("main", { class: "stage" });

  const drawBar = (): void => {
    bar.draw(shown(), (key) => columns.get(key)?.unread() ?? 0);
    const unread = [...columns.values()].reduce((sum, column) => sum + column.unread(), 0);
    document.title = unread === 0 ? t("title") : `(${unread}) ${t("title")}`;
  };
  const draw = (): void => {
    const visible = shown();
    const wanted = seats.flatMap(({ key }) => (visible.has(key) ? [columns.get(key)?.element ?? ""] : []));
    stage.replaceChildren(...wanted, ...(wanted.length === 0 ? [nobody] : []));
    for (const [key, column] of columns) column.setVisible(visible.has(key));
    drawBar();
  };
  const show = (key: string): void => {
    if (shown().has(key)) return;
    front = key;
    if (!phone.matches) {
      chosen.add(key);
      rememberColumns([...chosen]);
    }
    draw();
    columns.get(key)?.element.scrollIntoView({ inline: "nearest" });
  };
  const toggle = (key: string): void => {
    if (phone.matches || !chosen.has(key)) return show(key);
    chosen.delete(key);
    rememberColumns([...chosen]);
    draw();
  };

  const stopListening = store.listen((event) => columns.forEach((column) => column.hear(event)));
  const redraw = settled(draw, 50);
  phone.addEventListener("change", redraw);
  const onReturn = (): void => columns.forEach((column, key) => column.setVisible(shown().has(key)));
  document.addEventListener("visibilitychange", onReturn);
  draw();

  return {
    element: h("div", { class: "screen" }, bar.element, stage),
    setOnline: bar.setOnline,
    drafts: () => new Map([...columns].map(([key, column]) => [key, column.draft()])),
    start: (parameter) => {
      const people = seats.filter(({ kind }) => kind === "person");
      const { key } = people.find((seat) => shown().has(seat.key)) ?? people[0] ?? { key: "" };
      show(key);
      columns.get(key)?.start(parameter);
    },
    stop: () => {
      stopListening();
      phone.removeEventListener("change", redraw);
      document.removeEventListener("visibilitychange", onReturn);
    },
  };
};
