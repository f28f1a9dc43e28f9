import type { Photo } from "../form/draft.ts";
import type { AdditionKind } from "../report/addition.ts";
import type { Grounds } from "../report/voters.ts";
import type { Tx } from "../store/open.ts";
import type { Question } from "../store/queries/prompts.ts";
import { addAddition, extendAddition, getAddition } from "../store/writes/additions.ts";
import { answerPrompt } from "../store/writes/prompts.ts";

/** Longest words of one message that are kept with a vote or a verdict, in characters. */
export const WORDS_CHARACTERS = 1000;

/** The question that the words answer, and the message that brought them; `additionId` is what earlier messages brought. */
export type Answering = Pick<Question, "chatId" | "messageId" | "act" | "reportId" | "albumId" | "additionId"> & {
  answeredBy: number;
};

/** Words and photos of one message; `question` is null where nobody asked, as for a typed command. */
export type Told = { words: string | null; photos: readonly Photo[]; question: Answering | null };

/** Everything told so far for one thing; `additionId` is null while that is nothing. */
export type Gathered = Grounds & { additionId: number | null };

/** Adds what one message brought to what the question has got before; nothing told is lost because something is still missing. */
export const gatherWords = async (
  tx: Tx,
  { words, photos, question }: Told,
  addition: { reportId: number; kind: AdditionKind; authorId: number },
  now: Date,
): Promise<Gathered> => {
  const hasAny = words !== null || photos.length > 0;
  let additionId = question?.additionId ?? null;
  if (additionId !== null) await extendAddition(tx, { id: additionId, words, photos });
  else if (hasAny) additionId = await addAddition(tx, { ...addition, words, photos }, now);
  if (additionId === null) return { additionId, words: null, hasPhoto: false };
  const { words: said, photoCount } = await getAddition(tx, additionId);
  return { additionId, words: said, hasPhoto: photoCount > 0 };
};

/** Notes at the question what its answer became, and that it is answered; while something is missing it stays open. */
export const settleQuestion = async (
  tx: Tx,
  question: Answering | null,
  { additionId }: Gathered,
  isComplete: boolean,
): Promise<void> => {
  if (question === null) return;
  const { answeredBy, albumId } = question;
  await answerPrompt(tx, question, { answeredBy: isComplete ? answeredBy : null, albumId, additionId });
};
