import type { CaseStep, CaseView } from '../../preload/contract.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { House } from '../house/house.ts';
import { type Check, unsuccessful } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { CaseFacts, Purpose } from '../verification/types.ts';
import { documentView } from './document-view.ts';
import type { Reading } from './reading.ts';

/** A document that is laid beside the first one: begun with what opens its chip, and there until it is taken back. */
export interface SecondLaid {
  readonly reading: Reading;
  keyKind: CaseView['keyKind'];
}

/** What of a case its two documents concern. */
interface TwofoldCase {
  readonly reading: Reading;
  step: CaseStep;
  purpose: Purpose | null;
  second: SecondLaid | null;
}

/** Whether the errand takes a residence permit beside the passport. */
function takesSecond(house: Pick<House, 'policy'>, { purpose }: Pick<TwofoldCase, 'purpose'>): boolean {
  return purpose !== null && house.policy(purpose).documentsInCase === 'passport-with-permit';
}

/** Whether a second document may be laid now: beside a passport that was read, since a permit proves nobody alone or first. */
export function isSecondOpen(house: Pick<House, 'policy'>, file: TwofoldCase): boolean {
  const { evidence, busy } = file.reading;
  return (
    takesSecond(house, file) &&
    !busy &&
    evidence.inspection?.document?.type === 'passport' &&
    evidence.inspection.mrz !== null
  );
}

/** Whether a chip of the case is being read now. */
export function isReadingNow({ reading, second }: Pick<TwofoldCase, 'reading' | 'second'>): boolean {
  return reading.busy || second?.reading.busy === true;
}

/** Nothing is read any more, and nothing of the chips is kept. */
export function endReadings({ reading, second }: Pick<TwofoldCase, 'reading' | 'second'>): void {
  reading.end();
  second?.reading.end();
}

/**
 * Takes what opens the second document's chip; `fresh` makes its reading. Fails with `case.not-open` where none can be laid, and as
 * `Reading.setKey` does.
 */
export function setSecondKey(
  house: Pick<House, 'policy'>,
  file: TwofoldCase,
  key: AccessKey,
  kind: SecondLaid['keyKind'],
  fresh: () => Reading,
): void {
  if (!isSecondOpen(house, file)) throw new Failure('case.not-open', { step: 'second' });
  const second = file.second ?? { reading: fresh(), keyKind: null };
  second.reading.setKey(key);
  second.keyKind = kind;
  file.second = second;
}

/**
 * The first document is laid down once more: nobody waits for the second one meanwhile. Fails with `case.busy` while that is read.
 */
export function refuseWhileSecond({ second }: Pick<TwofoldCase, 'second'>): void {
  if (second === null) return;
  if (second.reading.busy) throw new Failure('case.busy');
  second.reading.stop();
}

/** Reads the second document again. Fails as `setSecondKey`, and with `access.key-missing` before its key was typed. */
export function tapSecond(house: Pick<House, 'policy'>, file: TwofoldCase): void {
  if (!isSecondOpen(house, file)) throw new Failure('case.not-open', { step: 'second' });
  if (file.second === null) throw new Failure('access.key-missing');
  file.second.reading.tap();
}

/** The case goes on with the first document alone. */
export function dropSecond(file: TwofoldCase): void {
  file.second?.reading.end();
  file.second = null;
  if (file.step === 'second') file.step = 'chip';
}

/** Another errand may take one document alone. */
export function dropUnlessTaken(house: Pick<House, 'policy'>, file: TwofoldCase): void {
  if (!takesSecond(house, file)) dropSecond(file);
}

/**
 * `document.second`, for a case to which a second document was laid: one that was begun and not read is undetermined, and is
 * never left out.
 */
export function secondChecks(
  house: Pick<House, 'secondDocument'>,
  { reading, second }: Pick<TwofoldCase, 'reading' | 'second'>,
): readonly Check[] {
  if (second === null) return [];
  const [first, other] = [reading.evidence.inspection, second.reading.evidence.inspection];
  if (first === null || other === null)
    return [unsuccessful('document.second', 'undetermined', 'document.second-not-read')];
  return [house.secondDocument(first, other)];
}

/** How old the older of the readings is that the case rests on, in minutes; infinite before the first document was read. */
export function evidenceMinutes({ reading, second }: Pick<TwofoldCase, 'reading' | 'second'>): number {
  const other = second?.reading.evidence.inspection ?? null;
  return other === null ? reading.ageMinutes : Math.max(reading.ageMinutes, second?.reading.ageMinutes ?? 0);
}

/** What the record keeps of the second document; nothing where none was laid. */
export function secondFacts({ second }: Pick<TwofoldCase, 'second'>): Pick<CaseFacts, 'second'> {
  if (second === null) return {};
  const { evidence, readAt, taps } = second.reading;
  const { document, access, checks, inspection } = evidence;
  return { second: { document, access, checks, reading: inspection?.reading ?? null, readAt, taps } };
}

const nothingLaid: NonNullable<CaseView['second']>['reading'] = {
  state: 'idle',
  code: null,
  steps: [],
  file: null,
  bytesRead: 0,
  bytesTotal: 0,
  seconds: 0,
  taps: 0,
  laidBack: null,
  delay: null,
};

/** The second document as the page shows it; null where the errand takes one alone. */
export function secondView(house: Pick<House, 'policy'>, file: TwofoldCase): CaseView['second'] {
  if (!takesSecond(house, file)) return null;
  const { second } = file;
  const { document = null, access = null, checks = [], inspection = null } = second?.reading.evidence ?? {};
  return {
    open: isSecondOpen(house, file),
    laid: second !== null,
    keyKind: second?.keyKind ?? null,
    reading: second?.reading.view() ?? nothingLaid,
    document: document === null ? null : documentView(document),
    access: access === null ? null : { ...access },
    checks: checks.map((check) => ({ ...check, detail: { ...check.detail } })),
    specimen: inspection?.specimen ?? false,
  };
}
