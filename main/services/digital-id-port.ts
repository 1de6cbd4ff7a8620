import * as v from 'valibot';
import { Failure } from '../result/failure.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import { type Asking, askService } from './asking.ts';
import { personName } from './person-text.ts';

/** The person whom a digital identity card named when it was verified, and when that was. */
export interface DigitalIdPerson {
  readonly personalNumber: string;
  readonly givenNames: string;
  readonly surname: string;
  /** By the service's clock, ISO 8601 with `Z`. */
  readonly verifiedAt: string;
}

/** The bank's service that verifies BankID's digital identity card: docs/openapi/digital-id.json. */
export interface DigitalIdPort {
  /**
   * What the code that was scanned just now says. Kept by nobody: a code is shown once and soon another. Fails with
   * `bankid-card.not-valid` where the service does not stand for it, and as `askService` does.
   */
  verify(content: string): Promise<DigitalIdPerson>;
}

const answerSchema = v.variant('status', [
  v.strictObject({
    status: v.literal('verified'),
    person: v.strictObject({
      personalNumber: v.pipe(v.string(), v.regex(/^[0-9]{12}$/)),
      givenNames: personName,
      surname: personName,
    }),
    verifiedAt: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/)),
  }),
  v.strictObject({ status: v.picklist(['expired', 'revoked', 'used', 'unknown']) }),
]);

const day = (instant: string): PlainDate | null => parsePlainDate(instant.slice(0, 10));

/** The port over https. */
export function digitalIdPort(asking: Asking): DigitalIdPort {
  return {
    verify: async (content) => {
      const told = await askService(asking, { path: 'verify', body: { content }, answer: answerSchema });
      if (told.status !== 'verified') throw new Failure('bankid-card.not-valid', { status: told.status });
      if (day(told.verifiedAt) === null) throw new Failure('service.answer-malformed', { reason: 'not as agreed' });
      return { ...told.person, verifiedAt: told.verifiedAt };
    },
  };
}
