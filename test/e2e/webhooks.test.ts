import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliverWebhooks } from "../../src/jobs/webhooks.ts";
import { events, notices, webhookDeliveries, webhooks } from "../../src/store/schema/index.ts";
import { ANNA, MARIA, OLGA, startBot, textOf, type RunningBot } from "../support/bot.ts";
import { aPartner, status } from "../support/partner.ts";

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ roles: { [ANNA]: "editor" } });
  for (const person of [ANNA, MARIA, OLGA]) await bot.tell(person, "/start", /Здравствуйте/);
});
afterAll(() => bot.close());
beforeEach(async () => {
  await bot.store.db.delete(webhookDeliveries);
  await bot.store.db.delete(webhooks);
});

const URL_OF_PARTNER = "https://partner.example.org/hook?token=door-key";
const ask = async (words: string, expected: RegExp): Promise<string> => textOf(await bot.tell(OLGA, words, expected));
const stored = () => bot.store.db.select().from(webhooks).orderBy(webhooks.id);

describe("/webhook", () => {
  test("connects a partner, shows the secret this once, and delivers what an editor makes public", async () => {
    const said = await ask(`/webhook add ${URL_OF_PARTNER}`, /подключён/);
    const [webhook] = await stored();
    expect(said).toContain(webhook?.secret);
    expect(said).toContain("по всему городу");
    expect(webhook?.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const list = await ask("/webhooks", /Вебхуки партнёров/);
    expect(list).toContain("partner.example.org");
    // What may open the partner's door stays with the partner.
    for (const hidden of ["door-key", webhook?.secret ?? "?"]) expect(list).not.toContain(hidden);
    const logged = JSON.stringify(await bot.store.db.select().from(events).where(eq(events.kind, "webhook_added")));
    for (const hidden of ["door-key", "whsec_"]) expect(logged).not.toContain(hidden);

    const { id } = await bot.file();
    await bot.tell(ANNA, `/accept ${id} lighting`, /передано/);
    const partner = aPartner(bot.store);
    await deliverWebhooks(partner.deps, new AbortController().signal);
    expect(partner.types()).toEqual(["report.assigned"]);
    expect(partner.calls[0]?.url).toBe(URL_OF_PARTNER);
    expect(await ask("/webhooks", /последняя доставка/)).not.toContain("Ждут");
  });

  test("narrows it to a district or an agency, asking where a name means both", async () => {
    await ask("/webhook add https://a.example.org/ Крылатское", /Крылатское/);
    await ask("/webhook add https://b.example.org/ agency lighting", /подключён/);
    const which = await ask("/webhook add https://c.example.org/ fili-park", /уточните/);
    expect(which).toContain("district fili-park");
    expect(which).toContain("agency fili-park");
    await ask("/webhook add https://c.example.org/ agency fili-park", /подключён/);
    await ask("/webhook add https://d.example.org/ Атлантида", /Не знаю ни района, ни службы «Атлантида»/);
    expect((await stored()).map(({ districtId, agencyId }) => [districtId, agencyId])).toEqual([
      ["krylatskoye", null],
      [null, "lighting"],
      [null, "fili-park"],
    ]);
  });

  test.each([
    ["/webhook", /Напишите, что сделать/],
    ["/webhook add", /Напишите, что сделать/],
    ["/webhook add partner.example.org", /Это не адрес/],
    ["/webhook add http://partner.example.org/", /должен начинаться с https/],
    ["/webhook add https://me:secret@partner.example.org/", /не должно быть имени и пароля/],
    ["/webhook add https://127.0.0.1/", /во внутреннюю сеть/],
    ["/webhook add https://metadata.google.internal/", /во внутреннюю сеть/],
    ["/webhook off", /Нужен номер/],
    ["/webhook off все", /Нужен номер/],
    ["/webhook off 999999", /№ 999999 нет/],
    ["/webhook retry 999999", /№ 999999 нет/],
  ])("refuses «%s» and says why", async (words, expected) => {
    await ask(words, expected);
    expect(await stored()).toEqual([]);
  });

  test("is paused when the partner wants nothing more, which the admin reads, and started again", async () => {
    await ask(`/webhook add ${URL_OF_PARTNER}`, /подключён/);
    const [webhook] = await stored();
    const { id } = await bot.file();
    await bot.tell(ANNA, `/accept ${id} lighting`, /передано/);
    const partner = aPartner(bot.store);
    partner.answer(status(410));
    await deliverWebhooks(partner.deps, new AbortController().signal);
    expect(await ask("/webhooks", /Остановлен/)).toContain("HTTP 410");
    const told = await bot.store.db.select().from(notices).where(eq(notices.kind, "webhook_paused"));
    expect(told.map(({ params }) => params)).toEqual([
      { webhookId: webhook?.id, host: "partner.example.org", failure: "HTTP 410" },
    ]);
    await ask(`/webhook retry ${webhook?.id}`, /Снова отправляю 1 изменение/);
    await deliverWebhooks(partner.deps, new AbortController().signal);
    expect(await ask("/webhooks", /✅/)).not.toContain("Остановлен");
    await ask(`/webhook retry ${webhook?.id}`, /отправлять сейчас нечего/);
    await ask(`/webhook off ${webhook?.id}`, /отключён/);
    await ask("/webhooks", /Вебхуков пока нет/);
  });

  test("is for admins, in private", async () => {
    await bot.tell(ANNA, `/webhook add ${URL_OF_PARTNER}`, /нет|нельзя|право|доступ/i);
    expect(await stored()).toEqual([]);
  });
});
