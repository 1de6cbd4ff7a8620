import { expect, it } from 'vitest';
import { temporaryFolder, unlockedIn } from './support.ts';

/* What a station remembers of parcels: enough to send once more, to stop, and to tell. */

const [desk, other] = ['station-1111111111111111', 'station-2222222222222222'];
const at = (minute: number): string => `2026-11-28T09:${String(minute).padStart(2, '0')}:00Z`;

it('a case is made, sent and taken; one that is lost is made anew, and counts', async () => {
  const { parcels } = await unlockedIn(temporaryFolder());
  const made = { kind: 'outcomes', id: 'case-1', station: desk } as const;
  parcels.noteMade({ ...made, digest: 'a' }, at(0));
  expect(parcels.untaken()).toEqual([
    { ...made, digest: 'a', since: at(0), madeAt: at(0), sentAt: null, takenAt: null, tries: 0, code: null },
  ]);
  parcels.noteSent('a', at(1));
  parcels.noteLost('a', 'referral.file-malformed');
  parcels.noteMade({ ...made, digest: 'b' }, at(2));
  expect(parcels.untaken()).toMatchObject([
    { digest: 'b', since: at(0), madeAt: at(2), sentAt: null, tries: 1, code: 'referral.file-malformed' },
  ]);
  // What headquarters says of the one before concerns the new one in nothing.
  parcels.noteTaken('a', at(3), null);
  expect(parcels.untaken()).toHaveLength(1);
  parcels.noteTaken('b', at(3), null);
  expect([parcels.untaken(), parcels.get('outcomes', 'case-1')?.takenAt]).toEqual([[], at(3)]);
  // To another station it is another parcel.
  parcels.noteMade({ ...made, station: other, digest: 'c' }, at(4));
  expect(parcels.get('outcomes', 'case-1')).toMatchObject({ station: other, since: at(4), tries: 0, code: null });
  parcels.noteTaken('c', at(5), 'referral.not-handed');
  parcels.tidy(at(5));
  expect(parcels.get('outcomes', 'case-1')).toMatchObject({ code: 'referral.not-handed' });
  parcels.tidy(at(6));
  expect(parcels.get('outcomes', 'case-1')).toBeNull();
});

it('a case is remembered as long as it waits at that station', async () => {
  const { parcels, referrals } = await unlockedIn(temporaryFolder());
  referrals.put({ id: 'case-1', at: at(0), text: 'x' });
  referrals.handOver('case-1', desk);
  parcels.noteMade({ kind: 'referrals', id: 'case-1', station: desk, digest: 'a' }, at(0));
  parcels.tidy(at(59));
  expect(parcels.untaken()).toHaveLength(1);
  expect(parcels.away()).toEqual([]);
  parcels.noteTaken('a', at(1), 'order.already-confirmed');
  expect(parcels.away()).toMatchObject([{ id: 'case-1', takenAt: at(1) }]);
  parcels.askAgain('a');
  expect(parcels.away()).toEqual([]);
  expect(parcels.untaken()).toMatchObject([{ id: 'case-1', sentAt: null, takenAt: null, tries: 0, code: null }]);
  referrals.takeBack('case-1', desk);
  parcels.tidy(at(0));
  expect(parcels.untaken()).toEqual([]);
});

it('what was refused is told by station and code since when, and how often it was tried', async () => {
  const { parcels } = await unlockedIn(temporaryFolder());
  const refused = { station: desk, digest: 'a', kind: 'referrals', code: 'clock.went-back' } as const;
  parcels.noteRefused(refused, at(0));
  parcels.noteRefused(refused, at(1));
  parcels.noteRefused({ ...refused, station: other, kind: 'outcomes' }, at(2));
  expect(parcels.refused()).toEqual([
    { ...refused, since: at(0), triedAt: at(1), tries: 2 },
    { ...refused, station: other, kind: 'outcomes', since: at(2), triedAt: at(2), tries: 1 },
  ]);
  parcels.noteRefused({ ...refused, code: 'referral.file-old' }, at(3));
  expect(parcels.refused()).toMatchObject([{ station: other }, { code: 'referral.file-old', since: at(3), tries: 3 }]);
  parcels.forgetRefused(desk, 'b');
  expect(parcels.refused()).toHaveLength(2);
  parcels.forgetRefused(desk, 'a');
  expect(parcels.refused()).toMatchObject([{ station: other }]);
});

it('of a flood the newest are remembered, none of another station is forgotten for it, and what was told to nobody is told again', async () => {
  const { parcels } = await unlockedIn(temporaryFolder());
  parcels.noteRefused({ station: other, digest: 'x', kind: 'referrals', code: 'clock.went-back' }, at(0));
  for (let number = 0; number < 510; number++)
    parcels.noteRefused(
      { station: desk, digest: String(number), kind: 'referrals', code: 'referral.file-malformed' },
      at(0),
    );
  expect(parcels.refused().filter(({ station }) => station === other)).toMatchObject([{ digest: 'x', tries: 1 }]);
  const left = parcels
    .refused()
    .filter(({ station }) => station === desk)
    .map(({ digest }) => Number(digest));
  expect([left.length, Math.min(...left), Math.max(...left)]).toEqual([500, 10, 509]);
  const end = { kind: 'outcomes', id: 'case-1', station: desk, digest: 'a' } as const;
  parcels.noteMade(end, at(0));
  parcels.noteMade({ ...end, kind: 'referrals', digest: 'b' }, at(0));
  parcels.forgetEnd('case-1');
  expect(parcels.untaken().map(({ kind }) => kind)).toEqual(['referrals']);
});
