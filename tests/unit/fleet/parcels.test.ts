import { expect, it } from 'vitest';
import type { SqlAnswer } from '../../../main/fleet/connection.ts';
import { contentOfParcel, lyingParcels, ownParcels, strangeSenders } from '../../../main/fleet/parcels.ts';
import { rejection } from '../../support/rejection.ts';

/* What headquarters says of parcels is input: of the asked form and bounded, or none of it is used. */

const station = 'station-1111111111111111';
const digest = 'ab'.repeat(32);
const saying = (...rows: readonly unknown[]) => ({
  ask: async (): Promise<SqlAnswer> => ({ rows, count: rows.length }),
});
const good = { sender: station, digest, kind: 'referrals', bytes: 7 };
const wanted = { station, senders: [station], except: [], most: 2 };

it('takes what has the form', async () => {
  expect(await lyingParcels(saying(good), wanted)).toEqual([good]);
  expect(await strangeSenders(saying({ sender: station }), wanted)).toEqual([station]);
  const own = [
    { digest, taken: false, refused: null },
    { digest: 'cd'.repeat(32), taken: true, refused: null },
    { digest: 'ef'.repeat(32), taken: true, refused: 'referral.file-old' },
  ];
  const told = await ownParcels(
    saying(...own),
    station,
    own.map((each) => each.digest),
  );
  expect([...told.values()].map(({ state }) => state)).toEqual(['lies there', 'taken', 'refused']);
});

it.each([
  ['a sender that is no station', [{ ...good, sender: '../x' }]],
  ['another digest', [{ ...good, digest: 'AB' }]],
  ['another kind', [{ ...good, kind: 'issue' }]],
  ['a length below nothing', [{ ...good, bytes: -1 }]],
  ['half a length', [{ ...good, bytes: '1.5' }]],
  ['more than was asked for', [good, good, good]],
])('refuses %s', async (_, rows) => {
  expect((await rejection(lyingParcels(saying(...rows), wanted)))?.code).toBe('service.answer-malformed');
});

it.each([
  ['a state that is none', [{ digest, taken: 'perhaps', refused: null }]],
  ['a reason that is none', [{ digest, taken: true, refused: '<script>' }]],
  ['more than was asked of', [0, 1].map(() => ({ digest, taken: true, refused: null }))],
])('refuses %s', async (_, rows) => {
  expect((await rejection(ownParcels(saying(...rows), station, [digest])))?.code).toBe('service.answer-malformed');
});

it('fetches in pieces, each as long as it must be; what is gone by now is nothing', async () => {
  const content = new Uint8Array(2.5 * 1024 * 1024).map((_, index) => index);
  const asked: (readonly unknown[])[] = [];
  const inPieces = {
    ask: async (_: string, [, , from, length]: readonly unknown[] = []): Promise<SqlAnswer> => {
      asked.push([from, length]);
      const at = Number(from) - 1;
      return { rows: [{ part: content.subarray(at, at + Number(length)) }], count: 1 };
    },
  };
  const lying = { sender: station, digest, kind: 'referrals', bytes: content.length } as const;
  expect(Buffer.compare((await contentOfParcel(inPieces, lying)) ?? new Uint8Array(), content)).toBe(0);
  expect(asked.map(([from]) => from)).toEqual([1, 1_048_577, 2_097_153]);
  const short = saying({ part: new Uint8Array(3) });
  expect((await rejection(contentOfParcel(short, lying)))?.code).toBe('service.answer-malformed');
  expect(await contentOfParcel(saying(), lying)).toBeNull();
});
