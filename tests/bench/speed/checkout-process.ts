import { inspectionActs } from './acts-inspection.ts';
import { recordActs } from './acts-records.ts';
import { trustActs } from './acts-trust.ts';
import type { ActAnswer, ActCall } from './checkout.ts';

/*
 * `checkout-process.ts DIR`: does with the modules of the checkout DIR what it is told by messages, one act after the other, and
 * answers with what each computed. A process for each checkout: what one has compiled and collected is not the other's.
 */

const [checkout = ''] = process.argv.slice(2);
const acts: Readonly<Record<string, (...args: never[]) => unknown>> = {
  ...inspectionActs(checkout),
  ...recordActs(checkout),
  ...trustActs(checkout),
};

async function answerTo({ name, args }: ActCall): Promise<ActAnswer> {
  try {
    return { value: await acts[name]?.(...(args as never[])) };
  } catch (thrown) {
    return { error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}

process.on('message', (call: ActCall) => void answerTo(call).then((answer) => process.send?.(answer)));
process.once('disconnect', () => process.exit(0));
