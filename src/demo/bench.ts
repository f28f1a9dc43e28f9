/** A rejection that is repaired: the reason says what is missing, everything else is still there. */
import type { Town } from "./town.ts";

/** Emma's words say too little; she puts them right in her language and sends the same report again. */
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
