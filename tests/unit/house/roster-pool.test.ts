import { expect, it, onTestFinished } from 'vitest';
import type { SealingJob } from '../../../main/house/roster-messages.ts';
import { jobTold, pieceTold } from '../../../main/house/roster-piece-schema.ts';
import { RosterPool } from '../../../main/house/roster-pool.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { rejection } from '../../support/rejection.ts';

const reading = {
  format: { kind: 'json-lines' },
  encoding: 'utf-8',
  columns: { fields: [], named: {}, unused: [] },
  today: '2026-11-29' as PlainDate,
} as const;
const file = `roster-${'0'.repeat(32)}.db`;
const work = () => ({ role: 'seal', layer: new Uint8Array(32), token: new Uint8Array(32), reading, file }) as const;
/** Anew for each: its bytes go to the thread. */
const job = (): SealingJob => ({ type: 'rows', first: 0, bytes: new Uint8Array(1), line: 1 });

/** A thread that a hostile row got hold of: it tells this of whatever it is given. */
function hostile(told: string): RosterPool {
  const source = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => parentPort.postMessage(${told}));`;
  const pool = new RosterPool(new URL(`data:text/javascript,${encodeURIComponent(source)}`), 1, work());
  onTestFinished(() => pool.close());
  return pool;
}

const good =
  '{ piece: { blocks: [new Uint8Array(40)], people: 1, postings: new Uint32Array([0, 7]), beginnings: [1, 2] }, faults: [], remarks: [] }';

it('a piece of a sealing thread is taken as it told it', async () => {
  expect(await hostile(good).do(job())).toMatchObject({ piece: { people: 1, beginnings: [1, 2] } });
});

it('a piece of which a sealing thread tells why nothing came of it fails so, and the thread does the next', async () => {
  const pool = hostile("{ failure: { code: 'storage.corrupt', fields: { part: 'holders' } } }");
  for (let piece = 0; piece < 2; piece++)
    expect(await rejection(pool.do(job()))).toMatchObject({ code: 'storage.corrupt', fields: { part: 'holders' } });
});

// docs/decisions/0011: the border of a worker is a schema.
it.each([
  ['nothing', 'null'],
  ['a piece without people', '{ piece: {}, faults: [], remarks: [] }'],
  ['more than was asked for', good.replace('remarks', 'trusted: true, remarks')],
  ['somebody beyond the piece', good.replace('[0, 7]', '[1, 7]')],
  ['half a posting', good.replace('[0, 7]', '[0]')],
  ['postings that are none', good.replace('new Uint32Array([0, 7])', '[0, 7]')],
  ['more people than blocks', good.replace('people: 1', 'people: 33')],
  ['a block without end', good.replace('new Uint8Array(40)', 'new Uint8Array(1 << 26)')],
  ['blocks without end', good.replace('[new Uint8Array(40)]', 'Array(100_000).fill(new Uint8Array(1))')],
  ['a token that is none', good.replace('[1, 2]', '[1, 2 ** 40]')],
  ['a beginning without its word', good.replace('[1, 2]', '[1]')],
  ['a line that is none', good.replace('faults: []', "faults: [{ line: 0, note: 'x' }]")],
  ['a note without end', good.replace('faults: []', "faults: [{ line: 1, note: 'x'.repeat(10_000) }]")],
  ['a failure that nobody knows', "{ failure: { code: 'holder.fine', fields: {} } }"],
  ['a failure and a piece', good.replace('remarks', "failure: { code: 'storage.corrupt', fields: {} }, remarks")],
  ['a ring', '(() => { const ring = {}; ring.ring = ring; return ring; })()'],
])('a sealing thread that tells %s is believed in nothing', async (_name, told) => {
  const pool = hostile(told);
  const both = [pool.do(job()), pool.do(job())].map(rejection);
  expect((await Promise.all(both)).map((failure) => failure?.code)).toEqual(['call.malformed', 'call.malformed']);
  // Nor later, when it had nothing to do and told something all the same.
  expect((await rejection(pool.do(job())))?.code).toBe('call.malformed');
});

it('a sealing thread that has ended takes no more work', async () => {
  const pool = new RosterPool(new URL('data:text/javascript,'), 1, work());
  onTestFinished(() => pool.close());
  const lost = async () => (await rejection(pool.do(job())))?.code;
  expect([await lost(), await lost()]).toEqual(['holder.import-lost', 'holder.import-lost']);
});

const blocks = { type: 'blocks', first: 0, from: file, blocks: [{ block: 0, sealed: new Uint8Array(1), gone: 0 }] };

it.each([
  ['nothing', null],
  ['an act that nobody knows', { type: 'unseal', blocks: [] }],
  ['rows that are no bytes', { ...job(), bytes: 'id,name' }],
  ['rows without end', { ...job(), bytes: new Uint8Array(1 << 20) }],
  ['a line that is none', { ...job(), line: 0.5 }],
  ['rows of no place', { ...job(), first: -1 }],
  ['blocks without end', { ...blocks, blocks: Array.from({ length: 65 }, () => blocks.blocks[0]) }],
  ['a block that is none', { ...blocks, blocks: [{ block: 0, sealed: new Uint8Array(1), gone: 2 ** 40 }] }],
  ['blocks of no layer', { ...blocks, from: '../styrk.db' }],
])('a sealing thread does nothing with %s', (_name, told) => {
  expect(jobTold(blocks)).toEqual(blocks);
  expect(jobTold(told)).toBeNull();
  expect(pieceTold(told)).toBeNull();
});
