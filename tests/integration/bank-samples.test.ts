import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bankDeveloper, checkout, pastedLines, thereIs } from '../support/bank-developer.ts';
import { verifiedAnswer } from '../support/bank-side.ts';
import { startStyrk } from '../support/side-door.ts';

/*
 * The sample of a bank's system, line by line as docs/integration.md §1 says, against this station's own programs; what it says of an
 * answer is held to a reading of the test's own (node:crypto). The other ways: `bank-samples-ways.test.ts`.
 */

const typ = 'styrk-training-answer+jwt';

test("the bank's sample signs orders and reads answers as the document says, and refuses what is not its answer", async () => {
  const lines = pastedLines('firstWays');
  const second = lines.findIndex((line) => line.startsWith('mkdir '));
  const [blocks, byFolder] = [lines.slice(0, second), lines.slice(second)];
  expect([blocks.length, byFolder.length]).toEqual([8, 6]);
  const { folder, env, run, done, read } = bankDeveloper();

  const printed = blocks.map(done).at(-1) ?? '';
  const { keys, station } = JSON.parse(read('station.json'));
  const own = verifiedAnswer(JSON.parse(read('case.json')).answer, keys, typ);
  expect(own).toMatchObject({ iss: station, aud: 'https://bank.example/branch' });
  const asSampleTells = ({ styrk: { checks: _, ...told }, verified_claims: verified }: typeof own) => ({
    ...told,
    person: verified?.claims ?? null,
  });
  expect(JSON.parse(printed)).toEqual(asSampleTells(own));
  expect(JSON.parse(printed)).toMatchObject({
    decision: { outcome: 'go-on' },
    person: { family_name: expect.any(String), birthdate: expect.any(String) },
  });

  // What the document says in words: the folder in the file, and let in again.
  const bank = JSON.parse(read('bank.json'));
  mkdirSync(join(folder, 'drop'));
  writeFileSync(join(folder, 'bank.json'), JSON.stringify({ ...bank, folder: join(folder, 'drop') }));
  done(blocks.find((line) => line.includes('banks add')) ?? '');
  for (const line of byFolder) {
    if (line.includes('order serve')) {
      const serving = startStyrk(line.replace(/^.*styrk -- /, '').split(' '), env);
      onTestFinished(() => void serving.child.kill());
      await serving.printed((text) => text.includes(join(folder, 'drop')));
      continue;
    }
    // Who reads waits until it is there.
    if (line.includes('verify-answer')) await thereIs(join(folder, 'drop/orders'), 'one.done');
    const told = done(line);
    if (line.includes('verify-answer'))
      expect(JSON.parse(told)).toEqual(asSampleTells(verifiedAnswer(read('drop/answers/one.jws'), keys, typ)));
  }
  expect(read('answer.svg')).toMatch(/^<svg/);

  const verify = (...words: string[]) => run(['node', 'docs/samples/bank/verify-answer.mjs', ...words].join(' '));
  for (const words of [
    [],
    ['--training', 'case.json', 'station.json'],
    ['--shrot', 'case.json', 'station.json', 'order.jws'],
  ])
    expect(verify(...words)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^node verify-answer\.mjs /),
    });
  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const answer = 'drop/answers/one.jws';
  const order = 'drop/orders/one.done';
  const { short } = JSON.parse(
    execFileSync(
      process.execPath,
      [join(checkout, 'main/cli.ts'), 'answer', 'show', answer, '--training', '--qr', 'b.svg', '--json'],
      {
        cwd: folder,
        env: { ...process.env, ...env },
        encoding: 'utf8',
      },
    ),
  );
  const shortAnswer = written('short.jws', short);
  expect(verify('--training', '--short', shortAnswer, 'station.json', order)).toMatchObject({ status: 0 });

  const [head = '', body = '', signature = ''] = read(answer).split('.');
  const told = JSON.parse(Buffer.from(body, 'base64url').toString());
  const other = Buffer.from(JSON.stringify({ ...told, aud: 'https://other.example' })).toString('base64url');
  const flipped = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  const stationOf = (change: object) => written('other.json', JSON.stringify({ station, keys, ...change }));
  const refused: readonly (readonly [what: string, ...words: (() => readonly string[])[]])[] = [
    ['the type', () => [answer, 'station.json', order]],
    ['the type', () => ['--training', '--short', answer, 'station.json', order]],
    ['the type', () => ['--training', shortAnswer, 'station.json', order]],
    ['the type', () => ['--training', order, 'station.json', order]],
    ['no token', () => ['--training', written('cut.jws', `${head}.${body}`), 'station.json', order]],
    ['the signature', () => ['--training', written('flipped.jws', flipped), 'station.json', order]],
    ['the signature', () => ['--training', written('o.jws', `${head}.${other}.${signature}`), 'station.json', order]],
    ['the key', () => ['--training', answer, stationOf({ keys: [] }), order]],
    ['the station', () => ['--training', answer, stationOf({ station: 'station-of-others' }), order]],
    ['the order', () => ['--training', answer, 'station.json', 'order.jws']],
  ];
  for (const [what, words] of refused) {
    const end = verify(...(words?.() ?? []));
    expect([what, end.status, end.stdout, end.stderr]).toEqual([what, 1, '', `not accepted: ${what}\n`]);
  }
}, 900_000);
