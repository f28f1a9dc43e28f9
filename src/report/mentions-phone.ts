/** A Russian number however it is parted, or any international one with its plus; house numbers, prices and dates are shorter. */
const PHONE = /(?<![\d+])(?:\+?7|8)(?:[\s().-]*\d){10}(?!\d)|\+\d(?:[\s().-]*\d){8,14}(?!\d)/;

/** Whether there seems to be a phone number in somebody's words, which an editor should look at before everybody does. */
export const mentionsPhone = (words: string): boolean => PHONE.test(words);
