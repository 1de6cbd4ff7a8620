import type { Answer } from '../../preload/contract.ts';
import { isWithheld, type ListedName, listedName } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import type { Referral } from '../house/referral.ts';
import { decidingId, hadIt, mayTravel } from '../house/referral-deciders.ts';
import { longest, most } from '../result/bounds.ts';
import { isInstant } from '../result/instant.ts';
import type { Role } from '../result/roles.ts';
import type { DamagedCase } from '../store/referrals-repository.ts';
import { referralWaiting } from '../verification/referral-waiting.ts';
import type { Decider } from '../verification/types.ts';
import { answersOf, type CaseFile, documentOf, filmFindingsOf, openCaseFile } from './case-file.ts';
import { deciderFrom } from './decision.ts';
import type { Reading } from './reading.ts';

/** The queue as the page is shown it; `viewer` is who looks at it, null where nobody signs in. */
export function referralQueue(
  house: Pick<House, 'referrals' | 'policy' | 'now' | 'newestAt' | 'keeping'>,
  viewer: { readonly id: string; readonly role: Role } | null,
): Answer<'referrals.list'> {
  const own = viewer === null ? [] : house.keeping.operators.bearers(viewer.id);
  const bearersOf = (): readonly string[] => own;
  // Those that nobody can approve any more come last: however many are left lying, none of the others is hidden behind them.
  const { waiting: whole, damaged } = house.referrals();
  const waiting = whole.map((referral) => ({ referral, time: referralWaiting(house, referral) }));
  const rows = [...waiting.filter(({ time }) => !time.past), ...waiting.filter(({ time }) => time.past)]
    .slice(0, most.records)
    .map(({ referral, time }) => ({
      id: referral.id,
      at: referral.at,
      by: referral.by.sign.slice(0, longest.sign),
      purpose: referral.purpose,
      ...nameOf(referral, viewer?.role ?? null),
      verdict: referral.verdict.verdict,
      reasons: [...referral.verdict.reasons],
      reason: referral.reason,
      own: hadIt(referral, viewer?.id ?? null, bearersOf),
      ...time,
      from: referral.from?.station ?? null,
      travels: mayTravel(referral),
    }));
  return { rows, damaged: damaged.slice(0, most.records).map(damagedRow) };
}

// Whoever changed a row from outside may have written anything there.
function damagedRow({ id, at }: DamagedCase): Answer<'referrals.list'>['damaged'][number] {
  return { id: id.slice(0, 60), at: at.length <= 30 && isInstant(at) ? at : null };
}

function nameOf({ holder, inspection }: Referral, role: Role | null): ListedName {
  const person = holder ?? inspection?.document?.holder ?? null;
  const { holderName, nameless } = listedName(person, isWithheld(role, holder));
  return { holderName: holderName?.slice(0, longest.personName) ?? null, nameless };
}

/** The referred case on the desk, as it was: everything that was answered stands, and its decision is open. */
export function reopenedCase(
  referral: Referral,
  begunAt: string,
  around: Pick<CaseFile, 'reading' | 'portraits'>,
  newReading: () => Reading,
): CaseFile {
  const { purpose, holder, holderNotOnFile, keyKind, face, confirmed, inspection, readAt, taps } = referral;
  const answers = { ...referral.answers };
  const { order } = referral;
  const second = referral.second === undefined ? null : secondOf(referral.second, newReading());
  if (inspection !== null && readAt !== null) around.reading.restore(inspection, readAt, taps);
  const paperOf = documentOf(around);
  const answered = {
    purpose,
    holder,
    holderNotOnFile,
    keyKind,
    face,
    confirmed,
    answers,
    paperOf,
    order,
    second,
    reused: referral.reused ?? null,
    // The cameras are not kept: what their names came to is.
    films: referral.film === undefined ? null : { ...referral.film, cameras: [] },
  };
  return { ...openCaseFile(decidingId(referral.id), begunAt, around), ...answered, step: 'decide', referral };
}

function secondOf(
  { keyKind, inspection, readAt, taps }: NonNullable<Referral['second']>,
  reading: Reading,
): NonNullable<CaseFile['second']> {
  if (inspection !== null && readAt !== null) reading.restore(inspection, readAt, taps);
  return { reading, keyKind };
}

/** What waits of a case that staff refer. */
export function referralFrom(
  house: Pick<House, 'policy'>,
  file: CaseFile,
  told: Pick<Referral, 'at' | 'by' | 'reason' | 'verdict'>,
): Referral | null {
  const { id, purpose, holder, holderNotOnFile, keyKind, face, confirmed, reading } = file;
  if (purpose === null) return null;
  const handledBy = file.handledBy.map((operator): Decider => deciderFrom(null, operator.sign, operator));
  const { readAt, taps, evidence } = reading;
  const answered = {
    purpose,
    holder,
    holderNotOnFile,
    keyKind,
    face,
    confirmed,
    answers: { ...answersOf(file) },
    order: file.order,
  };
  const film = filmFindingsOf(house, file);
  const second = {
    ...(file.second === null ? {} : { second: secondFrom(file.second) }),
    ...(file.reused === null ? {} : { reused: file.reused }),
    ...(film === null ? {} : { film }),
  };
  return { id, ...told, handledBy, ...answered, readAt, taps, inspection: evidence.inspection, ...second };
}

function secondFrom({ keyKind, reading }: NonNullable<CaseFile['second']>): NonNullable<Referral['second']> {
  const { readAt, taps, evidence } = reading;
  return { keyKind, readAt, taps, inspection: evidence.inspection };
}
