/** Starts the chat page: reads the world and its chats, draws them, and follows what happens. */
import { fetchMessages, fetchWorld, followEvents } from "./api.ts";
import { h } from "./dom.ts";
import { applyTheme, recallLocale, rememberLocale } from "./preferences.ts";
import { createScreen, type Screen } from "./screen.ts";
import { createStore, type Store } from "./store.ts";
import { locale, setLocale, t } from "./strings.ts";

const retryMs = 1_500;
const root = document.querySelector("#app") ?? document.body;
let screen: Screen | null = null;

const loadStore = async (): Promise<Store> => {
  const world = await fetchWorld(locale());
  const store = createStore(world);
  const ids = [...world.people, ...world.groups, ...world.channels].map(({ id }) => id);
  await Promise.all(ids.map(async (id) => store.load(id, await fetchMessages(id))));
  return store;
};

const draw = (store: Store): void => {
  const drafts = screen?.drafts() ?? new Map<string, string>();
  screen?.stop();
  screen = createScreen({
    store,
    drafts,
    onLanguage: () => {
      setLocale(locale() === "ru" ? "en" : "ru");
      rememberLocale(locale());
      stopFollowing();
      void start();
    },
  });
  root.replaceChildren(screen.element);
};

/** What a link from the program's pages starts the bot with; followed once, so that a reload does not follow it again. */
const takeDeepLink = (): string | null => {
  const parameter = new URLSearchParams(location.search).get("start");
  if (parameter === null || !/^[A-Za-z0-9_-]{1,64}$/.test(parameter)) return null;
  history.replaceState(null, "", location.pathname);
  return parameter;
};

let stopFollowing = (): void => {};

const start = async (): Promise<void> => {
  try {
    const store = await loadStore();
    draw(store);
    stopFollowing = followEvents({
      after: store.world.lastEventId,
      onEvent: store.apply,
      onOnline: (online) => screen?.setOnline(online),
      onReset: () => void start(),
    });
    const parameter = takeDeepLink();
    if (parameter !== null) screen?.start(parameter);
  } catch {
    if (screen === null) root.replaceChildren(h("p", { class: "nobody", role: "status" }, t("loadFailed")));
    window.setTimeout(() => void start(), retryMs);
  }
};

setLocale(recallLocale());
applyTheme();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
void start();
