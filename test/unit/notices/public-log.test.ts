import { describe, expect, test } from "vitest";
import { PUBLIC, publicLog, withoutTakenBack, type PublicEvent } from "../../../src/notices/public-log.ts";
import { TOLD } from "../../../src/notices/event-words.ts";
import { dueOn } from "../../../src/report/due.ts";
import type { EventData, EventKind } from "../../../src/report/event.ts";
import { city, i18n } from "../../support/notices.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

const due = dueOn(city, { count: 8, kind: "working" }, NOON);
const reading = { i18n, city, locale: "ru", now: NOON };

let hours = 0;
const event = <Kind extends EventKind>(kind: Kind, data: EventData[Kind], actorRole = "editor"): PublicEvent => ({
  kind,
  data,
  actorRole,
  at: hoursAfter(NOON, (hours += 1)),
});

const REROUTED = {
  from: "lighting",
  to: "roads",
  reason: "Мастер Сидоров занят",
  hops: 1,
  added: null,
  until: "2026-07-27",
};
const MOVED = { answerId: 1, agencyId: "roads", from: "2026-07-27", to: "2026-08-03", reason: "Ждём плиту", count: 1 };

describe("the public log", () => {
  test("tells nothing that followers are not told", () => {
    const kinds = Object.keys(PUBLIC) as EventKind[];
    const beyond = kinds.filter((kind) => PUBLIC[kind] !== "not public" && TOLD[kind] === null);
    expect(beyond).toEqual([]);
    for (const kind of ["voted", "viewed", "noted", "followed", "checks_invited", "added", "photo_reused"] as const) {
      expect(PUBLIC[kind]).toBe("not public");
    }
  });

  test("leaves out what a newer program wrote", () => {
    expect(publicLog(reading, [{ kind: "teleported", data: {}, actorRole: "editor", at: NOON }])).toEqual([]);
  });

  test("has the words of a hand-over only where an editor passed them", () => {
    const [atOnce] = publicLog(reading, [event("rerouted", REROUTED, "officer")]);
    expect(JSON.stringify(atOnce)).not.toContain("Сидоров");
    expect(atOnce?.what).toMatch(/^передано другой службе: \S/);
    expect(publicLog(reading, [event("rerouted", REROUTED, "editor")])[0]?.why).toBe("Мастер Сидоров занят");
  });

  test("says that something was rejected, and not why: that was for its author", () => {
    const [line] = publicLog(reading, [event("rejected", { code: null, words: "В тексте телефон соседа" })]);
    expect(line).toMatchObject({ what: "отклонено", why: null });
  });

  test("keeps the line of a decision that was taken back and drops its words, of the last such decision only", () => {
    const history = [
      event("postponed", MOVED),
      event("postponed", { ...MOVED, reason: "Иванов в отпуске", count: 2 }),
      event("undone", { kind: "postponed" }),
    ];
    expect(publicLog(reading, history).map(({ what, why }) => [what, why])).toEqual([
      ["срок перенесён с 27 июля на 3 августа", "Ждём плиту"],
      ["срок перенесён", null],
      ["решение отменено", null],
    ]);
    expect(withoutTakenBack(history)).toEqual([history[0], history[2]]);
  });

  test("a decision taken back twice in a row takes back the two before it", () => {
    const decided = { agencyId: "roads", due };
    const history = [
      event("assigned", { ...decided, reason: "раз" }),
      event("undone", { kind: "assigned" }),
      event("assigned", { ...decided, reason: "два" }),
      event("undone", { kind: "assigned" }),
    ];
    expect(withoutTakenBack(history).map(({ kind }) => kind)).toEqual(["undone", "undone"]);
    expect(JSON.stringify(publicLog(reading, history))).not.toMatch(/раз"|два/);
  });
});
