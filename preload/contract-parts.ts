import * as v from 'valibot';
import { failureCodes } from '../main/result/failure-codes.ts';

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
