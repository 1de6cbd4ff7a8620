import * as v from 'valibot';
import { type Arguments, type CallResult, type MethodName, methods } from '../../preload/contract.ts';
import { most } from '../result/bounds.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import type { Log } from './log.ts';
import { originOf } from './page-origin.ts';

/** Who sent a call: the frame's address, and whether it is the main frame of one of our windows. */
export interface CallSender {
  readonly url: string;
  readonly mainFrame: boolean;
}

/** How a call of a page ended. */
type Told<Value> =
  | { readonly ok: true; readonly value: Value }
  | (Pick<Failure, 'code' | 'fields'> & { readonly ok: false });

/**
 * Lets so many calls of one page be under way at one time and refuses those beyond with `call.too-many`: a page that was taken
 * over may ask without end, and each call that waits holds memory. A flood is one line of the log.
 */
export function boundedCalls(log: Log, mostAtOnce: number = most.callsAtOnce) {
  let underWay = 0;
  let flooded = false;
  return async <Value>(answer: () => Promise<Told<Value>>): Promise<Told<Value>> => {
    if (underWay >= mostAtOnce) {
      if (!flooded) log('calls-flooded', { most: mostAtOnce });
      flooded = true;
      return { ok: false, code: 'call.too-many', fields: {} };
    }
    underWay += 1;
    try {
      return await answer();
    } finally {
      underWay -= 1;
      flooded &&= underWay > 0;
    }
  };
}

/** Every method that the contract has. */
export function methodNames(): readonly MethodName[] {
  return Object.keys(methods).filter((name): name is MethodName => name in methods);
}

/** One method of a contract: the schema of its arguments, a tuple, and of its answer. */
interface MethodSchemas {
  readonly args: v.TupleSchema<v.TupleItems, undefined>;
  readonly answer: v.GenericSchema;
}

/** A call as it arrived: its method by name, who sent it, and what was given. */
export interface RawCall {
  readonly method: string;
  readonly sender: CallSender | null;
  readonly raw: readonly unknown[];
}

/**
 * Answers one call of a page of that origin. The sender, the arguments and the answer are all checked; whatever goes wrong
 * crosses as a failure's code and fields.
 */
export async function answerChecked<Schemas extends MethodSchemas>(
  around: { readonly pageOrigin: string; readonly log: Log },
  { method, sender, raw }: RawCall,
  schemas: Schemas,
  give: (args: v.InferOutput<Schemas['args']>) => unknown,
): Promise<Told<v.InferOutput<Schemas['answer']>>> {
  try {
    if (sender === null || !sender.mainFrame || originOf(sender.url) !== around.pageOrigin) {
      throw new Failure('call.sender');
    }
    const args = v.safeParse(schemas.args, raw);
    // A tuple's schema passes over what stands behind its last member.
    if (!args.success || raw.length > schemas.args.items.length)
      throw new Failure('call.malformed', { part: 'arguments' });
    const answer = v.safeParse(schemas.answer, await give(args.output as v.InferOutput<Schemas['args']>));
    if (!answer.success) throw new Failure('call.malformed', { part: 'answer' });
    return { ok: true, value: answer.output as v.InferOutput<Schemas['answer']> };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    around.log('call-failed', { method, code });
    return { ok: false, code, fields };
  }
}

/** Answers one call of the desk's page. */
export function answerCall<M extends MethodName>(
  around: { readonly answers: Answers; readonly pageOrigin: string; readonly log: Log },
  method: M,
  sender: CallSender | null,
  raw: readonly unknown[],
): Promise<CallResult<M>> {
  // The schema of a method's arguments is the source of their type: parsing is what makes this true.
  const give = (args: unknown) => around.answers[method](...(args as Arguments<M>));
  return answerChecked(around, { method, sender, raw }, methods[method], give) as Promise<CallResult<M>>;
}

// What tells of people: asked once more when it is told, since whoever asked may have left the desk meanwhile.
const telling: readonly MethodName[] = [
  'holders.find',
  'holders.inDirectory',
  'holders.byDigitalId',
  'records.search',
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
