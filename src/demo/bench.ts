/** A report that is rejected, put right and sent again, and a date that its agency lets pass. */
import type { Town } from "./town.ts";

/** Emma's words say too little; the reason says what is missing, and she sends the same report again, all the rest still there. */
export const rejectAndRepair = async ({ emma, editors, housing, until }: Town): Promise<void> => {
  await until("2026-06-15T11:00");
  await emma.sendPhotos(["bench-broken"], "Just look at this, please");
  await emma.say("bench");
  await emma.press("ench");
  await emma.sendLocation(55.7322, 37.4121);
  await emma.press("Send");
  await emma.hears(/number of your report is 4/);
  await editors.hears(/№ 4/);
  await editors.press("Отклонить…");
  await editors.press("Не получилось понять");
  await emma.hears(/No\. 4.*rejected/);
  await emma.press("Correct and send");
  await emma.press("What happened");
  await emma.hears(/Write the new description/);
  await emma.say("Two planks of the bench by entrance 2 are broken, one cannot sit on it");
  await emma.hears(/Please check/);
  await emma.press("Send");
  await editors.hears(/№ 4.*\n[\s\S]*Two planks/);
  await editors.press("Жилслужба Кунцево");
  await emma.hears(/No\. 4.*passed on to: Kuntsevo Housing Service/);
  await housing.hears(/№ 4/);
};

/** The agency is reminded and says nothing: Emma hears of it in the morning, and three working days later its head and the admins do. */
export const missTheDate = async ({ housing, emma, editors, vera, olga, until }: Town): Promise<void> => {
  await until("2026-06-26T08:00");
  await housing.hears(/№ 4[^]*Последний день: сегодня, 25 июня/);
  await housing.hears(/№ 4[^]*Срок прошёл 25 июня, ответа нет/);
  await editors.hears(/№ 4[^]*Без ответа до 30 июня включительно/);
  await emma.hears(/No\. 4.*was due by 25 June and has no answer[^]*the end of 30 June/);
  await until("2026-07-01T08:00");
  await vera.hears(/№ 4[^]*за три рабочих дня после него ответа не было/);
  await olga.hears(/№ 4[^]*за три рабочих дня после него ответа не было/);
};
