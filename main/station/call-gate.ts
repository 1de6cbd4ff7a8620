import * as v from 'valibot';
import { type Arguments, type CallResult, type MethodName, methods } from '../../preload/contract.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { Log } from './log.ts';
import { originOf } from './page-origin.ts';

/** Who sent a call: the frame's address, and whether it is the main frame of one of our windows. */
export interface CallSender {
  readonly url: string;
  readonly mainFrame: boolean;
}

/** Every method that the contract has. */
export function methodNames(): readonly MethodName[] {
  return Object.keys(methods).filter((name): name is MethodName => name in methods);
}

/**
 * Answers one call of a page. The sender, the arguments and the answer are all checked; whatever goes wrong crosses as a
 * failure's code and fields.
 */
export async function answerCall<M extends MethodName>(
  around: { readonly answers: Answers; readonly pageOrigin: string; readonly log: Log },
  method: M,
  sender: CallSender | null,
  raw: readonly unknown[],
): Promise<CallResult<M>> {
  try {
    if (sender === null || !sender.mainFrame || originOf(sender.url) !== around.pageOrigin) {
      throw new Failure('call.sender');
    }
    const args = v.safeParse(methods[method].args, raw);
    // A tuple's schema passes over what stands behind its last member.
    if (!args.success || raw.length > methods[method].args.items.length)
      throw new Failure('call.malformed', { part: 'arguments' });
    // The schema of a method's arguments is the source of their type: the parse above is what makes this true.
    const given = around.answers[method](...(args.output as Arguments<M>));
    const answer = v.safeParse(methods[method].answer, await given);
    if (!answer.success) throw new Failure('call.malformed', { part: 'answer' });
    return { ok: true, value: answer.output as Awaited<typeof given> };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    around.log('call-failed', { method, code });
    return { ok: false, code, fields };
  }
}

// What tells of people: asked once more when it is told, since whoever asked may have left the desk meanwhile.
const telling: readonly MethodName[] = [
  'holders.find',
  'holders.inDirectory',
  'holders.byDigitalId',
  'records.list',
  'records.show',
];

/** The same answers, each given only after `admit` has let the call pass: what it throws is the answer. */
export function gated(answers: Answers, admit: (method: MethodName) => void): Answers {
  const gatedAnswer =
    (method: MethodName) =>
    (...args: readonly unknown[]): unknown => {
      admit(method);
      const answer = (answers[method] as (...given: readonly unknown[]) => unknown)(...args);
      if (!telling.includes(method)) return answer;
      return Promise.resolve(answer).then((told) => {
        admit(method);
        return told;
      });
    };
  return Object.fromEntries(methodNames().map((method) => [method, gatedAnswer(method)])) as unknown as Answers;
}
