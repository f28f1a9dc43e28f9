/** Where the demo's story happens: the program at work, its people at their phones, and a clock that can be moved on. */
import { CAST } from "../cast.ts";
import type { Running } from "../main.ts";
import { playerOf, type Player } from "../stage.ts";

/** Everybody who acts in the story, where they act. */
export type Town = Record<"maria" | "emma" | "dmitry" | "pyotr" | "vera" | "olga", Player> & {
  /** Анна in the editors' group. */
  editors: Player;
  /** Игорь in his agency's group, and alone with the bot, where an answer is written. */
  housing: Player;
  igor: Player;
  /** Moves the city to this minute of its wall clock, `2026-05-13T10:00`; what is due on the way happens. */
  until(minute: string): Promise<void>;
};

/** Moscow's distance from UTC, all year round. */
const MOSCOW = "+03:00";

/** The moment of a minute on the demo city's wall clock. */
export const moscow = (minute: string): Date => new Date(`${minute}:00${MOSCOW}`);

/** The story's people in a program that runs on its own messenger. */
export const townOf = ({ messenger, travelTo }: Pick<Running, "messenger" | "travelTo">): Town => {
  if (messenger === null) throw new Error("the story is played in the local messenger");
  return {
    maria: playerOf(messenger, CAST.maria),
    emma: playerOf(messenger, CAST.emma),
    dmitry: playerOf(messenger, CAST.dmitry),
    pyotr: playerOf(messenger, CAST.pyotr),
    vera: playerOf(messenger, CAST.vera),
    olga: playerOf(messenger, CAST.olga),
    editors: playerOf(messenger, CAST.anna, CAST.editors),
    housing: playerOf(messenger, CAST.igor, CAST.housing),
    igor: playerOf(messenger, CAST.igor),
    until: (minute) => travelTo(moscow(minute)),
  };
};
