import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { readerAdvice } from '../main/result/reader-advice.ts';
import { nothing, text } from './contract-parts.ts';

/* The station's readers, as the office asks of them: a part of the contract (`contract.ts`). */

const name = text(longest.readerName);

/** What answered a test of a reader, and when: a travel document, a card that is none, or one that does not say. */
export const readerTestSchema = v.object({
  reader: name,
  at: text(30),
  found: v.picklist(['document', 'other-card', 'unclear']),
});

/** The calls of this part. */
export const readerMethods = {
  /** The readers that are there, with what is known of each: texts `readers/advice/...` by name. */
  'readers.known': {
    args: nothing,
    answer: v.array(v.object({ name, advice: v.array(v.picklist(readerAdvice)) })),
  },
  /**
   * Asks what lies on the reader of this name whether it is a travel document; nothing of it is read. Fails with `case.busy` while a case
   * is open, `reader.not-found`, `card.absent`, and as the readers and the card do.
   */
  'readers.test': { args: v.tuple([name]), answer: readerTestSchema },
} as const;
