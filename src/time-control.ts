/** Time travel for the chat page of local mode: so that one can play reminders, missed dates and windows that close. */
import type { Temporal } from "temporal-polyfill";
import { addWorkingDays } from "./city/calendar.ts";
import { cityDate, cityMoment, cityTime } from "./city/city-time.ts";
import type { City } from "./city/schema.ts";
import type { PageTools } from "./local-telegram/index.ts";

/** The page's menu of leaps forward in city time; `travelTo` does on the way whatever is due. */
export const timeControl = (city: City, now: () => Date, travelTo: (moment: Date) => Promise<void>): PageTools => {
  const leap = (to: (today: Temporal.PlainDate) => Temporal.PlainDate) => (): Promise<void> => {
    const from = now();
    return travelTo(cityMoment(city, to(cityDate(city, from)), cityTime(city, from)));
  };
  const day = (locale: string): string =>
    new Intl.DateTimeFormat(locale, {
      weekday: "short",
      day: "numeric",
      month: "short",
      timeZone: city.timeZone,
    }).format(now());
  return {
    title: { ru: "Перевести часы города вперёд", en: "Move the city's clock forward" },
    status: () => ({ ru: day("ru"), en: day("en-GB") }),
    tools: [
      { id: "day", label: { ru: "+1 день", en: "+1 day" }, run: leap((today) => today.add({ days: 1 })) },
      {
        id: "working-day",
        label: { ru: "+1 рабочий день", en: "+1 working day" },
        run: leap((today) => addWorkingDays(city.calendar, today, 1).date),
      },
      { id: "week", label: { ru: "+1 неделя", en: "+1 week" }, run: leap((today) => today.add({ weeks: 1 })) },
    ],
  };
};
