/** A report that changes hands: refused with a successor, handed over, postponed once, fixed, and closed when its window ends. */
import type { Town } from "./town.ts";

/** The road service is asked first, says whose it is, and the report is there at once. */
export const refuseWithSuccessor = async ({ maria, editors, dmitry, housing, until }: Town): Promise<void> => {
  await until("2026-05-18T09:30");
  await maria.sendPhotos(["bins-overflowing"], "Мусор от контейнеров завалил весь тротуар");
  await maria.press("Неубранная дорога или тротуар");
  await maria.sendLocation(55.7331, 37.4102);
  await maria.press("Отправить");
  await maria.hears(/Номер вашего сообщения — 3/);
  await editors.hears(/№ 3/);
  await editors.press("Дорожная служба");
  await dmitry.hears(/№ 3/);
  await dmitry.reply(/№ 3/, "Это контейнерная площадка двора, её убирает жилищная служба");
  await dmitry.press("Это не наше");
  await dmitry.hears(/Чьё это/);
  await dmitry.say("Кунцево");
  await dmitry.press("Отправить");
  await maria.hears(/№ 3.*передано другой службе: Жилищная служба района Кунцево/);
  await housing.hears(/№ 3/);
};

/** The housing service needs a new bin and more days; an editor agrees, and both dates stay public. */
export const postpone = async ({ housing, igor, editors, maria, until }: Town): Promise<void> => {
  await until("2026-05-20T12:00");
  await housing.reply(/№ 3/, "Площадку убрали, но нужен ещё один бак: его привезут 3 июня");
  await igor.press("Сделаем позже");
  await igor.hears(/До какого дня/);
  await igor.say("до 3 июня");
  await igor.press("Отправить");
  await editors.hears(/№ 3.*просят перенести/);
  await editors.press("Перенести на");
  await maria.hears(/№ 3.*срок перенесён с 28 мая на 3 июня/);
};

/** Fixed in time; only its author looks, and her word is enough when the ten days are over. */
export const fixAndWait = async ({ housing, igor, editors, maria, until }: Town): Promise<void> => {
  await until("2026-06-02T14:00");
  await housing.reply(/№ 3/, "Поставили второй бак, тротуар чистый", ["bins-emptied"]);
  await igor.press("Устранено");
  await igor.press("Отправить");
  await editors.hears(/№ 3.*ответ на проверке/);
  await editors.press("Опубликовать");
  await maria.hears(/№ 3.*служба пишет/);
  await maria.press("✅ Устранено");
  await maria.hears(/№ 3: спасибо, ваш голос учтён/);
  await until("2026-06-13T10:00");
  await maria.hears(/№ 3.*закрыто: устранено/);
};
