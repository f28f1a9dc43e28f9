import { describe, expect, test } from "vitest";
import { lacksOf, voterOf, type VoterTies } from "../../../src/report/voters.ts";
import { hoursAfter, NOON } from "../../support/people.ts";

const nobody: VoterTies = {
  isAuthor: false,
  followsSince: null,
  isInvited: false,
  isInspector: false,
  isOfficerOfAgency: false,
  isPublisher: false,
  hasRecordedWord: false,
};
const before = hoursAfter(NOON, -1);
const after = hoursAfter(NOON, 1);

const CASES: Record<string, [ties: Partial<VoterTies>, voice: string]> = {
  "the author": [{ isAuthor: true }, "author"],
  "a follower from before the answer": [{ followsSince: before }, "follower"],
  "a follower from the moment it was sent": [{ followsSince: NOON }, "joined_late"],
  "a follower from after the answer": [{ followsSince: after }, "joined_late"],
  "an invited volunteer": [{ isInvited: true }, "volunteer"],
  "an inspector": [{ isInspector: true }, "inspector"],
  "a stranger": [{}, "no_voter"],
  "an officer of the agency": [{ isOfficerOfAgency: true }, "agency_staff"],
  "an officer of the agency who is the author": [{ isOfficerOfAgency: true, isAuthor: true }, "agency_staff"],
  "an officer of the agency who is an inspector, too": [{ isOfficerOfAgency: true, isInspector: true }, "agency_staff"],
  "the editor who published it": [{ isPublisher: true }, "publisher"],
  "the editor who published it and follows it": [{ isPublisher: true, followsSince: before }, "publisher"],
  "the editor who published it and is invited": [{ isPublisher: true, isInvited: true }, "publisher"],
  "the operator who wrote down the author's word and follows it": [
    { hasRecordedWord: true, followsSince: before },
    "recorded_word",
  ],
  "an inspector who wrote down the author's word": [{ hasRecordedWord: true, isInspector: true }, "recorded_word"],
  "an author who was merged in and follows": [{ isAuthor: true, followsSince: before }, "author"],
  "an invited neighbour who follows from before": [{ isInvited: true, followsSince: before }, "follower"],
  "an invited neighbour who followed too late": [{ isInvited: true, followsSince: after }, "volunteer"],
  "an inspector who is invited as a neighbour": [{ isInspector: true, isInvited: true }, "inspector"],
  "an inspector who followed too late": [{ isInspector: true, followsSince: after }, "inspector"],
};

describe("a voice on an answer", () => {
  test.for(Object.entries(CASES))("%s", ([, [ties, voice]]) => {
    const voter = voterOf({ ...nobody, ...ties }, NOON);
    expect(voter.ok ? voter.kind : voter.why).toBe(voice);
  });
});

describe("a refutation", () => {
  test.for([
    ["author", "слова", false, null],
    ["author", null, true, null],
    ["author", null, false, "words_or_photo"],
    ["follower", "слова", false, null],
    ["follower", null, false, "words_or_photo"],
    ["inspector", "слова", false, null],
    ["inspector", null, false, "words_or_photo"],
    ["volunteer", "слова", false, "photo"],
    ["volunteer", null, true, null],
    ["volunteer", "слова", true, null],
  ] as const)("by %s with words %s and a photo %s lacks %s", ([kind, words, hasPhoto, lacks]) => {
    expect(lacksOf(kind, { words, hasPhoto })).toBe(lacks);
  });
});
