import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { House } from '../../main/house/house.ts';
import { openHouse } from '../../main/house/open-house.ts';
import { OrderInbox } from '../../main/station/order-inbox.ts';
import {
  bankDeveloper,
  bankServer,
  checkout,
  freePort,
  hasOpenssl,
  pastedLines,
  payloadOf,
} from '../support/bank-developer.ts';
import { verifiedAnswer } from '../support/bank-side.ts';
import { modulesIn, readCode } from '../support/qr-reader.ts';
import { startStyrk } from '../support/side-door.ts';

/*
 * The samples of the ways https, link and code, line by line as docs/integration.md §1 says, against this station's own programs. What
 * needs a display there, opening a link and scanning a code, is done by what the desk does it with, on the same folder. What the
 * server refuses: `bank-samples-server.test.ts`.
 */

const typ = 'styrk-training-answer+jwt';
const bank = 'https://bank.example/branch';

const lines = pastedLines('otherWays');
const ofCode = lines.findIndex((line) => line.includes('given/four'));

/** A developer whose system was let in; its server has a port that is free here. */
async function letIn() {
  const developer = bankDeveloper();
  const first = pastedLines('firstWays');
  const pasted = (words: string): string => developer.done(first.find((line) => line.includes(words)) ?? words);
  pasted('make-key');
  const file = join(developer.folder, 'bank.json');
  const described = JSON.parse(readFileSync(file, 'utf8'));
  expect(described).toMatchObject({ address: 'https://localhost:8443/', ways: expect.arrayContaining(['https']) });
  const address = `https://localhost:${await freePort()}/`;
  writeFileSync(file, JSON.stringify({ ...described, address }));
  for (const words of ['station set', 'banks add', 'banks list']) pasted(words);
  return { ...developer, address };
}
type Developer = Awaited<ReturnType<typeof letIn>>;

