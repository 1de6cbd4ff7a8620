import * as v from 'valibot';
import { asFailure } from '../../result/failure.ts';
import { readStrictJson } from '../../result/strict-json.ts';
import { askDesk } from './desk-channel.ts';
import type { Reply } from './exchange.ts';
import { frameOf, framesIn } from './native-frames.ts';

const originForm = /^chrome-extension:\/\/[a-p]{32}\/$/;

// `page` is the page that the extension speaks for, as its `sender.origin` says; `id` comes back with each reply.
const messageSchema = v.strictObject({
  id: v.optional(v.union([v.pipe(v.string(), v.maxLength(100)), v.number()])),
  order: v.string(),
  page: v.optional(v.pipe(v.string(), v.maxLength(300))),
});

/** The browser named no extension; what it handed over is no message with an order. */
const nobodyNamed: Reply = { state: 'refused', code: 'order.sender-refused', reason: 'extension' };
const noOrder: Reply = { state: 'refused', code: 'order.malformed', reason: 'message' };

/** Where the program stands: between the browser that started it and the desk of this data folder. */
export interface NativeHost {
  readonly directory: string;
  /** The program's arguments: the browser puts the extension that asks among them, and on Windows its window's handle. */
  readonly argv: readonly string[];
  readonly input: AsyncIterable<Uint8Array>;
  readonly write: (frame: Uint8Array) => void;
}

/**
 * Hands orders of a browser's extension to the desk and its replies back, until the browser closes the pipe. Which extension it is
 * says the browser that started us, not the message. It holds no key and judges nothing.
 */
export async function runNativeHost({ directory, argv, input, write }: NativeHost): Promise<void> {
  const origin = argv.find((word) => originForm.test(word)) ?? null;
  const ends = new Set<() => void>();
  try {
    for await (const frame of framesIn(input)) {
      if ('tooLarge' in frame) {
        write(frameOf({ state: 'refused', code: 'order.too-large' }));
        return;
      }
      const read = readStrictJson(frame.message);
      const message = 'refused' in read ? null : v.safeParse(messageSchema, read.value);
      if (message?.success !== true || origin === null) {
        const refusal = origin === null ? nobodyNamed : noOrder;
        write(frameOf(refusal));
        continue;
      }
      const { id, order, page } = message.output;
      const say = (reply: Reply): void => write(frameOf(id === undefined ? reply : { id, ...reply }));
      const asking = askDesk(directory, { origins: page === undefined ? [origin] : [origin, page], order }, say);
      ends.add(asking.end);
      void asking.done
        .catch((thrown: unknown) => say({ state: 'refused', code: asFailure(thrown).code }))
        .finally(() => ends.delete(asking.end));
    }
  } finally {
    for (const end of ends) end();
  }
}
