/*
 * What somebody before a kiosk's camera may be asked to do, and what can come of it (docs/face.md). An active challenge in the sense of
 * ISO/IEC 30107-1: whoever only holds up a picture cannot know it before.
 */

/** Movements, named by the side of whoever moves. */
export const movements = ['turn-left', 'turn-right', 'closer'] as const;

/** Colours in which the screen lights a face. */
export const lights = ['amber', 'green', 'blue'] as const;

/** What came of a challenge. `not-measurable`: it could not be looked at, and nothing is known. */
export const challengeResults = ['answered', 'not-answered', 'not-measurable'] as const;

export type Movement = (typeof movements)[number];
export type Light = (typeof lights)[number];
export type ChallengeResult = (typeof challengeResults)[number];