/** The desk's house on the developer's data, without its windows. */
async function atDesk(env: Developer['env'], work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse({
    directory: join(env.XDG_DATA_HOME, 'styrk-training'),
    kind: 'training',
    version: '0.0.0-test',
    resourcesDirectory: join(checkout, 'resources'),
    workerUrl: pathToFileURL(join(checkout, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

/** A link is opened; answers which orders the desk offers then. The ways that go by themselves are open elsewhere. */
async function opened(env: Developer['env'], link: string): Promise<readonly string[]> {
  let offered: readonly string[] = [];
  await atDesk(env, async ({ answers, now }) => {
    const ways = { now: () => ({ channel: false, folders: [], services: [], failure: null }), close: async () => {} };
    const inbox = new OrderInbox({
      answers: { ...answers, openWays: async () => ways },
      locked: () => false,
      offer: ({ orders }) => {
        offered = orders.map(({ order }) => order.id);
      },
      linkOpened: () => undefined,
      now,
      after: () => () => undefined,
      log: (event, { code }) => expect.fail(`${event} ${code}`),
    });
    await inbox.start();
    await inbox.link(link);
    await inbox.close();
  });
  return offered;
}

const codeIn = (svg: string) => readCode(modulesIn(/<path d="([^"]+)"\/>/.exec(svg)?.[1] ?? ''));

test.skipIf(!hasOpenssl)(
  'an order is fetched from the sample’s server, another comes by a link; both are answered there, one answer twice',
  async () => {
    const developer = await letIn();
    const { folder, env, done, read } = developer;
    const serving = startStyrk(['order', 'serve', '--training'], env);
    onTestFinished(() => void serving.child.kill());
    await serving.printed((text) => text.endsWith('\n'));
    const { keys, station } = JSON.parse(read('station.json'));

    const pasted = lines.slice(0, ofCode);
    expect(pasted).toHaveLength(12);
    let server: ReturnType<typeof bankServer> | null = null;
    const said = async (words: string): Promise<string> => (await server?.said(words)) ?? '';
    let link = '';
    const acts: readonly (readonly [words: string, act: (line: string) => Promise<void> | void])[] = [
      [
        'banks connect',
        async (line) => {
          done(line);
          await serving.told(`Server: ${bank}`);
        },
      ],
      [
        'server.mjs',
        async (line) => {
          // Before the other by its name: what the station refuses keeps none behind it.
          writeFileSync(join(folder, 'bank/orders/bad.jws'), 'eyJhbGciOiJub25lIn0.e30.');
          server = bankServer(folder, ...line.split(' ').slice(2));
          await said(`${developer.address} waits`);
        },
      ],
      [
        'orders/two.part',
        async (line) => {
          done(line);
          await said('two: handed out to Example bank, branch 1');
          await serving.told(
            `Order: ${payloadOf(read('bank/orders/two.jws')).jti}, by https, of Example bank, branch system`,
          );
          await said('bad: refused, order.unsigned');
        },
      ],
      [
        '--order bank/orders/two',
        async (line) => {
          done(line);
          await said('the reply to that is lost');
          await said('two: answered again, the same');
        },
      ],
      [
        'npm start',
        async (line) => {
          // The shell takes the line's end away.
          expect(line).toMatch(/ "\$\(node docs\/samples\/bank\/order-link\.mjs bank\/given\/three\.jws\)"$/);
          expect(await opened(env, link.trimEnd())).toEqual([payloadOf(read('bank/given/three.jws')).jti]);
        },
      ],
      [
        '--order "$(',
        async (line) => {
          done(line);
          await said('three: answered, go-on');
        },
      ],
      [
        'order-link.mjs bank/given/three.jws',
        (line) => {
          link = done(line);
        },
      ],
      ['', (line) => void done(line)],
    ];
    for (const line of pasted) await acts.find(([words]) => line.includes(words))?.[1](line);

    expect(link).toBe(`styrk://order/${read('bank/given/three.jws')}\n`);
    expect(readdirSync(join(folder, 'bank/answers')).sort()).toEqual(['bad.refused.json', 'three.jws', 'two.jws']);
    expect(JSON.parse(read('bank/answers/bad.refused.json'))).toEqual({ code: 'order.unsigned', reason: 'algorithm' });
    expect(read('bank/answers/three.jws')).toBe(JSON.parse(read('case.json')).answer);
    for (const [answer, order] of [
      ['bank/answers/two.jws', 'bank/orders/two.jws'],
      ['bank/answers/three.jws', 'bank/given/three.jws'],
    ] as const)
      expect(verifiedAnswer(read(answer), keys, typ)).toMatchObject({
        iss: station,
        aud: bank,
        order: { id: payloadOf(read(order)).jti },
        styrk: { decision: { outcome: 'go-on' } },
      });
    const all = await said('three: answered');
    for (const once of [
      'two: answered, go-on',
      'two: answered again',
      'three: answered',
      'bad: refused',
      'two: handed',
    ])
      expect([once, all.split(once).length - 1]).toEqual([once, 1]);
  },
  900_000,
);

test('an order is drawn as a code, and the code of the short answer is verified', async () => {
  const { folder, env, run, done, read } = await letIn();
  const pasted = [...lines.filter((line) => line.startsWith('mkdir ')), ...lines.slice(ofCode)];
  expect(pasted).toHaveLength(6);
  let told = '';
  for (const line of pasted) {
    told = done(line);
    if (!line.includes('order-code.mjs')) continue;
    const code = codeIn(read('bank/order.svg'));
    // As the document says of the sample's order.
    expect(code).toEqual({ version: 16, text: read('bank/given/four.jws') });
    expect(code.text).toHaveLength(567);
    await atDesk(env, async ({ orders }) => {
      expect(await orders.read(code.text)).toMatchObject({ source: 'signed', order: { id: payloadOf(code.text).jti } });
    });
  }
  expect(JSON.parse(told)).toMatchObject({ training: true, decision: { outcome: 'go-on' }, person: null });
  const { short } = JSON.parse(read('bank/short.json'));
  expect(codeIn(read('bank/answer.svg')).text).toBe(short);
  expect(payloadOf(short).answer).toBe(
    createHash('sha256')
      .update(JSON.parse(read('case.json')).answer)
      .digest('hex'),
  );

  writeFileSync(join(folder, 'long.jws'), 'a'.repeat(2_954));
  expect(run('node docs/samples/bank/order-code.mjs long.jws')).toMatchObject({ status: 1, stdout: '' });
  writeFileSync(join(folder, 'long.jws'), 'a'.repeat(2_953));
  expect(codeIn(done('node docs/samples/bank/order-code.mjs long.jws')).version).toBe(40);
}, 900_000);
