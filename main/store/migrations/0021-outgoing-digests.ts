/** The digest of an answer stays when the answer is erased with its record: the next one is delivered behind it all the same. */
export const outgoingDigests = `
ALTER TABLE outgoing_answers ADD COLUMN digest TEXT;
`;
