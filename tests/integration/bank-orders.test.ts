import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bankFile, bankSigner, orderClaims, orderToken, verifiedAnswer } from '../support/bank-side.ts';
import { runHere, startStyrk, styrk, temporaryFolder } from '../support/side-door.ts';

/*
 * Orders of a bank's system and the answers to them through processes of their own: what a browser starts (native messaging, by
 * its frames), a drop folder, the process that takes orders in, and the one that has the case. The bank's side is node:crypto.
 */

const extension = 'abcdefghijklmnop'.repeat(2);
const origin = `chrome-extension://${extension}/`;
const typ = 'styrk-training-answer+jwt';

/** What a browser does with the program: starts it with the extension's origin, writes a frame, reads frames. */
function browser(program: string) {
  const child = spawn(program, [origin], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const frames: Record<string, unknown>[] = [];
  let waiting = Buffer.alloc(0);
  let wake = (): void => undefined;
  child.stdout.on('data', (part: Buffer) => {
    waiting = Buffer.concat([waiting, part]);
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32LE(0)) {
      const end = 4 + waiting.readUInt32LE(0);
      frames.push(JSON.parse(waiting.subarray(4, end).toString()));
      waiting = waiting.subarray(end);
    }
    wake();
  });
  return {
    ended: new Promise((resolve) => child.once('close', resolve)),
    say: (message: object) => {
      const json = Buffer.from(JSON.stringify(message));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(json.length);
      child.stdin.write(Buffer.concat([length, json]));
    },
    close: () => child.stdin.end(),
    nth: async (place: number) => {
      while (frames.length < place)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return frames[place - 1];
    },
  };
}

async function fileIn(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await new Promise<void>((resolve) => {
    const watcher = watch(folder, () => existsSync(path) && resolve());
    onTestFinished(() => watcher.close());
    if (existsSync(path)) resolve();
  });
  return readFileSync(path, 'utf8');
}

test('an order by native messaging and one by a drop folder: each is waited for, has its case, and is answered', async () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const drop = join(folder, 'drop');
  mkdirSync(join(drop, 'orders'), { recursive: true });
  mkdirSync(join(drop, 'answers'));
  const signer = bankSigner();
  const bank = join(folder, 'bank.json');
  writeFileSync(
    bank,
    bankFile(signer, {
      ways: ['native-messaging', 'folder'],
      origins: [origin, 'https://teller.bank.example'],
      folder: drop,
    }),
  );
  const run = (argv: readonly string[]) => styrk([...argv, '--training', '--data', data]);
  expect((await run(['station', 'set', 'attended'])).status).toBe(0);
  const added = await runHere([
    'banks',
    'add',
    bank,
    '--by',
    'A. Berg',
    '--by',
    'C. Dahl',
    '--audience',
    'exempelbanken',
    '--training',
    '--data',
    data,
  ]);
  expect(added.status).toBe(0);
  const { keys } = (await run(['banks', 'list', '--json'])).json();
  const install = ['order', 'install-host', '--browser', 'chromium', '--extension', extension, '--to', folder];
  const installed = await styrk([...install, '--json', '--training', '--data', data], { HOME: folder });
  const { program, manifest } = installed.json();
  expect(manifest.startsWith(folder)).toBe(true);
  expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ path: program, allowed_origins: [origin] });

  const serving = startStyrk(['order', 'serve', '--training', '--data', data, '--json']);
  onTestFinished(() => void serving.child.kill());
  const opened = await serving.printed((text) => text.endsWith('\n'));
  expect(JSON.parse(opened)).toEqual({ browsers: true, folders: [drop], services: [] });

  const at = Math.floor(Date.now() / 1000);
  const tokenOf = (jti: string) => orderToken(signer, orderClaims(at, { jti }));
  const page = browser(program);
  page.say({ id: 1, order: tokenOf('native'), page: 'https://thief.example' });
  expect(await page.nth(1)).toEqual({ id: 1, state: 'refused', code: 'order.sender-refused', reason: 'page' });
  page.say({ id: 2, order: tokenOf('native'), page: 'https://teller.bank.example' });
  expect(await page.nth(2)).toEqual({ id: 2, state: 'waiting', order: 'native', answer: null });
  writeFileSync(join(drop, 'orders', 'folder.part'), tokenOf('folder'));
  renameSync(join(drop, 'orders', 'folder.part'), join(drop, 'orders', 'folder.jws'));

  const verify = (jti: string) => {
    const path = join(folder, `${jti}.jws`);
    writeFileSync(path, tokenOf(jti));
    return run([
      'verify',
      '--specimen',
      'se-passport',
      '--holder',
      'asa',
      '--purpose',
      'renew-bankid',
      '--face',
      'same',
      '--order',
      path,
      '--json',
    ]);
  };
  expect((await verify('folder')).json().verdict).toBe('accept');
  const answer = await fileIn(join(drop, 'answers'), 'folder.jws');
  expect(verifiedAnswer(answer, keys, typ)).toMatchObject({
    order: { id: 'folder' },
    styrk: { decision: { outcome: 'go-on' } },
  });

  // Whoever waits on the open port hears of the case that another process has had.
  const done = (await verify('native')).json();
  expect(await page.nth(3)).toEqual({ id: 2, state: 'answered', order: 'native', answer: done.answer });
  expect(verifiedAnswer(done.answer, keys, typ)).toMatchObject({
    order: { id: 'native' },
    styrk: { record: done.record },
  });
  // Asked once more: the same answer, and no second case.
  page.say({ id: 3, order: tokenOf('native'), page: 'https://teller.bank.example' });
  expect(await page.nth(4)).toEqual({ id: 3, state: 'answered', order: 'native', answer: done.answer });
  expect((await run(['records', 'list', '--json'])).json().records).toHaveLength(2);
  page.close();
  await page.ended;
  serving.child.kill('SIGTERM');
  expect((await serving.ended).status).toBe(0);
  expect(existsSync(join(data, 'styrk.channel'))).toBe(false);
});
