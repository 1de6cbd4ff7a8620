import * as v from 'valibot';
import { callJson, type HttpsAround } from '../machine/https-call.ts';
import type { HttpsService } from '../machine/https-service.ts';
import { Failure } from '../result/failure.ts';

/** How a port asks: the service, what a call may cost, and a fresh name for each question. */
export interface Asking {
  readonly service: HttpsService;
  readonly around: HttpsAround;
  readonly newQuestionId: () => string;
}

/**
 * Posts one question and holds the answer to its schema. The answer repeats the question's own name, so that one that was kept by
 * somebody on the way, or meant for another, counts for nothing. Fails as `callHttps` does, and with
 * `service.answer-malformed` where the answer is not as its OpenAPI file says.
 */
export async function askService<const Schema extends v.GenericSchema>(
  { service, around, newQuestionId }: Asking,
  { path, body, answer }: { readonly path: string; readonly body: object; readonly answer: Schema },
): Promise<v.InferOutput<Schema>> {
  const questionId = newQuestionId();
  const told = await callJson(service, { method: 'POST', path, body: { ...body, questionId } }, around);
  const { host } = new URL(service.address);
  const named = v.safeParse(v.looseObject({ questionId: v.literal(questionId) }), told);
  if (!named.success) throw new Failure('service.answer-malformed', { host, reason: 'an answer to another question' });
  const { questionId: _same, ...content } = named.output;
  const parsed = v.safeParse(answer, content);
  // What the schema says quotes the answer, which is about a person.
  if (!parsed.success) throw new Failure('service.answer-malformed', { host, reason: 'not as agreed' });
  return parsed.output;
}
