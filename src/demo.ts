/** `npm run demo`: the whole story, played by the people of the local messenger against the real program, and its transcript. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CAST } from "./cast.ts";
import { missTheDate, rejectAndRepair } from "./demo/bench.ts";
import { fixAndWait, postpone, refuseWithSuccessor } from "./demo/bins.ts";
import { answerTwice, disputeAndInspect, fileAndAsk, fixAndConfirm, mergeDuplicate } from "./demo/pothole.ts";
import { moscow, townOf, type Town } from "./demo/town.ts";
import { createLog } from "./log.ts";
import { start } from "./main.ts";
import { transcriptOf } from "./transcript.ts";

/** A Wednesday before the holidays of May, so that dates have something to explain. */
const FIRST_MINUTE = "2026-04-29T10:00";

const STORY: readonly ((town: Town) => Promise<void>)[] = [
  fileAndAsk,
  mergeDuplicate,
  answerTwice,
  disputeAndInspect,
  fixAndConfirm,
  refuseWithSuccessor,
  postpone,
  fixAndWait,
  rejectAndRepair,
  missTheDate,
];

/** Plays the story on a database and in chats of its own, and returns the transcript, chat by chat. */
export const playDemo = async (): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), "otklik-demo-"));
  const behindMs = Date.now() - moscow(FIRST_MINUTE).getTime();
  const running = await start(
    {
      telegram: { mode: "local" },
      database: { kind: "embedded", dir: dataDir },
      publicUrl: null,
      dataDir,
      photoBucket: null,
      host: "127.0.0.1",
      port: 0,
      roles: new Set(["bot", "web", "jobs"] as const),
      cityDir: join(import.meta.dirname, "../cities/kuntsevo"),
      adminIds: [],
      logLevel: "error",
    },
    createLog("error"),
    { now: () => new Date(Date.now() - behindMs), isHurried: true },
  );
  const transcript = (): string =>
    CHATS.map(([title, chatId]) =>
      transcriptOf(title, running.messenger?.messages(chatId) ?? [], "Europe/Moscow"),
    ).join("\n\n\n");
  try {
    const town = townOf(running);
    for (const chapter of STORY) await chapter(town);
    return transcript();
  } catch (error) {
    process.stderr.write(`${transcript()}\n`);
    throw error;
  } finally {
    await running.stop();
    await rm(dataDir, { recursive: true });
  }
};

const CHATS: readonly [string, number][] = [
  ["Мария Орлова", CAST.maria],
  ["Emma Clark", CAST.emma],
  ["Редакция", CAST.editors],
  ["Дмитрий Лебедев, Дорожная служба", CAST.dmitry],
  ["Жилслужба Кунцево", CAST.housing],
  ["Игорь Павлов, Жилслужба Кунцево", CAST.igor],
  ["Вера Кузнецова, руководитель", CAST.vera],
  ["Пётр Ильин, инспектор", CAST.pyotr],
  ["Ольга Громова, администратор", CAST.olga],
];

if (import.meta.main) process.stdout.write(`${await playDemo()}\n`);
