import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Sender } from '../../../main/answer/signed-order.ts';
import { openDeskChannel } from '../../../main/answer/ways/desk-channel.ts';
import { frameOf } from '../../../main/answer/ways/native-frames.ts';
import { serveBrowser } from '../../../main/station/order-host.ts';
import { random, temporaryFolder } from '../store/support.ts';

/* The packaged app as what a browser starts: it reaches the desk of its data folder, and ends with the browser's pipe. */

it('a packaged app that a browser started hands an order to the desk with the extension that the browser named', async () => {
  const directory = join(temporaryFolder());
  const asked: Sender[] = [];
  const channel = await openDeskChannel(
    directory,
    {
      ask: async (_, sender, hear) => {
        asked.push(sender);
        hear({ state: 'waiting', order: 'a', answer: null });
        return () => undefined;
      },
    },
    random,
  );
  onTestFinished(() => channel?.close());
  const origin = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/`;
  const input = new TransformStream<Uint8Array, Uint8Array>();
  const writer = input.writable.getWriter();
  const { promise, resolve } = Promise.withResolvers<string>();
  const done = serveBrowser(['--order-host', origin, '--parent-window=7', '--data', directory], {
    input: input.readable,
    write: (frame) => resolve(new TextDecoder().decode(frame.slice(4))),
  });
  await writer.write(frameOf({ order: 'a' }));
  expect(JSON.parse(await promise)).toEqual({ state: 'waiting', order: 'a', answer: null });
  expect(asked).toEqual([{ way: 'native-messaging', origins: [origin] }]);
  await writer.close();
  await done;
});
