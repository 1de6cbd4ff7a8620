import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { newSigningKey, sign } from '../../../main/crypto/sealing.ts';
import { type Marks, writeReceipt } from '../../../main/fleet/delivery-file.ts';
import { writeIssue } from '../../../main/fleet/issue.ts';
import { sealIssue } from '../../../main/fleet/sealed-issue.ts';
import { openSigned } from '../../../main/fleet/signed-file.ts';
import { openHouse } from '../../../main/house/open-house.ts';
import { fromHex } from '../../../main/result/bytes.ts';
import { answerCall } from '../../../main/station/call-gate.ts';
import { createDesk } from '../../../main/station/desk.ts';
import { appOrigin } from '../../../main/station/page-origin.ts';
import type { OutboxPart } from '../../../main/store/outbox.ts';
import type { MethodName } from '../../../preload/contract.ts';
import { deskWithoutWindows } from '../../support/desk-without-windows.ts';
import { trainingFolder } from '../../support/training-folder.ts';
import { caseFacts } from '../records/case-facts.ts';
import { random } from '../store/support.ts';

/*
 * A site without a line: the office writes what would be delivered as a signed file, and takes in what headquarters signed. Where files
 * lie is said in dialogs of the system and never crosses to the page.
 */

const root = resolve(import.meta.dirname, '../../..');
const at = '2026-11-29T09:00:00Z';
const [sealing, receiving, issuing] = [newRecipientKey(random), newRecipientKey(random), newSigningKey(random)];
const signed = (message: Uint8Array): Uint8Array => sign(issuing.secretKey, message);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function office() {
  const house = await openHouse({
    directory: await trainingFolder(),
    kind: 'training',
    version: '0.0.0-test',
    resourcesDirectory: `${root}/resources`,
    workerUrl: pathToFileURL(`${root}/main/inspection/worker.ts`),
    key: { kind: 'key-file', path: null },
    readers: 'training',
  });
  const files = { authority: null, certificate: null, key: null, passphrase: null, password: null };
  house.fleet.set(
    {
      ...{ address: 'postgresql://localhost:1/styrk', files, sealingKey: sealing.publicKey },
      ...{ issuingKey: issuing.publicKey, receivingKey: receiving.secretKey },
    },
    ['A. Berg', 'C. Dahl'],
  );
  const folder = mkdtempSync(join(tmpdir(), 'styrk-stick-'));
  const state = { chosen: [] as readonly string[], named: null as string | null, offered: '' };
  const inFolder = (name: string): string => join(folder, name);
  const desk = createDesk({
    house,
    ...deskWithoutWindows,
    chooseFiles: async () => state.chosen.map(inFolder),
    chooseNewFile: async (name) => {
      state.offered = name;
      return state.named === null ? null : inFolder(state.named);
    },
    showConfirmation: (window) => window.cancel(),
  });
  onTestFinished(async () => {
    await desk.leave();
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const around = { answers: desk.answers, pageOrigin: appOrigin, log: () => undefined };
  const call = (method: MethodName, ...args: readonly unknown[]) =>
    answerCall(around, method, { url: `${appOrigin}/index.html`, mainFrame: true }, args);
  const take = (name: string, bytes: Uint8Array) => {
    writeFileSync(inFolder(name), bytes);
    state.chosen = [name];
    return call('headquarters.takeFile');
  };
  return { house, call, take, state, inFolder };
}

/** What such a file brings headquarters to. */
async function marksIn(bytes: Uint8Array, publicKey: string): Promise<Marks> {
  const { content } = await openSigned('delivery', bytes, () => fromHex(publicKey));
  const none = { number: 0, digest: '' };
  const marks: Record<OutboxPart, { number: number; digest: string }> = {
    ...{ records: none, checkpoints: none, answers: none, erasures: none },
  };
  for (const line of new TextDecoder().decode(content).split('\n').slice(0, -1)) {
    const { part, number, digest } = JSON.parse(line) as { part: OutboxPart; number: number; digest: string };
    marks[part] = { number, digest };
  }
  return marks;
}

it('what waits is written as a file that the station signed, and the receipt is taken', async () => {
  const { house, call, take, state, inFolder } = await office();
  await house.keepRecord(caseFacts('case-1'));
  await house.keepRecord(caseFacts('case-2'));
  expect(await call('headquarters.writeFile')).toEqual({ ok: true, value: null });
  const { id, publicKey } = house.fleet.station();
  expect(state.offered).toBe(`${id}.delivery`);
  state.named = 'out.delivery';
  const rows = { records: 2, checkpoints: 1, answers: 0, erasures: 0 };
  expect(await call('headquarters.writeFile')).toEqual({
    ok: true,
    value: { file: 'out.delivery', rows, more: false },
  });
  const marks = await marksIn(new Uint8Array(readFileSync(inFolder('out.delivery'))), publicKey);
  expect(marks.records.number).toBe(2);
  // No file is written over, and where it lies is not told.
  const again = await call('headquarters.writeFile');
  expect(again).toMatchObject({ ok: false, code: 'output.unwritable', fields: { file: 'out.delivery' } });
  expect(JSON.stringify(again)).not.toContain('styrk-stick-');

  const receipt = writeReceipt({ station: id, marks, at }, signed);
  expect(await take('back.receipt', receipt)).toEqual({
    ok: true,
    value: { arrived: { records: 2, checkpoints: marks.checkpoints.number, answers: 0, erasures: 0 } },
  });
  expect(await call('headquarters.state')).toMatchObject({ value: { delivery: { waiting: 0 } } });
});

it('what headquarters signed for stations is taken once, and nothing else is', async () => {
  const { call, take, state } = await office();
  expect(await call('headquarters.takeFile')).toEqual({ ok: true, value: null });
  const list = { issuer: 'SWE', kind: 'passport', number: 'AA123456', reason: 'stolen', since: '2026-11-01' };
  const content = sealIssue('blocked', utf8(`${JSON.stringify(list)}\n`), receiving.publicKey, random);
  const issue = writeIssue({ kind: 'blocked', number: 1, issuedAt: at, content }, signed);
  const told = (outcome: string) => ({ ok: true, value: { issue: { kind: 'blocked', number: 1, outcome } } });
  expect(await take('blocked.issue', issue)).toEqual(told('taken'));
  expect(await take('blocked.issue', issue)).toEqual(told('known'));
  expect(await call('headquarters.state')).toMatchObject({
    value: { delivery: { pulled: [{ kind: 'blocked', number: 1 }] } },
  });

  const forged = issue.slice();
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  for (const bytes of [forged, utf8('Dear station'), issue.subarray(0, 40)]) {
    const refused = await take('odd', bytes);
    expect(refused).toMatchObject({ ok: false, code: 'fleet.malformed', fields: { file: 'odd' } });
    expect(JSON.stringify(refused)).not.toContain('styrk-stick-');
  }
  state.chosen = ['gone'];
  expect(await call('headquarters.takeFile')).toMatchObject({ code: 'input.unreadable', fields: { file: 'gone' } });
  state.chosen = ['blocked.issue', 'odd'];
  expect(await call('headquarters.takeFile')).toMatchObject({ ok: false, code: 'fleet.malformed' });
  await call('case.begin');
  state.chosen = ['blocked.issue'];
  expect(await call('headquarters.takeFile')).toMatchObject({ ok: false, code: 'case.busy' });
});
