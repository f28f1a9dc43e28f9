import { randomInt } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalTelegram } from "../../../src/local-telegram/index.ts";
import { playerOf, type Player } from "../../../src/stage.ts";
import { openLine } from "../../support/cuttable-line.ts";
import { editor, editors, resident, startLocalTelegram, type RunningTelegram } from "../../support/local-telegram.ts";
import { startProgram, type Program } from "../../support/program.ts";
import { emptyPostgres } from "../../support/store.ts";

/** What an operator sets for a bot on Telegram: here a messenger that stands alone plays Telegram. */
let telegram: RunningTelegram;
let env: Record<string, string>;
let removeDatabase: () => Promise<void>;

beforeEach(async () => {
  telegram = await startLocalTelegram({ token: `700100200:${"t".repeat(35)}` });
  const { database, remove } = await emptyPostgres();
  removeDatabase = remove;
  env = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    DATABASE_URL: database.url,
    HOST: "127.0.0.1",
    ADMIN_IDS: String(editor.id),
  };
});
afterEach(async () => {
  await telegram.close();
  await removeDatabase();
});

/** An admin binds the editors' group, so that new reports arrive there. */
const bindGroup = async (messenger: LocalTelegram): Promise<Player> => {
  const group = playerOf(messenger, editor.id, editors.id);
  await group.say("/bind");
  await group.hears(/Готово/);
  return group;
};

const describePothole = async (author: Player): Promise<void> => {
  await author.say("/start");
  await author.hears(/Здравствуйте/);
  await author.press("Даю согласие");
  await author.hears(/Что случилось/);
  await author.sendPhotos(["pothole"], "Огромная яма, вчера пробил колесо");
  await author.hears(/Это про/);
  await author.press("Ямы и выбоины на дороге");
  await author.hears(/Где это/);
};

const send = async (author: Player): Promise<void> => {
  await author.sendLocation(55.7305, 37.4165);
  await author.hears(/Проверьте/);
  await author.press("Отправить");
  await author.hears(/Номер вашего сообщения — 1/);
};

/** The whole first stretch: filed, accepted, told. */
const fileAndAccept = async (messenger: LocalTelegram): Promise<void> => {
  const author = playerOf(messenger, resident.id);
  const group = await bindGroup(messenger);
  await describePothole(author);
  await send(author);
  await group.hears(/№ 1/);
  await group.press("Дорожная служба");
  await group.hears(/передано/);
  // The card, for the program's clock is the real one: at night the message waits for the morning.
  await author.hears(/№ 1 · в работе[^]*Отвечает: Дорожная служба/);
};

const stop = async (program: Program): Promise<void> => {
  program.process.kill("SIGTERM");
  const { code, output } = await program.ended;
  expect({ code, errors: output.split("\n").filter((line) => line.includes('"level":"error"')) }).toEqual({
    code: 0,
    errors: [],
  });
};

describe("with a token and Postgres the program does on Telegram what it does at home", { timeout: 120_000 }, () => {
  test("by polling, in one process", async () => {
    await using program = await startProgram(env);
    const url = await program.started;
    // No chat page, and no way to move the city's clock.
    expect((await fetch(`${url}/chat`)).status).toBe(404);
    expect((await fetch(`${url}/chat/api/tools/day`, { method: "POST" })).status).toBe(404);
    await fileAndAccept(telegram.messenger);
    await stop(program);
  });

  test("by a webhook, and what comes while nobody listens is not lost", async () => {
    // Where Telegram finds the program; behind it stands nothing until the program tells its port.
    await using line = Object.assign(await openLine("http://127.0.0.1:9"), {
      [Symbol.asyncDispose]: () => line.close(),
    });
    const author = playerOf(telegram.messenger, resident.id);
    await author.say("/start");
    await using program = await startProgram({
      ...env,
      TELEGRAM_MODE: "webhook",
      PUBLIC_URL: line.root,
      WEBHOOK_SECRET: "secret-of-the-webhook",
    });
    line.mend(await program.started);
    await author.hears(/Здравствуйте/);
    expect(telegram.messenger.isPolled()).toBe(false);
    await fileAndAccept(telegram.messenger);
    await stop(program);
  });

  test("with the work split over two processes that start at once on an empty database", async () => {
    await using front = await startProgram({ ...env, ROLES: "bot,web" });
    await using back = await startProgram({ ...env, ROLES: "jobs" });
    await Promise.all([front.started, back.started]);
    await fileAndAccept(telegram.messenger);
    await Promise.all([stop(front), stop(back)]);
  });
});

describe("a process killed at any moment loses nothing and doubles nothing", { timeout: 120_000 }, () => {
  test("in the middle of the form, while sending, and with people writing while it is away", async () => {
    const { messenger } = telegram;
    const author = playerOf(messenger, resident.id);
    const group = playerOf(messenger, editor.id, editors.id);
    {
      await using program = await startProgram(env);
      await program.started;
      await bindGroup(messenger);
      await describePothole(author);
      program.process.kill("SIGKILL");
      await program.ended;
    }
    // Said to nobody: Telegram keeps it.
    await author.sendLocation(55.7305, 37.4165);
    let pressed: Promise<void>;
    {
      await using program = await startProgram(env);
      await author.hears(/Проверьте/);
      pressed = author.press("Отправить");
      // Somewhere between the press and its answer, or after both.
      setTimeout(() => program.process.kill("SIGKILL"), randomInt(150));
      await program.ended;
    }
    await using program = await startProgram(env);
    await pressed;
    await author.hears(/Номер вашего сообщения/);
    // Asked for, because a notice in the hands of the dead process waits until pg-boss, once a minute, looks for such jobs.
    await author.say("/myreports");
    const list = await author.hears(/Ваши сообщения/);
    // A number may be lost with what was not committed, a report never.
    const numbers = list.match(/№ \d+/g) ?? [];
    expect(numbers).toHaveLength(1);
    await group.say(`/accept ${numbers[0]?.slice(2)}`);
    await group.hears(/передано: Дорожная служба/);
    await author.say("/myreports");
    await author.hears(/в работе/);
    await stop(program);
  });
});
