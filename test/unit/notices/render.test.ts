import { describe, expect, test } from "vitest";
import { pack } from "../../../src/bot/callback-data.ts";
import { NOTICES, type NoticeKind } from "../../../src/notices/notices.ts";
import type { Picture } from "../../../src/notices/message.ts";
import { renderQueueCard } from "../../../src/notices/queue-card.ts";
import { renderNotice } from "../../../src/notices/render.ts";
import type { ReportView } from "../../../src/notices/report-view.ts";
import { renderWaitingCard } from "../../../src/notices/waiting-card.ts";
import { STATUS_NAMES } from "../../../src/report/status.ts";
import { actsOf, anAssigned, aRejected, AT, aView, city, eightDays, i18n, readingIn } from "../../support/notices.ts";

const HOSTILE = '<3 & *_[ </b><a href="x">{{number}} $t(x) \u{E000}0\u{E001}';
const KINDS = Object.keys(NOTICES) as NoticeKind[];

const due = "2026-05-13";
const pause = { from: "2026-05-07", to: "2026-05-11", due: eightDays };

/** What the events of these notices keep; those of all others keep nothing that is said. */
const SAMPLES: Partial<Record<NoticeKind, unknown>> = {
  assigned: { agencyId: "housing-kuntsevo", due: eightDays },
  rejected: { code: "no_photo", words: null },
  reply_reminder: { due },
  wait_ended: pause,
  wait_ended_officers: pause,
  due_reminder: { due },
  overdue: { due, escalatesOn: "2026-05-18" },
  overdue_staff: { due, escalatesOn: "2026-05-18" },
  overdue_escalated: { due },
  late_escalated: { due },
  check_reminder: { due },
  check_last_reminder: { due },
  question: { additionId: 1, answerId: null, until: due },
  replied_officers: { additionId: 1, pause },
  merged: { originalId: 77, dueAt: eightDays.dueAt },
  merged_followers: { originalId: 77, dueAt: eightDays.dueAt },
  unmerged: { originalId: 77 },
  unmerged_followers: { originalId: 77 },
  disputed: { desk: "inspectors", isContest: false, due: eightDays },
  disputed_officers: { desk: "admins", isContest: true, due: eightDays },
  reopened: { cycle: 2, agencyId: "housing-kuntsevo", reason: "Темно", due: eightDays },
  reopened_officers: { cycle: 2, agencyId: "housing-kuntsevo", reason: "Темно", due: eightDays },
  closed: { outcome: "confirmed", by: { author: true, others: 2 }, reason: null },
  closed_followers: { outcome: "unverified", by: { author: false, others: 0 }, reason: null },
  closed_officers: { outcome: "answer_upheld", by: { author: false, others: 0 }, reason: "Горит" },
  postponed: { agencyId: "housing-kuntsevo", from: due, to: "2026-05-20", reason: "Ждём фонарь", count: 1 },
  rerouted: { to: "city-light", reason: "Столб городской", hops: 1, added: { days: 2, reason: "Новый" }, until: due },
  added_editors: { additionId: 1, reader: "editors" },
  added_officers: { additionId: 1, reader: "officers" },
  added_judges: { additionId: 1, reader: "judges" },
  banned: { until: eightDays.dueAt, reason: "Оскорбления" },
};

const checked = anAssigned({
  status: "published",
  publishedAt: AT,
  check: {
    answer: { kind: "fixed", agencyId: "housing-kuntsevo", words: "Починили", photos: [] },
    grounds: [],
    verdictPhotos: [],
  },
});

/** These are about an answer, and are told of no report without one. */
const OF_ANSWERS: readonly NoticeKind[] = ["answer_published", "answer_followed", "check_invited"];

/** These are about a person and not about the report that was the occasion; or, to a neighbour who is to look unbiased, do not name it. */
const OF_PERSONS: readonly NoticeKind[] = ["banned", "unbanned", "check_invited"];

const paramsOf = (kind: NoticeKind): unknown => SAMPLES[kind] ?? {};

const textOf = (kind: NoticeKind, locale: string, report: ReportView, params = paramsOf(kind)): string =>
  renderNotice(readingIn(locale), { kind, params }, report).text.text;

