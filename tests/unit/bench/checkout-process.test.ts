import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineClock } from '../../../main/machine/clock.ts';
import { madeCase } from '../../bench/records-made.ts';
import { CheckoutProcess, inTurn } from '../../bench/speed/checkout.ts';
import { revocationListOf, sameNamed } from '../../bench/speed/made-trust.ts';
import { modulePlaces } from '../../bench/speed/modules.ts';

const root = resolve(import.meta.dirname, '../../..');

it.each(Object.entries(modulePlaces))('%s lies where it is looked for first', (_name, [today = '']) => {
  expect(existsSync(join(root, today))).toBe(true);
});

describe("a checkout's process", () => {
  let checkout: CheckoutProcess;
  beforeAll(() => {
    checkout = new CheckoutProcess(root);
  });
  afterAll(() => checkout[Symbol.asyncDispose]());

  it('answers with what an act computed', async () => {
    expect(await checkout.act('importAsList', sameNamed(2), machineClock.today())).toBeGreaterThan(0);
  });

  it('appends and checks records of its own', async () => {
    await checkout.act('append', [madeCase(1)]);
    await checkout.act('fill', [madeCase(2), madeCase(3)]);
    expect(await checkout.act('checkAll')).toBeGreaterThan(0);
    expect(await checkout.act('checkFrom', 3)).toBeGreaterThan(0);
  });

  it('inspects, the first time and then again, and counts without the chip', async () => {
    expect((await checkout.act('firstInspection')).hostMillis).toBeGreaterThan(0);
    expect(await checkout.act('inspections', 2)).toHaveLength(2);
    await checkout.act('holdList', 'short', revocationListOf(1));
    expect(await checkout.act('inspectionsWithList', 'short', 1)).toMatchObject([{ revocation: 'successful' }]);
  });

  it('tells what failed, and goes on', async () => {
    await expect(checkout.act('inspectionsWithList', 'long', 1)).rejects.toThrow('holdList comes first');
    expect(await checkout.act('inspections', 1)).toHaveLength(1);
  });
});

it('a process that ends is told, not waited for', async () => {
  const nowhere = new CheckoutProcess(join(root, 'no-such-checkout'));
  await expect(nowhere.act('checkAll')).rejects.toThrow('has no main/store/open-store.ts');
  await nowhere[Symbol.asyncDispose]();
});

it('both checkouts have their turn, this one first', async () => {
  const order: string[] = [];
  const found = await inTurn({ here: 'here', there: 'there' }, 2, (checkout) => order.push(checkout));
  expect(order).toEqual(['here', 'there', 'here', 'there']);
  expect(found).toEqual({ here: [1, 3], there: [2, 4] });
  expect(await inTurn({ here: 'here', there: null }, 1, () => 7)).toEqual({ here: [7], there: null });
});
