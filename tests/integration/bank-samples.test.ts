import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verifiedAnswer } from '../support/bank-side.ts';
import { startStyrk, temporaryFolder } from '../support/side-door.ts';

/*
 * The sample of a bank's system, line by line as docs/integration.md §1 says, against this station's own programs; what it says of an
 * answer is held to a reading of the test's own (node:crypto).
 */

const root = resolve(import.meta.dirname, '../..');
const sample = join(root, 'docs/samples/bank');
const typ = 'styrk-training-answer+jwt';

/** The blocks of commands in the document's first section, each line whole and without its remark. */
function blocksOf(document: string): readonly (readonly string[])[] {
  const [, section = ''] = /\n## 1 [^\n]*\n([\s\S]*?)\n## 2 /.exec(document) ?? [];
  // A fence opens or closes a block by its place alone: every second part is a block, with the language that it names before its lines.
  const blocks = section.split(/^```/m).filter((_, place) => place % 2 === 1);
  return blocks
    .filter((block) => block.startsWith('\n'))
    .map((block) =>
      block
        .trim()
        .replaceAll(/ \\\n\s*/g, ' ')
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/, '')),
    );
}

/** A bank's developer: a folder, and a shell in it where the words of the document mean this checkout. */
function developer() {
  const folder = temporaryFolder();
  const env = { XDG_DATA_HOME: join(folder, 'data') };
  const run = (line: string) => {
    const words = line
      .replaceAll('npm run -s styrk --', `node '${join(root, 'main/cli.ts')}'`)
      .replaceAll('docs/samples/bank', `'${sample}'`)
      .replaceAll(/\bnode /g, `'${process.execPath}' `);
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', words], {
      cwd: folder,
      env: { ...process.env, ...env },
      input: 'yes\n',
      encoding: 'utf8',
    });
    return { line, status, stdout, stderr };
  };
  const done = (line: string): string => {
    const end = run(line);
    expect(end).toMatchObject({ status: 0 });
    return end.stdout;
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8').trim();
  return { folder, env, run, done, read };
}

async function thereIs(folder: string, name: string): Promise<void> {
  const { promise, resolve: there } = Promise.withResolvers<void>();
  const look = () => existsSync(join(folder, name)) && there();
  const watcher = watch(folder, look);
  onTestFinished(() => watcher.close());
  look();
  await promise;
}

test("the bank's sample signs orders and reads answers as the document says, and refuses what is not its answer", async () => {
  const pasted = blocksOf(readFileSync(join(root, 'docs/integration.md'), 'utf8')).filter(
    (lines) => !lines.some((line) => line.includes('--passphrase-file')),
  );
  // What asks would take the next line for the answer, and what goes on keeps it waiting: neither has a line behind it.
  for (const lines of pasted)
    expect(lines.slice(0, -1).filter((line) => /banks add|order serve/.test(line))).toEqual([]);
  const lines = pasted.flat();
  const second = lines.findIndex((line) => line.startsWith('mkdir '));
  const [blocks, byFolder] = [lines.slice(0, second), lines.slice(second)];
  expect([blocks.length, byFolder.length]).toEqual([8, 6]);
  const { folder, env, run, done, read } = developer();

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
      [join(root, 'main/cli.ts'), 'answer', 'show', answer, '--training', '--qr', 'b.svg', '--json'],
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
