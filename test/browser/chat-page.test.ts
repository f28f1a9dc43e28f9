import { InlineKeyboard, InputFile, InputMediaBuilder, Keyboard } from "grammy";
import type { Bot } from "grammy";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import type { TestBrowser } from "../support/browser.ts";
import { begin, openChat, write } from "../support/chat-page.ts";
import { editor, editors, neighbour, resident, startLocalTelegram } from "../support/local-telegram.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const square = (size: number): [number, number][] => [
  [37.4 - size, 55.73 - size],
  [37.4 + size, 55.73 - size],
  [37.4 + size, 55.73 + size],
  [37.4 - size, 55.73 + size],
];
const map = {
  districts: [{ name: "Кунцево", rings: [square(0.01)] }],
  streets: [
    {
      name: "Рублёвское шоссе",
      line: [
        [37.39, 55.73],
        [37.41, 55.73],
      ] as [number, number][],
    },
  ],
  center: [37.4, 55.73] as [number, number],
};

/** Greets, and repeats every text, so that a test can wait for the bot's word. */
const teachEcho = (bot: Bot): void => {
  bot.command("start", (ctx) => ctx.reply(ctx.match === "" ? "Здравствуйте" : `Приглашение ${ctx.match}`));
  bot.on("message:text", (ctx) => ctx.reply(`Эхо: ${ctx.msg.text}`));
};

test("a text goes out on the right, the bot's answer comes in on the left without a reload", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await anna.locator(".input").fill("Не горит фонарь");
  await anna.locator(".input").press("Enter");
  await anna.locator(".row.in", { hasText: "Эхо: Не горит фонарь" }).waitFor();
  await anna.locator(".row.out:not(.is-pending)", { hasText: "Не горит фонарь" }).waitFor();
  expect(await anna.locator(".row.is-pending").count()).toBe(0);
  expect(await anna.locator(".input").inputValue()).toBe("");
  expect(chat.faults).toEqual([]);
});

test("a link with a start parameter starts the bot once for the first person on the screen", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  await chat.page.goto(`${chat.page.url()}?start=j_15`);
  const anna = chat.column(resident.id);
  await anna.locator(".row.in", { hasText: "Приглашение j_15" }).waitFor();
  expect(new URL(chat.page.url()).search).toBe("");
  await chat.page.reload();
  await anna.locator(".row.in", { hasText: "Приглашение j_15" }).waitFor();
  expect(await anna.locator(".row.out", { hasText: "/start j_15" }).count()).toBe(1);
  await chat.page.goto(`${chat.page.url()}?start=${encodeURIComponent("<b>")}`);
  await anna.locator(".row.in", { hasText: "Приглашение j_15" }).waitFor();
  expect(await anna.locator(".row.out").count()).toBe(1);
  expect(chat.faults).toEqual([]);
});

test("photos from the shelf become one album in the order of choosing, with the caption", async () => {
  const seen: string[] = [];
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      bot.on("message:photo", async (ctx) => {
        seen.push(ctx.msg.media_group_id ?? "alone");
        if (ctx.msg.caption !== undefined) await ctx.reply(`Подпись: ${ctx.msg.caption}`);
      });
      teachEcho(bot);
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await anna.getByLabel("Прикрепить").click();
  await chat.page.getByRole("menuitem", { name: "Фото", exact: true }).click();
  const dialog = chat.page.getByRole("dialog");
  for (const id of ["bench-broken", "pothole", "lamp-broken"]) await dialog.locator(`[data-shelf="${id}"]`).click();
  expect(await dialog.locator('[data-shelf="pothole"] .shelf-number').textContent()).toBe("2");
  await dialog.getByLabel("Подпись").fill("Три беды");
  await dialog.getByRole("button", { name: "Отправить" }).click();
  await anna.getByText("Подпись: Три беды").waitFor();
  const bubble = anna.locator(".row.out:not(.is-pending)", { hasText: "Три беды" });
  expect(await bubble.locator(".tile").count()).toBe(3);
  await bubble.locator(".tile").last().click();
  await chat.page.locator(".lightbox").getByText("3 / 3").waitFor();
  await expect.poll(() => seen.length).toBe(3);
  expect(new Set(seen).size).toBe(1);
});

