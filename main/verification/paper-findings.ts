/** What staff look at, in the order in which they are asked. */
export const paperParts = ['feel', 'security', 'signature'] as const;
export type PaperPart = (typeof paperParts)[number];

/**
 * What staff found: `right`, `wrong`, `unsure`, or `none` where the document has no such thing (a child's has no signature).
 * A part that is missing was not looked at.
 */
export const paperFindings = ['right', 'wrong', 'unsure', 'none'] as const;
export type PaperAnswer = Readonly<Partial<Record<PaperPart, (typeof paperFindings)[number]>>>;
