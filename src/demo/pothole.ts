/** The whole loop: filed → question → accepted → joined by another → returned → published → disputed → inspected → fixed → confirmed by two. */
import type { Town } from "./town.ts";

/** Мария reports a pothole; an editor asks where exactly and sends it to the road service. */
export const fileAndAsk = async ({ maria, editors }: Town): Promise<void> => {
  await maria.say("/start");
  await maria.hears(/Здравствуйте/);
  await maria.press("Даю согласие");
  await maria.hears(/Что случилось/);
  await maria.sendPhotos(["pothole"], "Огромная яма, вчера пробил колесо");
  await maria.press("Ямы и выбоины на дороге");
  await maria.hears(/Где это/);
  await maria.sendLocation(55.7305, 37.4165);
  await maria.press("Отправить");
  await maria.hears(/Номер вашего сообщения — 1/);

  await editors.hears(/№ 1/);
  await editors.press("Спросить…");
  await editors.press("Своими словами");
  await editors.reply(/Что спросить/, "В какой полосе яма, если ехать от метро?");
  await maria.hears(/у редактора вопрос/);
  await maria.say("В правой, сразу за остановкой");
  await editors.hears(/В правой, сразу за остановкой/);
  await editors.press("Дорожная служба");
  await maria.hears(/передано: Дорожная служба/);
};

/** Emma reports the same hole; what she is offered she does not recognise, so an editor merges the two. */
export const mergeDuplicate = async ({ emma, editors }: Town): Promise<void> => {
  await emma.say("/start");
  await emma.hears(/Hello/);
  await emma.press("I agree");
  await emma.hears(/happened/);
  await emma.sendPhotos(["pothole"], "Deep hole in the right lane by the bus stop");
  await emma.press("Potholes in the road");
  await emma.hears(/Where is it/);
  await emma.sendLocation(55.7306, 37.4167);
  await emma.press("something else");
  await emma.press("Send");
  await emma.hears(/number of your report is 2/);
  await editors.press("Объединить с № 1");
  await emma.hears(/merged/);
};

/** The first answer shows another place and is returned; the second is published and does not hold. */
export const answerTwice = async ({ dmitry, editors, maria, emma, until }: Town): Promise<void> => {
  await until("2026-05-06T11:00");
  await dmitry.reply(/№ 1/, "Яма засыпана", ["facade-clean"]);
  await dmitry.press("Устранено");
  await dmitry.press("Отправить");
  await editors.hears(/№ 1.*ответ на проверке/);
  await editors.press("Вернуть…");
  await editors.press("Своими словами…");
  await editors.reply(/Почему вернуть ответ по № 1/, "На фото не дорога. Нужен снимок того же места.");
  await dmitry.hears(/Нужен снимок того же места/);

  await until("2026-05-07T16:00");
  await dmitry.reply(/№ 1/, "Яму засыпали щебнем", ["pavement-sanded"]);
  await dmitry.press("Устранено");
  await dmitry.press("Отправить");
  await editors.hears(/№ 1.*ответ на проверке/);
  await editors.press("Опубликовать");
  await maria.hears(/служба пишет, что проблема устранена/);
  await emma.hears(/№|No\. 1/);
};

/** Мария sees the gravel washed out; an inspector looks and sends it back with half the days. */
export const disputeAndInspect = async ({ maria, pyotr, dmitry, until }: Town): Promise<void> => {
  await until("2026-05-08T18:30");
  await maria.press("Не устранено");
  await maria.hears(/Что не так/);
  await maria.sendPhotos(["pothole"], "Щебень вымыло первым же дождём");
  await maria.hears(/на контроле/);
  await pyotr.hears(/№ 1.*оспорен/);
  await until("2026-05-12T12:00");
  await pyotr.press("Не устранено, вернуть службе");
  await pyotr.hears(/что осталось сделать/);
  await pyotr.sendPhotos(["pothole"], "Щебня нет, яма на месте. Нужен асфальт.");
  await maria.hears(/возвращено в работу/);
  await dmitry.hears(/круг 2/);
};

/** The third answer is asphalt; Мария and Emma confirm, and that closes it. */
export const fixAndConfirm = async ({ dmitry, editors, maria, emma, until }: Town): Promise<void> => {
  await until("2026-05-15T15:00");
  await dmitry.reply(/№ 1/, "Уложили асфальт, движение открыто", ["pothole-repaired"]);
  await dmitry.press("Устранено");
  await dmitry.press("Отправить");
  await editors.hears(/№ 1.*ответ на проверке/);
  await editors.press("Опубликовать");
  await maria.hears(/служба пишет, что проблема устранена/);
  await maria.press("✅ Устранено");
  await maria.hears(/ваш голос учтён/);
  await emma.press("Fixed");
  await maria.hears(/закрыто: устранено/);
};