test("a picture of one's own is sent as a photo and as a file", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      teachEcho(bot);
      bot.on("message:photo", (ctx) => ctx.reply(`Фото ${ctx.msg.photo.at(-1)?.width}`));
      bot.on("message:document", (ctx) => ctx.reply(`Файл ${ctx.msg.document.file_name}`));
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  const bytes = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#558844" } })
    .jpeg()
    .toBuffer();
  for (const [item, answer] of [
    ["Фото", "Фото 640"],
    ["Фото файлом", "Файл yard.jpg"],
  ] as const) {
    await anna.getByLabel("Прикрепить").click();
    await chat.page.getByRole("menuitem", { name: item, exact: true }).click();
    const dialog = chat.page.getByRole("dialog");
    await dialog.locator("input[type=file]").setInputFiles({ name: "yard.jpg", mimeType: "image/jpeg", buffer: bytes });
    await dialog.getByRole("button", { name: "yard.jpg" }).waitFor();
    await dialog.getByRole("button", { name: "Отправить" }).click();
    await anna.getByText(answer).waitFor();
  }
});

test("the location button opens the map, and the place pressed there is sent", async () => {
  await using chat = await openChat({
    browser,
    settings: { map },
    teach: (bot) => {
      bot.command("start", (ctx) =>
        ctx.reply("Где это?", { reply_markup: new Keyboard().requestLocation("Отправить место").oneTime().resized() }),
      );
      bot.on("message:location", (ctx) =>
        ctx.reply(`${ctx.msg.location.latitude.toFixed(3)}; ${ctx.msg.location.longitude.toFixed(3)}`),
      );
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Где это?");
  await anna.getByRole("button", { name: "Отправить место" }).click();
  const dialog = chat.page.getByRole("dialog");
  const picture = dialog.locator(".map.is-live");
  const send = dialog.getByRole("button", { name: "Отправить место" });
  expect(await send.isDisabled()).toBe(true);
  await picture.click();
  await dialog.getByText("Кунцево · 55.73").waitFor();
  await send.click();
  await anna.getByText("55.730; 37.400").waitFor();
  expect(await anna.locator(".row.out .map-picture").count()).toBe(1);
  expect(await anna.locator(".reply-key").first().isVisible()).toBe(false);
});

test("a contact is shared only after a question", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      bot.command("start", (ctx) =>
        ctx.reply("Телефон?", { reply_markup: new Keyboard().requestContact("Мой номер").resized() }),
      );
      bot.on("message:contact", (ctx) => ctx.reply(`Номер ${ctx.msg.contact.phone_number}`));
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Телефон?");
  await anna.getByRole("button", { name: "Мой номер" }).click();
  await chat.page.getByRole("dialog").getByLabel("Телефон").fill("+79000000042");
  await chat.page.getByRole("dialog").getByRole("button", { name: "Поделиться" }).click();
  await anna.getByText("Номер +79000000042").waitFor();
});

test("buttons under a message show the bot's toast, its box, and the edited message", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      bot.command("start", (ctx) =>
        ctx.reply("Выберите", {
          reply_markup: new InlineKeyboard().text("Тост", "toast").text("Окно", "alert").row().text("Правка", "edit"),
        }),
      );
      bot.callbackQuery("toast", (ctx) => ctx.answerCallbackQuery("Записано"));
      bot.callbackQuery("alert", (ctx) => ctx.answerCallbackQuery({ text: "Уже решено", show_alert: true }));
      bot.callbackQuery("edit", async (ctx) => {
        await ctx.answerCallbackQuery();
        await ctx.editMessageText("Решение: принято");
      });
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Выберите");
  await anna.getByRole("button", { name: "Тост" }).click();
  await anna.locator(".toast", { hasText: "Записано" }).waitFor();
  await anna.locator(".inline-button:not([aria-busy])", { hasText: "Тост" }).waitFor();
  await anna.getByRole("button", { name: "Окно" }).click();
  const box = anna.getByRole("alertdialog", { name: "Уже решено" });
  await box.waitFor();
  await chat.page.keyboard.press("Enter");
  await box.waitFor({ state: "detached" });
  await anna.getByRole("button", { name: "Правка" }).click();
  const edited = anna.locator(".row.in", { hasText: "Решение: принято" });
  await edited.getByText("изменено").first().waitFor({ state: "attached" });
  expect(await edited.locator(".inline-button").count()).toBe(0);
});

test("a press on another person's screen shows nothing on this one", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      bot.command("start", (ctx) => ctx.reply("Выберите", { reply_markup: new InlineKeyboard().text("Тост", "t") }));
      bot.on("callback_query", (ctx) => ctx.answerCallbackQuery("Только вам"));
    },
  });
  const anna = chat.column(resident.id);
  const boris = chat.column(neighbour.id);
  await chat.page.locator(`.chip[data-seat="p${neighbour.id}"]`).click({ trial: true });
  if (!(await boris.isVisible())) await chat.page.locator(`.chip[data-seat="p${neighbour.id}"]`).click();
  await begin(anna, "Выберите");
  await begin(boris, "Выберите");
  await boris.getByRole("button", { name: "Тост" }).click();
  await boris.locator(".toast").waitFor();
  expect(await anna.locator(".toast").count()).toBe(0);
});

