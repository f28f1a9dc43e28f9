import { toKey } from "./fold.ts";

/** What search needs to know of a language; one without an entry is still matched by beginnings and typos. */
type Language = { readonly script: RegExp; readonly stop: ReadonlySet<string>; readonly endings: RegExp };

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Endings are cut roughly, the same way from what is asked and what is found; what matters is that forms of a word meet. */
const LANGUAGES: readonly Language[] = [
  {
    script: /[а-яё]/,
    stop: words(
      "а без бы был была было были быть в вас ваш во вот все всё вы где да для до его ее еще ещё если есть ж же за и из или им их к как когда ко кто ли мне мой моя мои мы на над нам нас наш наша наше наши не ни но ну о об он она они от очень по под помогите пожалуйста при про прошу с сам сегодня сейчас со так там то только тут ты у уже чем что чтобы эта эти это этот я здравствуйте добрый день привет спасибо",
    ),
    // After the verb and adjective endings three letters must remain, or «свет» would become «св»; nouns may be as short as «яма».
    endings:
      /(?<=.{3})(?:иями|ией|иям|иях|его|ого|ему|ому|ыми|ими|ется|ются|ится|ятся|алась|ались|алось|ался|илась|ились|ился|ете|ите|ешь|ишь|ает|яет|ают|яют|ала|ало|али|ила|ило|или|ена|ены|ено|ать|ять|ить|еть|ая|яя|ое|ее|ые|ие|ый|ий|ет|ит|ут|ют|ят|ат|ал|ил|ся|сь)$|(?<=.{2})(?:ями|ами|ой|ей|ом|ем|ам|ям|ах|ях|ов|ев|ую|юю|ою|ею|ия|ья|ию|ью|ы|и|а|я|о|е|у|ю|ь|й)$/,
  },
  {
    script: /[a-z]/,
    stop: words(
      "a an and are as at be but by can do does doesn for from has have here i in is isn it its me my near next of off on or our please t that the there this to very was we with you your",
    ),
    endings: /(?<=.{3})(?:ations?|ings?|edly|ed|ies|es|s|ly|e|y)$/,
  },
];

/** The key of the word without its ending, or null for a word that means nothing by itself. */
export const stemOf = (word: string): string | null => {
  const language = LANGUAGES.find(({ script }) => script.test(word));
  if (!language) return toKey(word);
  if (language.stop.has(word)) return null;
  return toKey(word.replace(language.endings, ""));
};
