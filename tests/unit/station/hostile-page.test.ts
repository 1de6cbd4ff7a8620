import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import { openHouse } from '../../../main/house/open-house.ts';
import { failureCodes } from '../../../main/result/failure-codes.ts';
import { answerCall, boundedCalls } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { createLog } from '../../../main/station/log.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import { deskStateSchema, type MethodName } from '../../../preload/contract.ts';
import { SeededRandom, wordOf } from '../../fuzz/random.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { hostileCall, mark } from '../../support/hostile-page.ts';

/*
 * `STYRK_CALLS=100000` and `STYRK_SEED=n` make it longer and other. The house is a whole one of training: the calls that are right by
 * chance begin cases, read specimens and seal records.
 */
const calls = Number(process.env.STYRK_CALLS ?? 1_500);
const seed = process.env.STYRK_SEED ?? 'hostile page';
const root = resolve(import.meta.dirname, '../../..');

async function desk() {
  const directory = mkdtempSync(join(tmpdir(), 'styrk-hostile-'));
  const house = await openHouse({
    directory,
    kind: 'training',
    version: '0.0.0-test',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  const made = createDesk({
    house,
    ...deskWithoutWindows,
    showConfirmation: (confirmation) => confirmation.cancel(),
  });
  onTestFinished(async () => {
    await made.leave();
    await house.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await made.start();
  return made;
}

// CWE-1321: names that objects inherit, as a clone of another's object may bring them, must not end in what all objects inherit.
const inherited = (): string =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype, Promise.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).map(String).toSorted().join())
    .join('\n');

test(`${calls} calls of a page that was taken over end in the contract's words, and the desk goes on`, async () => {
  const station = await desk();
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => '2026-11-29T00:00:00Z',
  );
  const bounded = boundedCalls(log);
  const random = new SeededRandom(wordOf(seed));
  const before = inherited();
  const ends = new Map<string, number>();
  const wrong: string[] = [];
  const send = async (): Promise<void> => {
    const { method, sender, raw, ours } = hostileCall(random);
    const given = { answers: station.answers, pageOrigin: appOrigin, log };
    const told = await bounded(() => answerCall(given, method as MethodName, sender, raw));
    const code = told.ok ? 'answered' : told.code;
    ends.set(code, (ends.get(code) ?? 0) + 1);
    if (!ours && code !== 'call.sender' && code !== 'call.too-many')
      wrong.push(`${method}: a stranger is told ${code}`);
    if (ours && code === 'call.sender') wrong.push(`${method}: our own page is a stranger`);
    if (code === 'internal.unexpected') wrong.push(`${method}: ${JSON.stringify(told)}`);
    if (!told.ok && !(failureCodes as readonly string[]).includes(told.code)) wrong.push(`${method}: ${told.code}`);
    if (!told.ok && JSON.stringify(told.fields).length > 2_000) wrong.push(`${method}: fields without bound`);
    // It crosses to the page by structured clone.
    structuredClone(told);
  };
  for (let sent = 0; sent < calls; ) {
    // Now one after the other, now as many at once as the page likes.
    const together = random.chance(20) ? 300 : 1 + random.below(4);
    await Promise.all(Array.from({ length: Math.min(together, calls - sent) }, send));
    sent += together;
    const state = v.safeParse(deskStateSchema, station.state());
    if (!state.success) wrong.push(`state: ${v.getDotPath(state.issues[0])}`);
  }

  expect(wrong.slice(0, 20)).toEqual([]);
  expect(inherited()).toBe(before);
  expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  expect(lines.filter((line) => line.includes(mark)).slice(0, 3)).toEqual([]);
  // Each gate was met, and some calls were right.
  for (const code of ['answered', 'call.sender', 'call.malformed', 'call.too-many', 'case.not-open'])
    expect(ends.get(code) ?? 0, code).toBeGreaterThan(0);
  const honest = { url: `${appOrigin}/index.html`, mainFrame: true };
  expect(
    await bounded(() => answerCall({ answers: station.answers, pageOrigin: appOrigin, log }, 'app.info', honest, [])),
  ).toMatchObject({ ok: true });
}, 3_600_000);

test('of calls that nobody has answered yet so many wait and no more; a flood is one line', async () => {
  const lines: string[] = [];
  const bounded = boundedCalls((event) => lines.push(event), 3);
  const open = Promise.withResolvers<{ ok: true; value: number }>();
  const waiting = Array.from({ length: 3 }, () => bounded(() => open.promise));
  const beyond = await Promise.all(Array.from({ length: 500 }, () => bounded(() => open.promise)));
  expect(new Set(beyond.map((told) => (told.ok ? 'answered' : told.code)))).toEqual(new Set(['call.too-many']));
  expect(lines).toEqual(['calls-flooded']);
  open.resolve({ ok: true, value: 1 });
  expect(await Promise.all(waiting)).toEqual(Array(3).fill({ ok: true, value: 1 }));
  expect(await bounded(async () => ({ ok: true, value: 2 }))).toEqual({ ok: true, value: 2 });
});