test("the command menu opens by its button, narrows while typing, and sends by Enter", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  await chat.bot.api.setMyCommands([
    { command: "help", description: "Что я умею" },
    { command: "draft", description: "Продолжить" },
    { command: "drop", description: "Бросить" },
  ]);
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await anna.getByRole("button", { name: "Команды бота" }).click();
  const options = anna.getByRole("option");
  expect(await options.count()).toBe(3);
  await anna.locator(".input").fill("/dr");
  expect(await options.count()).toBe(2);
  await anna.locator(".input").press("ArrowDown");
  await anna.locator(".input").press("Enter");
  await anna.getByText("Эхо: /drop").waitFor();
  expect(await anna.locator(".input").inputValue()).toBe("");
});

test("a deep link starts the bot as the one who pressed it, or as whoever the invitation is for", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      bot.command("invite", (ctx) => ctx.reply(`Вот: https://t.me/${ctx.me.username}?start=inv_7`));
      teachEcho(bot);
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await write(anna, "/invite");
  const link = anna.locator(".row.in a", { hasText: "start=inv_7" });
  await link.click();
  await anna.getByText("Приглашение inv_7").waitFor();
  await link.click({ button: "right" });
  await chat.page.getByRole("menuitem", { name: "Вера Орлова" }).click();
  await chat.column(editor.id).getByText("Приглашение inv_7").waitFor();
  expect(chat.page.context().pages()).toHaveLength(1);
});

test("markup in names, texts, captions and buttons stays text", async () => {
  const evil = '<img src=x onerror="globalThis.harmed=true"><b>x</b>';
  await using chat = await openChat({
    browser,
    settings: { people: [{ ...resident, firstName: evil }, neighbour, editor], map: { ...map, districts: [] } },
    teach: (bot) => {
      bot.command("start", (ctx) =>
        ctx.reply(evil, {
          reply_markup: new InlineKeyboard().text(evil, "x"),
          entities: [{ type: "text_link", offset: 0, length: 4, url: "https://example.org/%22onclick=%22" }],
        }),
      );
      bot.on("callback_query", (ctx) => ctx.answerCallbackQuery(evil));
      bot.on("message:text", (ctx) =>
        ctx.reply(ctx.msg.text, { reply_parameters: { message_id: ctx.msg.message_id } }),
      );
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, evil);
  await anna.locator(".inline-button").click();
  await anna.locator(".toast", { hasText: evil }).waitFor();
  await write(anna, evil);
  await anna.locator(".row.in .quote-text", { hasText: evil }).waitFor();
  expect(await chat.page.evaluate("globalThis.harmed")).toBeUndefined();
  expect(await chat.page.locator('img[src="x"]').count()).toBe(0);
});

test("Arrow Up edits one's own last message, and the menu of a message answers it", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => {
      bot.on("edited_message:text", (ctx) => ctx.reply(`Правка: ${ctx.msg?.text}`));
      bot.on("message:text", (ctx) =>
        ctx.reply(
          ctx.msg.reply_to_message === undefined ? "Здравствуйте" : `Ответ на: ${ctx.msg.reply_to_message.text}`,
        ),
      );
    },
  });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await write(anna, "Яма у дома 5");
  await anna.locator(".row.out:not(.is-pending)", { hasText: "Яма у дома 5" }).waitFor();
  await anna.locator(".input").press("ArrowUp");
  await anna.locator(".input").fill("Яма у дома 15");
  await anna.locator(".input").press("Enter");
  await anna.getByText("Правка: Яма у дома 15").waitFor();
  await anna.locator(".row.out", { hasText: "Яма у дома 15" }).locator(".text").click({ button: "right" });
  await chat.page.getByRole("menuitem", { name: "Ответить" }).click();
  await write(anna, "Там же");
  await anna.getByText("Ответ на: Яма у дома 15").waitFor();
});

