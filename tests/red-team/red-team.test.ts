import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacks } from './catalogue.ts';
import { honestChips, honestMapping, honestVisit } from './chips.ts';
import { type Ground, setUpStation } from './ground.ts';
import { honestOrders } from './orders.ts';
import { redTeamReport } from './report.ts';

/* Every kind of forgery against the built worker, and the honest documents that they start from. */

let ground: Ground;
beforeAll(async () => {
  ground = await setUpStation();
}, 120_000);
afterAll(() => ground.end());

describe('an honest customer is accepted', () => {
  it.each(honestChips)('with %s', async (id) => {
    expect((await ground.visit(honestVisit(id))).verdict).toMatchObject({ verdict: 'accept', reasons: [] });
  });

  it('with a chip that chip authentication mapping alone proves', async () => {
    expect((await ground.visit(honestMapping())).verdict).toMatchObject({ verdict: 'accept', reasons: [] });
  });

  it.each(honestOrders)('with an order and %s', async (_, visit, boundBy) => {
    const { verdict, orderHindrance, facts } = await ground.visit(visit);
    expect([verdict.verdict, orderHindrance, facts.order?.boundBy]).toEqual(['accept', null, boundBy]);
    expect(facts.decision.outcome).toBe('go-on');
  });
});

it.each(attacks)('$area: $kind', async (attack) => {
  expect(await ground.attack(attack)).toEqual(attack.stopped);
});

it('there are at least sixty kinds, none of which is meant to be accepted, and the page about them is current', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(60);
  expect(new Set(attacks.map(({ kind }) => kind)).size).toBe(attacks.length);
  expect(attacks.filter(({ stopped }) => stopped.end === 'accept')).toEqual([]);
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/red-team.md'), 'utf8');
  expect(redTeamReport(attacks.map((attack) => ({ attack, end: attack.stopped })))).toBe(page);
});
