import { describe, expect, it } from 'vitest';
import { successful, unsuccessful } from '../../../main/result/check.ts';
import { pageRestarts } from '../../../main/station/page-restarts.ts';
import { PortraitGuard } from '../../../main/station/portrait-guard.ts';
import { type Evidence, noEvidence } from '../../../main/station/reading-progress.ts';
import { wholeInspection } from '../../support/fake-house.ts';

const portrait = {
  format: 'jpeg' as const,
  statedFormat: 'jpeg' as const,
  bytes: Uint8Array.of(1, 2, 3),
  width: 1,
  height: 1,
};
const hashes = (integrity: string) =>
  integrity === 'identical'
    ? successful('passive-authentication.hashes', { dataGroups: { DG1: 'identical', DG2: integrity } })
    : unsuccessful('passive-authentication.hashes', 'failed', 'data-group.hash-differs', {
        dataGroups: { DG1: 'identical', DG2: integrity },
      });
const evidence = (changes: Partial<Evidence> = {}): Evidence => ({ ...noEvidence, portrait, ...changes });
const vouched = evidence({ checks: [hashes('identical')] });

describe('a portrait is given to the page', () => {
  it('not before it is known whether EF.SOD vouches for it', () => {
    const guard = new PortraitGuard();
    expect(guard.state(evidence())).toBe('none');
    expect(guard.give(evidence())).toBeNull();
    expect(guard.state(vouched)).toBe('verified');
    expect(guard.give(vouched)).toBe(portrait);
  });

  it('as what it is: another one than EF.SOD names, or one of which nothing tells once the reading has ended', () => {
    const guard = new PortraitGuard();
    expect(guard.state(evidence({ checks: [hashes('not identical')] }))).toBe('altered');
    const inspection = { ...wholeInspection(), checks: [] };
    expect(guard.state(evidence({ inspection }))).toBe('unverified');
    expect(guard.state({ ...vouched, portrait: null })).toBe('none');
  });

  it('never again after the page went down while it decoded, also in another reading and another case', () => {
    const guard = new PortraitGuard();
    guard.give(vouched);
    guard.pageGone();
    const again = evidence({ checks: vouched.checks, portrait: { ...portrait, bytes: Uint8Array.of(1, 2, 3) } });
    expect(guard.state(again)).toBe('broken');
    expect(guard.give(again)).toBeNull();
    const another = evidence({ checks: vouched.checks, portrait: { ...portrait, bytes: Uint8Array.of(4) } });
    expect(guard.state(another)).toBe('verified');
  });

  it('never again after the page could not decode it', () => {
    const guard = new PortraitGuard();
    guard.give(vouched);
    guard.decoded(false);
    expect(guard.state(vouched)).toBe('broken');
  });

  it('still, after the page went down over something else', () => {
    const guard = new PortraitGuard();
    guard.pageGone();
    guard.give(vouched);
    guard.decoded(true);
    guard.pageGone();
    expect(guard.state(vouched)).toBe('verified');
  });

  it('and what took pages down is remembered for a hundred portraits, the newest', () => {
    const guard = new PortraitGuard();
    const numbered = (number: number) =>
      evidence({ checks: vouched.checks, portrait: { ...portrait, bytes: Uint8Array.of(number) } });
    for (let number = 0; number < 101; number++) {
      guard.give(numbered(number));
      guard.pageGone();
    }
    expect([0, 1, 100].map((number) => guard.state(numbered(number)))).toEqual(['verified', 'broken', 'broken']);
  });
});

describe('a page that went down is started again', () => {
  it('five times in a row, and again once it has stood for five minutes', () => {
    let now = 0;
    const { mayComeAgain } = pageRestarts(() => now);
    expect(Array.from({ length: 7 }, () => mayComeAgain())).toEqual([true, true, true, true, true, false, false]);
    now += 5 * 60_000 - 1;
    expect(mayComeAgain()).toBe(false);
    now += 5 * 60_000;
    expect(mayComeAgain()).toBe(true);
  });

  // Pages that had gone down before different people, minutes apart, took a kiosk out of order as if they were a row.
  it('and again once it did what it is there for', () => {
    const { mayComeAgain, startedWell } = pageRestarts(() => 0);
    const people = Array.from({ length: 20 }, () => {
      startedWell();
      return [mayComeAgain(), mayComeAgain()];
    });
    expect(people.flat()).not.toContain(false);
    expect(Array.from({ length: 4 }, () => mayComeAgain())).toEqual([true, true, true, false]);
  });
});
