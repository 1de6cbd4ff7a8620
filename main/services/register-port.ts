import * as v from 'valibot';
import { asFailure } from '../result/failure.ts';
import { type RegisterAnswer, type RegisterQuestion, registerAnswers } from '../verification/register-check.ts';
import { type Asking, askService } from './asking.ts';

/** The register of valid and blocked documents, for a bank that has an agreement: docs/openapi/register.json. */
export interface RegisterPort {
  /** Never throws for what the service does: that is in the answer, and is never *valid*. */
  ask(question: RegisterQuestion, at: string): Promise<RegisterAnswer>;
}

const answerSchema = v.strictObject({
  status: v.picklist(registerAnswers),
  documentNumber: v.pipe(v.string(), v.maxLength(40)),
});

/** The port over https. The answer repeats the number of the document that it is about. */
export function registerPort(asking: Asking): RegisterPort {
  return {
    ask: async (question, at) => {
      const answered = { by: 'service', person: null, at, documentNumber: question.documentNumber } as const;
      const { documentNumber, personalNumber, expiry } = question;
      try {
        const told = await askService(asking, {
          path: 'validity',
          body: { documentNumber, personalNumber, validTo: expiry },
          answer: answerSchema,
        });
        if (told.documentNumber !== documentNumber)
          return { ...answered, answer: { failed: 'service.answer-malformed' } };
        return { ...answered, answer: told.status };
      } catch (thrown) {
        return { ...answered, answer: { failed: asFailure(thrown).code } };
      }
    },
  };
}
