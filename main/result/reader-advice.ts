/** What staff are told about a reader: the text `readers/advice/...` of that name. */
export const readerAdvice = ['acr122', 'acsExtended', 'macosDriver', 'virtual'] as const;
export type ReaderAdvice = (typeof readerAdvice)[number];