describe.each(["ru", "en"])("every notice in %s", (locale) => {
  test.each(KINDS)("%s names the report and leaves no hole in its text", (kind) => {
    for (const report of OF_ANSWERS.includes(kind) ? [checked] : [aView(), anAssigned(), aRejected()]) {
      const text = textOf(kind, locale, report);
      if (!OF_PERSONS.includes(kind)) expect(text).toContain("123");
      expect(text).not.toMatch(/\{\{|\}\}|undefined|null|NaN|notices:|<b>|<i>/);
    }
  });

  test("cards can be shown in every status there will be", () => {
    for (const status of STATUS_NAMES) {
      for (const kind of ["author_card", "queue_decided"] as const) {
        expect(textOf(kind, locale, aView({ status }))).toContain("123");
      }
    }
  });
});

describe("a place inside a home", () => {
  const exact = { lat: 55.73124, lon: 37.41987 };
  const shown = (kind: NoticeKind, address: string | null, topicId = "entrance-cleaning") => {
    const report = { ...checked, ...exact, topicId, address };
    return JSON.stringify(renderNotice(readingIn("ru"), { kind, params: paramsOf(kind) }, report));
  };

  test.each(["author_card", "check_invited", "task_card", "dispute_card"] as const)(
    "is the house in %s, or else its block",
    (kind) => {
      expect(shown(kind, "Ярцевская улица, 14")).toContain("Ярцевская улица, 14");
      expect(shown(kind, null)).toContain("mlat=55.73100");
      expect(shown(kind, null, "yard-light")).toContain("mlat=55.73124");
    },
  );

  const OTHERS = ["followers", "lateFollowers", "voters", "volunteers", "unvoted"];
  const forOthers = KINDS.filter((kind) => [NOTICES[kind].to].flat().some((whom) => OTHERS.includes(whom)));

  test.each(forOthers)("is no flat in %s, which others than the author read", (kind) => {
    expect(shown(kind, "Ярцевская улица, 14, кв. 7719", "yard-light")).not.toContain("7719");
  });

  const forEditors = KINDS.filter((kind) => ["editors", "cardHolders"].includes([NOTICES[kind].to].flat().join()));

  test.each(KINDS.filter((kind) => !forEditors.includes(kind)))("is never the phone's exact point in %s", (kind) => {
    for (const address of ["Ярцевская улица, 14", null]) expect(shown(kind, address)).not.toMatch(/55\.7312|37\.4198/);
  });
});

describe("the author", () => {
  test("hears that the report arrived and until when it is read", () => {
    expect(textOf("received", "ru", aView())).toBe(
      "🕓 Сообщение № 123 · на модерации\nНеисправное освещение во дворе\n📍 Ярцевская улица, 14\n\n" +
        "Спасибо, сообщение принято! Редактор прочитает его до 30 апреля включительно.",
    );
  });

  test("sees a point without an address on a map", () => {
    const { text } = renderNotice(readingIn("ru"), { kind: "received", params: {} }, aView({ address: null }));
    expect(text.text).toContain("📍 точка на карте\n");
    expect(text.entities).toContainEqual(expect.objectContaining({ url: expect.stringContaining("mlat=55.73000") }));
  });

  test("hears who has it, until when and why that date", () => {
    expect(textOf("assigned", "ru", anAssigned())).toBe(
      "🔧 Сообщение № 123 («Неисправное освещение во дворе») передано: Жилищная служба района Кунцево.\n" +
        "Срок — до 13 мая включительно.\n8 рабочих дней с 29 апреля, без 1 и 11 мая и выходных → 13 мая",
    );
  });

  test("hears the reason with the city's advice, or the editor's own words with ours", () => {
    const listed = textOf("rejected", "ru", aRejected());
    expect(listed).toContain("Причина: Проблему не видно на фото");
    expect(listed).toContain("Снимите, пожалуйста, ближе");
    const own = textOf("rejected", "ru", aRejected(), { code: null, words: HOSTILE });
    expect(own).toContain(`Причина: ${HOSTILE}`);
    expect(own).toContain("Исправьте, пожалуйста, и отправьте снова");
  });

  test.each([
    [{}, "Исправить или обжаловать можно до 6 мая включительно."],
    [{ hasAppealed: true }, "Исправить можно до 6 мая включительно."],
    [{ repairs: 3 }, "Обжаловать можно до 6 мая включительно."],
    [{ repairs: 3, hasAppealed: true }, "Исправить или обжаловать его больше нельзя."],
  ])("hears until when a rejected report %j can come back, in the message and on the card", (differs, words) => {
    for (const kind of ["rejected", "author_card"] as const) {
      expect(textOf(kind, "ru", aRejected(differs))).toContain(words);
    }
    const isRepairable = words.startsWith("Исправить") && !words.includes("нельзя");
    expect(textOf("rejected", "ru", aRejected(differs)).includes("Снимите, пожалуйста")).toBe(isRepairable);
  });

  test("is told what happened then, whatever the report has become since", () => {
    const params = { agencyId: "city-light", due: { ...eightDays, to: "2026-05-20" } };
    expect(textOf("assigned", "ru", anAssigned(), params)).toContain("до 20 мая");
  });

  test("a broken row is an error, not half a sentence", () => {
    expect(() => textOf("assigned", "ru", anAssigned(), {})).toThrow();
    expect(() => textOf("rejected", "ru", aRejected(), { code: null, words: null })).toThrow();
  });
});

