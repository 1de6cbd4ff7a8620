import * as v from 'valibot';
import { failureCodes } from '../main/result/failure-codes.ts';
import { languages } from '../resources/texts/languages.ts';

/* What the parts of the contract are made of. */

export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const code = v.picklist(failureCodes);
/** A day, `YYYY-MM-DD`; what is none is told by whoever is asked. */
export const day = text(10);
export const list = <const Item extends v.GenericSchema>(item: Item, most: number) =>
  v.pipe(v.array(item), v.maxLength(most));
export const nothing = v.tuple([]);
export const done = v.null();

/** As certificates write it: two letters by the rule; three are met, and none. */
export const countryLetters = 3;
export const countryCode = text(countryLetters);
/** A country's names in the languages of the house; null where its code stands in no table. */
export const countryNames = v.nullable(v.object(v.entriesFromList(languages, text(200))));

export const purposeSchema = v.picklist([
  'renew-bankid',
  'large-transfer',
  'step-up',
  'new-customer',
  'replace-device',
  'collect-card',
  'age',
]);
export const verdictSchema = v.picklist(['accept', 'refer', 'reject']);

export const outcomeSchema = v.picklist(['go-on', 'refer', 'stop', 'abandoned']);

/** Why a list names nobody: nobody was chosen, the identity is protected, or what is kept does not say. Null where it names somebody. */
export const namelessSchema = v.nullable(v.picklist(['nobody', 'protected', 'unreadable']));
