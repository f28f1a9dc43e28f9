import { afterAll, beforeAll, expect, test } from "vitest";
import { CAST, castOf } from "../../src/cast.ts";
import type { PageEvent, PageMessage } from "../../src/local-telegram/page-api.ts";
import { start, type Running } from "../../src/main.ts";
import { playerOf, textOf, type Player } from "../../src/stage.ts";
import { listHistory } from "../../src/store/queries/history.ts";
import { openLine, type CuttableLine } from "../support/cuttable-line.ts";
import { DEMO_CITY_DIR, loadDemoCity } from "../support/demo-city.ts";
import { startLocalTelegram, type RunningTelegram } from "../support/local-telegram.ts";
import { freshFolder } from "../support/program.ts";
import { freshDatabase, quietLog } from "../support/store.ts";

/** A Wednesday before the holidays of May. */
const FIRST = new Date("2026-04-29T10:00:00+03:00");
const ROADS = "Дорожная служба";

let telegram: RunningTelegram;
let line: CuttableLine;
let running: Running;
let remove: () => Promise<void>;
const people: Record<"maria" | "emma" | "anna" | "olga" | "dmitry" | "vera" | "pyotr" | "nina" | "group", Player> =
  Object.create(null) as never;

// A webhook, because by it presses of different people run side by side even in one group.
beforeAll(async () => {
  const city = await loadDemoCity();
  const { members, groups } = castOf(city);
  telegram = await startLocalTelegram({
    token: `700100200:${"w".repeat(35)}`,
    people: members,
    groups: groups.slice(0, 1),
  });
  line = await openLine("http://127.0.0.1:9");
  const fresh = await freshDatabase("postgres");
  remove = fresh.remove;
  const began = Date.now();
  running = await start(
    {
      telegram: {
        mode: "webhook",
        token: telegram.token,
        apiRoot: telegram.root,
        publicUrl: line.root,
        secret: "whole-loop",
      },
      database: fresh.database,
      publicUrl: line.root,
      dataDir: await freshFolder(),
      photoBucket: null,
      host: "127.0.0.1",
      port: 0,
      roles: new Set(["bot", "web", "jobs"]),
      cityDir: DEMO_CITY_DIR,
      adminIds: [CAST.olga],
      logLevel: "error",
    },
    quietLog,
    { now: () => new Date(FIRST.getTime() + Date.now() - began), isHurried: true },
  );
  line.mend(running.url);
  const { messenger } = telegram;
  for (const name of ["maria", "emma", "anna", "olga", "dmitry", "vera", "pyotr", "nina"] as const) {
    people[name] = playerOf(messenger, CAST[name]);
  }
  people.group = playerOf(messenger, CAST.anna, CAST.editors);
});
afterAll(async () => {
  await running?.stop();
  await line?.close();
  await telegram?.close();
  await remove?.();
});

/** An admin sends somebody a link, who opens it. */
const invite = async (guest: Player, role: string): Promise<void> => {
  await people.olga.say(`/invite ${role}`);
  const parameter = /start=(\S+)/.exec(await people.olga.hears(/start=/))?.[1];
  await guest.say(`/start ${parameter}`);
  await guest.hears(/Ваша роль/);
};

type Press = { personId: number; chatId: number; label: string };
type Answer = { text: string; alert: boolean };

/** Presses at the same moment, each on the newest message that has the button; what the bot answered to each. */
const atOnce = async (...presses: Press[]): Promise<Answer[]> => {
  const { messenger } = telegram;
  const after = messenger.lastEventId();
  const found = presses.map(({ personId, chatId, label }) => {
    for (const message of messenger.messages(chatId).toReversed()) {
      const data = dataOf(message, label);
      if (data !== undefined) return { do: "press", personId, chatId, messageId: message.message_id, data } as const;
    }
    throw new Error(
      `No button «${label}» in chat ${chatId}: ${textOf(messenger.messages(chatId).at(-1) as PageMessage)}`,
    );
  });
  const results = await Promise.all(found.map((action) => messenger.act(action)));
  return Promise.all(
    results.map((result) => {
      if (!result.ok) throw new Error(result.description);
      const isAnswer = (event: PageEvent): event is Extract<PageEvent, { type: "answered" }> =>
        event.type === "answered" && event.queryId === result.queryId;
      return messenger.waitFor(isAnswer, { after, timeoutMs: 20_000 });
    }),
  );
};

const dataOf = ({ reply_markup: markup }: PageMessage, label: string): string | undefined => {
  if (markup === undefined || !("inline_keyboard" in markup)) return undefined;
  const button = markup.inline_keyboard.flat().find(({ text }) => text.includes(label));
  return button !== undefined && "callback_data" in button ? button.callback_data : undefined;
};

/** One was done; the other was told in a box who had decided, and what. */
const expectOneWinner = (answers: readonly Answer[], names: readonly string[], what: RegExp): void => {
  const losers = answers.filter(({ alert }) => alert);
  expect(losers, JSON.stringify(answers)).toHaveLength(answers.length - 1);
  const winner = names[answers.findIndex(({ alert }) => !alert)] ?? "";
  for (const { text } of losers) {
    expect(text).toContain(winner);
    expect(text).toMatch(what);
  }
};

const kinds = async (): Promise<string[]> => (await listHistory(running.store.db, 1)).map(({ kind }) => kind);
const timesIn = (all: readonly string[], kind: string): number => all.filter((one) => one === kind).length;

const group = (personId: number, label: string): Press => ({ personId, chatId: CAST.editors, label });
const alone = (personId: number, label: string): Press => ({ personId, chatId: personId, label });

