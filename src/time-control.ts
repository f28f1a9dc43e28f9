/** Time travel for the chat page of local mode: so that one can play reminders, missed dates and windows that close. */
import type { Temporal } from "temporal-polyfill";
import { addWorkingDays } from "./city/calendar.ts";
import { cityDate, cityMoment, cityTime } from "./city/city-time.ts";
import { toDate, toInstant } from "./city/instant.ts";
import type { City } from "./city/schema.ts";
import type { PageTools } from "./local-telegram/index.ts";

/** City time of this program: where it stands, the first moment after it at which something comes due (null for none), and going there. */
export type CityTime = {
  now: () => Date;
  nextMoment: () => Promise<Date | null>;
  /** Does on the way whatever is due. */
  travelTo: (moment: Date) => Promise<void>;
};

/** The page's menu of leaps forward in city time. */
export const timeControl = (city: City, { now, nextMoment, travelTo }: CityTime): PageTools => {
  const leap = (to: (today: Temporal.PlainDate) => Temporal.PlainDate) => (): Promise<void> => {
    const from = now();
    return travelTo(cityMoment(city, to(cityDate(city, from)), cityTime(city, from)));
  };
  const moment = (locale: string): string =>
    new Intl.DateTimeFormat(locale, {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      timeZone: city.timeZone,
    }).format(now());
  return {
    title: { ru: "Перевести часы города вперёд", en: "Move the city's clock forward" },
    status: () => ({ ru: moment("ru"), en: moment("en-GB") }),
    tools: [
      {
        id: "next",
        label: { ru: "К следующему событию", en: "To the next event" },
        run: async () => travelTo((await nextMoment()) ?? now()),
      },
      {
        id: "hour",
        label: { ru: "+1 час", en: "+1 hour" },
        run: () => travelTo(toDate(toInstant(now()).add({ hours: 1 }))),
      },
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