describe("the editors' card", () => {
  test("tells photos without words from words that were erased", () => {
    const said = { id: 1, kind: "addition", words: null, at: AT } as const;
    const textWith = (photos: readonly Picture[]) =>
      renderQueueCard(readingIn("ru"), aView({ said: [{ ...said, photos }] })).text.text;
    expect(textWith([{ fileId: "a", kind: "photo" }])).toContain("Дополнение: фото");
    expect(textWith([])).toContain("Дополнение: Текст удалён.");
  });

  test("of a report that comes back says why it had been rejected, and how", () => {
    const rejection = { code: "unclear", words: null } as const;
    const repaired = renderQueueCard(readingIn("ru"), aView({ repairs: 2, rejection })).text.text;
    expect(repaired).toContain(
      "Исправлено жителем (2 из 3 раз). Причина отказа была: Не получилось понять, что случилось",
    );
    const appealed = aView({ repairs: 1, hasAppealed: true, isOnTop: true, rejection });
    expect(renderQueueCard(readingIn("en"), appealed).text.text).toContain(
      "Appealed by the resident. The reason had been: We could not understand what is wrong",
    );
    expect(renderQueueCard(readingIn("ru"), aView()).text.text).not.toContain("отказа");
  });

  const photos = [
    { fileId: "a", kind: "photo" },
    { fileId: "b", kind: "document" },
  ] as const;

  test("shows everything needed to decide", () => {
    const card = renderQueueCard(readingIn("ru"), aView({ photos, answers: { lamps: 2 } }));
    expect(card.photos).toEqual(photos);
    const { text, entities } = card.text;
    for (const part of ["№ 123", "ждёт с 29 апреля в 14:05", "Мой двор → Неисправное освещение во дворе", "Кунцево"]) {
      expect(text).toContain(part);
    }
    expect(text).toContain("Фонарь у подъезда не горит вторую неделю");
    expect(text).toMatch(/Предлагаем передать: \S/);
    const link = entities.find(({ type }) => type === "text_link");
    expect(link).toMatchObject({
      url: "https://www.openstreetmap.org/?mlat=55.73000&mlon=37.42000#map=18/55.73000/37.42000",
    });
  });

  test("offers to accept to the suggested agency, to another, and to reject", () => {
    const base = { kind: "report", reportId: 123, version: 1 };
    const suggested = city.routes.get("yard-light")?.get("kuntsevo");
    expect(actsOf(renderQueueCard(readingIn("ru"), aView()))).toEqual([
      [{ ...base, act: "accept", option: suggested }],
      [{ ...base, act: "accept" }],
      [
        { ...base, act: "reject" },
        { ...base, act: "ask" },
      ],
      [
        { ...base, act: "take" },
        { ...base, act: "more" },
      ],
    ]);
  });

  test("offers to merge into what is similar nearby, and to let go of what is in hand", () => {
    const taken = { residentId: 1, by: "Вера", until: new Date(AT.getTime() + 60_000) };
    const view = aView({ similar: [{ id: 77, meters: 40, description: "Темно у арки" }], taken });
    const card = renderQueueCard(readingIn("ru"), view);
    expect(card.text.text).toContain("Похоже на № 77 (40 м): Темно у арки");
    expect(card.text.text).toMatch(/Читает Вера, до 14:06/);
    const acts = actsOf(card).flat();
    expect(acts).toContainEqual(expect.objectContaining({ act: "merge", option: "77" }));
    expect(acts).toContainEqual(expect.objectContaining({ act: "release" }));
    const later = renderQueueCard(readingIn("ru", taken.until), view);
    expect(later.text.text).not.toContain("Читает");
    expect(actsOf(later).flat()).toContainEqual(expect.objectContaining({ act: "take" }));
  });

  test("every button of every topic fits Telegram's 64 bytes", () => {
    for (const topicId of city.topics.keys()) {
      for (const { id: districtId } of city.districts) {
        const card = renderQueueCard(readingIn("ru"), aView({ id: 2 ** 40, version: 999, topicId, districtId }));
        for (const act of actsOf(card).flat()) if (typeof act === "object") pack(act);
      }
    }
  });

  test("once decided it shows who and what, and has no buttons", () => {
    const accepted = renderQueueCard(readingIn("ru"), anAssigned());
    expect(accepted.buttons).toEqual([]);
    expect(accepted.text.text).toMatch(
      /^✅ № 123 · передано: Жилищная служба района Кунцево, срок до 13 мая включительно\nВера, 29 апреля в 14:05\n/,
    );
    const rejected = renderQueueCard(readingIn("en"), aRejected());
    expect(rejected.buttons).toEqual([]);
    expect(rejected.text.text).toMatch(/^✖️ No. 123 · rejected: The photo does not show the problem\nВера, /);
  });

  test("without a point it has no map link, without an address the coordinates", () => {
    const typed = renderQueueCard(readingIn("ru"), aView({ lat: null, lon: null, address: "у трёх берёз" }));
    expect(typed.text.entities.some(({ type }) => type === "text_link")).toBe(false);
    expect(typed.text.text).toContain("📍 у трёх берёз · Кунцево");
    const pinned = renderQueueCard(readingIn("ru"), aView({ address: null }));
    expect(pinned.text.text).toContain("📍 55.73000, 37.42000 · Кунцево");
  });

  test("the answers to the topic's own questions are named and worded, in the reader's language", () => {
    for (const topic of city.topics.values()) {
      const answers = Object.fromEntries(
        topic.questions.map((question) => {
          if (question.kind === "number") return [question.id, question.max];
          if (question.kind === "choice") return [question.id, question.options[0]?.id ?? ""];
          return [question.id, question.kind === "yes_no" ? true : HOSTILE];
        }),
      );
      const text = renderQueueCard(readingIn("en"), aView({ topicId: topic.id, answers })).text.text;
      for (const { title } of topic.questions) expect(text).toContain(title["en"]);
    }
  });

  test("what people wrote stays as they wrote it and is never markup", () => {
    const card = renderQueueCard(readingIn("ru"), aView({ description: HOSTILE, address: HOSTILE }));
    expect(card.text.text.split(HOSTILE)).toHaveLength(3);
    const at = card.text.text.lastIndexOf(HOSTILE);
    for (const entity of card.text.entities) {
      const isInside = entity.offset < at + HOSTILE.length && entity.offset + entity.length > at;
      expect(isInside).toBe(false);
    }
  });

  test("a topic, agency or district that the city has dropped since is named by its id", () => {
    const view = anAssigned({ topicId: "gone-topic", districtId: "gone-district", agencyId: "gone" });
    const text = renderQueueCard(readingIn("ru"), view).text.text;
    expect(text).toContain("gone-topic");
    expect(text).toContain("gone-district");
  });
});

test.each([
  [1, "1 сообщение ждёт"],
  [3, "3 сообщения ждут"],
  [11, "11 сообщений ждут"],
])("%i waiting is said in right Russian, with the way to the queue", (count, words) => {
  const card = renderWaitingCard({ i18n, locale: "ru" }, count);
  expect(card.text.text).toContain(words);
  expect(actsOf(card)).toEqual([[{ kind: "go", to: "queue" }]]);
});

test("nobody waiting is said without a button", () => {
  expect(actsOf(renderWaitingCard({ i18n, locale: "ru" }, 0))).toEqual([]);
});
