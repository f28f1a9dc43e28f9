/** `npm run demo`: the whole story, played by the people of the local messenger against the real program, and its transcript. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CAST } from "./cast.ts";
import { createLog } from "./log.ts";
import { start } from "./main.ts";
import { playerOf } from "./stage.ts";
import { transcriptOf } from "./transcript.ts";

/** Plays the story on a database and in chats of its own, and returns the transcript, chat by chat. */
export const playDemo = async (): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), "otklik-demo-"));
  const running = await start(
    {
      telegram: { mode: "local" },
      database: { kind: "embedded", dir: dataDir },
      publicUrl: null,
      dataDir,
      host: "127.0.0.1",
      port: 0,
      roles: new Set(["bot", "web", "jobs"] as const),
      cityDir: join(import.meta.dirname, "../cities/kuntsevo"),
      adminIds: [],
      logLevel: "error",
    },
    createLog("error"),
  );
  try {
    const { messenger } = running;
    if (messenger === null) throw new Error("the demo plays in the local messenger");
    const maria = playerOf(messenger, CAST.maria);
    const emma = playerOf(messenger, CAST.emma);
    const anna = playerOf(messenger, CAST.anna, CAST.editors);

    await maria.say("/start");
    await maria.hears(/Здравствуйте/);
    await maria.press("Даю согласие");
    await maria.hears(/Что случилось/);
    await maria.sendPhotos(["pothole"], "Огромная яма, вчера пробил колесо");
    await maria.hears(/Это про/);
    await maria.press("Ямы и выбоины на дороге");
    await maria.hears(/Где/);
    await maria.sendLocation(55.73, 37.41);
    await maria.hears(/Проверьте/);
    await maria.press("Отправить");
    await maria.hears(/принято/);
    await anna.hears(/№ 1/);
    await anna.press("Дорожная служба");
    await maria.hears(/Дорожная служба/);

    await emma.say("/start");
    await emma.hears(/Hello/);
    await emma.press("I agree");
    await emma.hears(/happened|matter/);
    await emma.say("Dark yard, the lamp has not worked for three days");
    await emma.hears(/./);
    const chats = {
      "Мария Орлова": CAST.maria,
      "Emma Clark": CAST.emma,
      "Анна Соколова": CAST.anna,
      Редакция: CAST.editors,
    };
    return Object.entries(chats)
      .map(([title, chatId]) => transcriptOf(title, messenger.messages(chatId)))
      .join("\n\n\n");
  } finally {
    await running.stop();
    await rm(dataDir, { recursive: true });
  }
};

if (import.meta.main) process.stdout.write(`${await playDemo()}\n`);