test("what could not be sent says so and goes out on a retry", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await chat.page.route("**/chat/api/do", (route) => route.abort());
  await write(anna, "В метро нет связи");
  const failed = anna.locator(".row.is-failed", { hasText: "В метро нет связи" });
  await failed.getByText("Не отправлено").waitFor();
  await chat.page.unroute("**/chat/api/do");
  await failed.getByRole("button", { name: "Повторить" }).click();
  await anna.getByText("Эхо: В метро нет связи").waitFor();
  expect(await anna.locator(".is-failed").count()).toBe(0);
});

test("after a break of the connection the page shows what it missed, once and without a reload", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await anna.locator(".input").fill("Недописанное");
  chat.line.cut();
  await chat.page.locator(".offline").waitFor();
  await chat.telegram.messenger.act({ do: "text", personId: resident.id, chatId: resident.id, text: "С телефона" });
  chat.line.mend();
  await anna.getByText("Эхо: С телефона").waitFor();
  await chat.page.locator(".offline").waitFor({ state: "hidden" });
  expect(await anna.locator(".row.out", { hasText: "С телефона" }).count()).toBe(1);
  expect(await anna.locator(".input").inputValue()).toBe("Недописанное");
});

test("a page left open over a restart of the messenger reads everything anew", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  chat.line.cut();
  await chat.page.locator(".offline").waitFor();
  await chat.bot.stop();
  await chat.telegram.stop();
  await using again = await startLocalTelegram({ dir: chat.telegram.dir });
  await again.messenger.act({ do: "text", personId: resident.id, chatId: resident.id, text: "После перезапуска" });
  chat.line.mend(again.root);
  await anna.locator(".row.out", { hasText: "После перезапуска" }).waitFor();
  expect(await anna.locator(".row.in", { hasText: "Здравствуйте" }).count()).toBe(1);
});

test("a stopped bot is restarted by one press", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  await anna.getByLabel("Действия с чатом").click();
  await chat.page.getByRole("menuitem", { name: "Остановить бота" }).click();
  await anna.getByRole("button", { name: "Перезапустить бота" }).waitFor();
  await expect(chat.bot.api.sendMessage(resident.id, "Слышно?")).rejects.toThrow("blocked");
  await anna.getByRole("button", { name: "Перезапустить бота" }).click();
  await expect.poll(() => anna.locator(".row.in", { hasText: "Здравствуйте" }).count()).toBe(2);
});

test("albums, deleted messages, typing and the pinned message of the bot are shown", async () => {
  await using chat = await openChat({ browser, teach: teachEcho });
  const anna = chat.column(resident.id);
  await begin(anna, "Здравствуйте");
  const { api } = chat.bot;
  const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: "#a33" } })
    .jpeg()
    .toBuffer();
  await api.sendMediaGroup(
    resident.id,
    [1, 2, 3, 4].map(() => InputMediaBuilder.photo(new InputFile(photo, "a.jpg"))),
  );
  await expect.poll(() => anna.locator(".row.in .tile").count()).toBe(4);
  const gone = await api.sendMessage(resident.id, "Сейчас исчезну");
  await anna.getByText("Сейчас исчезну").waitFor();
  await api.deleteMessage(resident.id, gone.message_id);
  await anna.getByText("Сейчас исчезну").waitFor({ state: "detached" });
  await api.sendChatAction(resident.id, "typing");
  await anna.locator(".head-status.is-doing", { hasText: "печатает" }).waitFor();
  const pinned = await api.sendMessage(resident.id, "Карточка № 7");
  await api.pinChatMessage(resident.id, pinned.message_id);
  await anna.locator(".pinned", { hasText: "Карточка № 7" }).waitFor();
  await chat.page.reload();
  await anna.locator(".pinned", { hasText: "Карточка № 7" }).waitFor();
});