test("the whole loop on Postgres: wherever two decide at once, one does, and the other is told who and what", async () => {
  const { maria, emma, anna, olga, dmitry, vera, pyotr, nina } = people;
  await olga.say("/start");
  await olga.hears(/Здравствуйте/);
  await invite(anna, "editor");
  await invite(dmitry, `officer ${ROADS}`);
  await invite(vera, `officer ${ROADS}`);
  await invite(pyotr, "inspector");
  await invite(nina, "inspector");
  const admin = playerOf(telegram.messenger, CAST.olga, CAST.editors);
  await admin.say("/bind");
  await admin.hears(/Готово/);

  await maria.say("/start");
  await maria.press("Даю согласие");
  await maria.hears(/Что случилось/);
  await maria.sendPhotos(["pothole"], "Огромная яма, вчера пробил колесо");
  await maria.press("Ямы и выбоины на дороге");
  await maria.hears(/Где это/);
  await maria.sendLocation(55.7305, 37.4165);
  await maria.hears(/Проверьте/);
  await atOnce(alone(CAST.maria, "Отправить"), alone(CAST.maria, "Отправить"));
  await maria.hears(/Номер вашего сообщения — 1/);
  await people.group.hears(/№ 1/);
  expect(timesIn(await kinds(), "submitted")).toBe(1);

  const accepted = await atOnce(group(CAST.anna, ROADS), group(CAST.olga, ROADS));
  expectOneWinner(accepted, ["Анна Соколова", "Ольга Громова"], /в работе/);
  await maria.hears(/передано: Дорожная служба/);
  expect(timesIn(await kinds(), "assigned")).toBe(1);

  await emma.say("/start");
  await emma.press("I agree");
  await emma.hears(/happened/);
  await emma.say("/follow 1");
  await emma.hears(/No\. 1/);

  // Both officers write an answer; one is sent, and the other is told who was quicker.
  for (const officer of [dmitry, vera]) {
    await officer.reply(/№ 1/, "Яму залили асфальтом", ["pothole-repaired"]);
    await officer.press("Устранено");
    await officer.hears(/Проверьте/);
  }
  const answered = await atOnce(alone(CAST.dmitry, "Отправить"), alone(CAST.vera, "Отправить"));
  expectOneWinner(answered, ["Дмитрий Лебедев", "Вера Кузнецова"], /ответ на проверке/);
  await people.group.hears(/№ 1.*ответ на проверке/);
  expect(timesIn(await kinds(), "answered")).toBe(1);

  const published = await atOnce(group(CAST.anna, "Опубликовать"), group(CAST.olga, "Опубликовать"));
  expectOneWinner(published, ["Анна Соколова", "Ольга Громова"], /ответ опубликован/);
  await maria.hears(/служба пишет/);
  await emma.hears(/the agency says it is fixed/);
  expect(timesIn(await kinds(), "published")).toBe(1);

  // Both refute at once: one dispute, and the inspectors read both.
  await maria.press("Не устранено");
  await maria.hears(/Что не так/);
  await emma.press("Not fixed");
  await emma.hears(/What is wrong|not right/i);
  await Promise.all([maria.say("Асфальт провалился"), emma.say("It sank again")]);
  await pyotr.hears(/№ 1.*оспорен/);
  await nina.hears(/№ 1.*оспорен/);
  expect(timesIn(await kinds(), "disputed")).toBe(1);

  // Two inspectors decide: the first verdict stands, the second is told whose it was.
  for (const inspector of [pyotr, nina]) {
    await inspector.press("вернуть службе");
    await inspector.hears(/что осталось сделать/);
  }
  await Promise.all([
    pyotr.sendPhotos(["pothole"], "Яма на месте, нужен асфальт"),
    nina.sendPhotos(["pothole"], "Края не заделаны"),
  ]);
  const told = /№ 1 возвращено|уже решено/;
  const verdicts = await Promise.all([pyotr.hears(told), nina.hears(told)]);
  const overtaken = verdicts.findIndex((said) => said.includes("уже решено"));
  expect(verdicts[overtaken], verdicts.join("\n")).toContain(overtaken === 0 ? "Нина Фролова" : "Пётр Ильин");
  expect(verdicts[1 - overtaken]).toMatch(/№ 1 возвращено/);
  await maria.hears(/возвращено в работу/);
  expect(timesIn(await kinds(), "reopened")).toBe(1);

  // Whoever was slower has an unsent answer left, which is no matter in the new cycle.
  const [slower, quicker] = answered[0]?.alert === true ? [dmitry, vera] : [vera, dmitry];
  await slower.reply(/круг 2/, "Уложили асфальт заново", ["pavement-sanded"]);
  await slower.press("Устранено");
  expect(await slower.hears(/Проверьте/)).not.toContain("залили");
  await slower.press("Отправить");
  await people.group.hears(/№ 1.*ответ на проверке/);
  await people.group.press("Опубликовать");
  await maria.hears(/служба пишет/);
  await emma.hears(/the agency says it is fixed/);
  await atOnce(alone(CAST.maria, "✅ Устранено"), alone(CAST.emma, "✅ Fixed"));
  await quicker.hears(/жители подтвердили/);
  const votes = (await listHistory(running.store.db, 1)).filter(
    ({ kind, data }) => kind === "voted" && data.cycle === 2,
  );
  expect(votes.map(({ name }) => name).toSorted()).toEqual(["Emma Clark", "Мария Орлова"]);
  expect(timesIn(await kinds(), "closed")).toBe(1);
}, 180_000);
