import { describe, expect, test } from "vitest";
import { allCommands } from "../../../src/bot/bot.ts";
import { commandsComposer, themeOf, THEMES } from "../../../src/bot/commands.ts";
import { menuOf } from "../../../src/bot/menus.ts";
import { loadI18n } from "../../../src/i18n/i18n.ts";
import { ACT_NAMES, ruleOfAct, STAFF_ROLES } from "../../../src/report/status.ts";

const i18n = await loadI18n("locales");
const every = i18n.locales.flatMap((locale) => allCommands.map((entry) => ({ locale, entry, name: entry.name })));

describe("the table of commands", () => {
  test.each(every)("says in $locale what /$name does, as Telegram's menu takes it", ({ locale, entry }) => {
    const said = i18n.t(locale, entry.description);
    expect(entry.name).toMatch(/^[a-z0-9_]{1,32}$/);
    // A missing text is its own key.
    expect(["", entry.description.split(":")[1]]).not.toContain(said);
    expect(said.length).toBeLessThanOrEqual(256);
    // A language without the text would answer in the fallback's.
    if (locale !== i18n.locales[0]) expect(said).not.toMatch(/\p{Script=Cyrillic}/u);
  });

  test.each(every.filter(({ entry }) => entry.usage !== undefined))(
    "shows in $locale how /$name is written",
    ({ locale, entry }) => {
      if (entry.usage !== undefined) expect(i18n.t(locale, entry.usage)).toMatch(new RegExp(`^/${entry.name}\\b`));
    },
  );

  test.each(
    allCommands.flatMap((entry) => ACT_NAMES.filter((act) => act === entry.name).map((act) => ({ act, entry }))),
  )("lets those type /$act whom the table of acts names", ({ act, entry }) => {
    const { by } = ruleOfAct(act);
    const staff = STAFF_ROLES.filter((role) => by.includes(role));
    // Who a report's author is shows only once its number is read.
    expect(entry.by === "everyone" ? "everyone" : [...entry.by].toSorted()).toEqual(
      by.includes("author") ? "everyone" : staff.toSorted(),
    );
  });

  test("puts no more under a heading of /help than a phone shows at once, and says every heading in every language", () => {
    for (const theme of THEMES) {
      expect(allCommands.filter((entry) => themeOf(entry) === theme).length, theme).toBeLessThanOrEqual(8);
      expect(new Set(i18n.locales.map((locale) => i18n.t(locale, `bot:help.theme.${theme}`))).size).toBe(
        i18n.locales.length,
      );
    }
  });

  test("has no name twice, and one that had would not start", () => {
    const [first] = allCommands;
    expect(first).toBeDefined();
    if (first !== undefined) expect(() => commandsComposer([...allCommands, first])).toThrow(/same name/);
  });

  test("gives every role a menu within Telegram's 100 commands, with /help in it, and residents nothing of the staff's", () => {
    for (const locale of i18n.locales) {
      for (const kind of ["private", "group"] as const) {
        const own = menuOf({ i18n }, allCommands, locale, kind, []);
        for (const role of STAFF_ROLES) {
          const menu = menuOf({ i18n }, allCommands, locale, kind, [role]);
          expect(menu.length).toBeLessThanOrEqual(100);
          expect(menu.map(({ command }) => command)).toContain("help");
          expect(menu).toEqual(expect.arrayContaining(own));
        }
        const names = own.map(({ command }) => command);
        const staff = allCommands.filter(({ by }) => by !== "everyone").map(({ name }) => name);
        expect(names.filter((name) => staff.includes(name))).toEqual([]);
      }
    }
  });
});