test("in a group everybody writes under their own name", async () => {
  await using chat = await openChat({
    browser,
    teach: (bot) => bot.command("who", (ctx) => ctx.reply(`Это ${ctx.from?.first_name}`)),
  });
  const group = chat.column(editors.id);
  await group.getByLabel("Пишет").selectOption({ label: "Вера Орлова" });
  await write(group, "/who");
  await group.getByText("Это Вера").waitFor();
  await group.locator(".row.out", { hasText: "/who" }).waitFor();
  await group.getByLabel("Пишет").selectOption({ label: "Анна" });
  await group.locator(".row.in .sender", { hasText: "Вера Орлова" }).waitFor();
});

test("a channel shows the bot's albums and edits, and has nothing to write in", async () => {
  const channel = { id: -1002000000009, title: "Город", adminIds: [editor.id], subscriberIds: [resident.id] };
  await using chat = await openChat({ browser, settings: { channels: [channel] } });
  const column = chat.page.locator(`.column[data-seat="c${channel.id}"]`);
  if (!(await column.isVisible())) await chat.page.locator(`.chip[data-seat="c${channel.id}"]`).click();
  await column.getByText("канал, 2 подписчика").waitFor();
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#7a8b99" } })
    .jpeg()
    .toBuffer();
  const [first] = await chat.bot.api.sendMediaGroup(channel.id, [
    InputMediaBuilder.photo(new InputFile(picture), { caption: "Было и стало" }),
    InputMediaBuilder.photo(new InputFile(picture)),
  ]);
  await column.getByText("Было и стало").waitFor();
  await expect.poll(() => column.locator(".row.in .tile").count()).toBe(2);
  await chat.bot.api.editMessageCaption(channel.id, first?.message_id ?? 0, { caption: "Подтверждено" });
  await column.getByText("Подтверждено").waitFor();
  expect(await column.locator(".input").isVisible()).toBe(false);
  expect(chat.faults).toEqual([]);
});

test("the theme and the language are chosen on the page and remembered", async () => {
  await using chat = await openChat({ browser, locale: "en-GB", teach: teachEcho });
  const html = chat.page.locator("html");
  await chat.page.getByRole("heading", { name: "Анна" }).waitFor();
  expect(await html.getAttribute("lang")).toBe("en");
  expect(await html.getAttribute("data-theme")).toBe("light");
  await chat.page.getByRole("button", { name: "Dark or light theme" }).click();
  await chat.page.getByRole("button", { name: "Интерфейс по-русски" }).click();
  await chat.page.getByRole("button", { name: "Начать" }).first().waitFor();
  await chat.page.reload();
  await chat.page.getByRole("button", { name: "Начать" }).first().waitFor();
  expect(await html.getAttribute("lang")).toBe("ru");
  expect(await html.getAttribute("data-theme")).toBe("dark");
});

test("a phone shows one person at a time, counts what the others miss, and never scrolls sideways", async () => {
  await using chat = await openChat({ browser, screen: "phone", teach: teachEcho });
  await begin(chat.column(resident.id), "Здравствуйте");
  expect(await chat.page.locator(".column").count()).toBe(1);
  await chat.bot.api.sendMessage(editors.id, "Новое в очереди");
  const chip = chat.page.locator(`.chip[data-seat="g${editors.id}"]`);
  await chip.locator(".badge", { hasText: "1" }).waitFor();
  await chip.click();
  await chat.column(editors.id).getByText("Новое в очереди").waitFor();
  await chip.locator(".badge").waitFor({ state: "hidden" });
  expect(await chat.column(resident.id).count()).toBe(0);
  const width = await chat.page.evaluate("document.documentElement.scrollWidth");
  expect(width).toBe(390);
});
