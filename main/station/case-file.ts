import type { CaseStep, CaseView } from '../../preload/contract.ts';
import type { Holder } from '../holders/holder.ts';
import type { NewHolder, PersonInDocument } from '../holders/new-holder.ts';
import type { House } from '../house/house.ts';
import type { Referral } from '../house/referral.ts';
import { decidedReferral } from '../house/referral-deciders.ts';
import { equal } from '../result/bytes.ts';
import { type Check, checkIds } from '../result/check.ts';
import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Role } from '../result/roles.ts';
import type { Operator } from '../store/operators/operator.ts';
import { caseHolder, caseHolderTaken } from '../verification/case-holder.ts';
import type { DecisionGround } from '../verification/decision.ts';
import { copiesFor } from '../verification/document-copies.ts';
import { type ErrandAnswers, errandFacts, noAnswers } from '../verification/errand-checks.ts';
import { type CaseFilms, type FilmFindings, findingsOf } from '../verification/film-findings.ts';
import { withGroupsAsked } from '../verification/groups-asked.ts';
import type { PrintedPage } from '../verification/known-before.ts';
import type { MachineWork } from '../verification/machine-advice.ts';
import { boundOrder, type GivenOrder } from '../verification/order-case.ts';
import { policyDigest } from '../verification/policy-digest.ts';
import { referralHindrance } from '../verification/referral-time.ts';
import type {
  CaseFacts,
  CaseHolder,
  Decision,
  FaceComparison,
  Policy,
  Purpose,
  Verdict,
} from '../verification/types.ts';
import { orderHindranceOf } from './case-order.ts';
import { deciderFrom } from './decision.ts';
import type { PortraitGuard, PortraitState } from './portrait-guard.ts';
import type { WaitingKey } from './printed-page.ts';
import type { Reading } from './reading.ts';
import { type Reused, reusedMinutes, reuseFacts } from './reuse.ts';
import { evidenceMinutes, isSecondOpen, type SecondLaid, secondChecks, secondFacts } from './second-document.ts';

/** The open case at the desk: what staff answered. Everything else is derived from it and from its reading. */
export interface CaseFile {
  readonly id: string;
  readonly begunAt: string;
  readonly reading: Reading;
  readonly portraits: PortraitGuard;
  step: CaseStep;
  purpose: Purpose | null;
  holder: Holder | null;
  holderNotOnFile: boolean;
  keyKind: CaseView['keyKind'];
  /** What is known of the document's page before its chip is read; null where nothing is. */
  page: PrintedPage | null;
  /** What opens the chip of a document that was swiped before the case came to it. */
  waitingKey: WaitingKey | null;
  face: ComparedFace | null;
  machine: ComparedByMachine | null;
  /** What the camera's films have shown; null where nobody was filmed. It belongs to the visit, whichever document is laid. */
  films: CaseFilms | null;
  readonly answers: { -readonly [Key in keyof ErrandAnswers]: ErrandAnswers[Key] };
  /** The document that lay there when staff looked at the paper; null before one had said what it is. */
  paperOf: string | null;
  /** The person whom staff found right in the document, where the purpose takes them from there. */
  confirmed: PersonInDocument | null;
  /** The operators who had the case, the first first; empty where nobody signs in. */
  handledBy: readonly Operator[];
  /** The referral that a colleague decides here; null where the case is the desk's own. */
  readonly referral: Referral | null;
  /** Whether a colleague is to decide what whoever has the case would let through. */
  lapsed: boolean;
  /** What the person is to confirm; null without an order. */
  order: GivenOrder | null;
  /** A residence permit beside the passport; null where none was laid. */
  second: SecondLaid | null;
  /** The earlier reading on which the case rests; null where the document is read. */
  reused: Reused | null;
  /** Why the earlier reading of a referred case counts no more; null where it does. */
  reusedAgainst: FailureCode | null;
  /** The record that staff are offered to rest on. */
  reusable: { readonly recordId: string; readonly readAt: string } | null;
  /** What the last snapshot of the case said that it comes to; null before one did, and before a purpose was chosen. */
  shown: Verdict | null;
}

/** What was done to compare by machine, and the portrait that it was done with: of another it says nothing, nor does the consent. */
export interface ComparedByMachine extends MachineWork {
  readonly portrait: Uint8Array | null;
}

/** Staff's answer, and the portrait that it was given to. */
export interface ComparedFace {
  readonly comparison: FaceComparison;
  readonly portrait: Uint8Array | null;
}

type Judging = Pick<
  House,
  | 'judge'
  | 'orders'
  | 'now'
  | 'newestAt'
  | 'mayGoOnAlone'
  | 'reasonsToGoOn'
  | 'policy'
  | 'matchHolder'
  | 'newHolder'
  | 'faceChecks'
  | 'errandChecks'
  | 'secondDocument'
>;

/** A new case, before anything was chosen. */
export function openCaseFile(id: string, begunAt: string, around: Pick<CaseFile, 'reading' | 'portraits'>): CaseFile {
  return {
    id,
    begunAt,
    ...around,
    step: 'purpose',
    purpose: null,
    holder: null,
    holderNotOnFile: false,
    keyKind: null,
    page: null,
    waitingKey: null,
    face: null,
    machine: null,
    films: null,
    answers: { ...noAnswers },
    paperOf: null,
    confirmed: null,
    handledBy: [],
    referral: null,
    lapsed: false,
    order: null,
    second: null,
    reused: null,
    reusedAgainst: null,
    reusable: null,
    shown: null,
  };
}

/** Whether the purpose takes the person from the document: nobody is on file yet. */
export function isFromDocument(house: Pick<House, 'policy'>, { purpose }: Pick<CaseFile, 'purpose'>): boolean {
  return purpose !== null && house.policy(purpose).holder === 'from-document';
}

/** Whether the purpose asks for somebody on file. */
export function isHolderAsked(house: Pick<House, 'policy'>, { purpose }: Pick<CaseFile, 'purpose'>): boolean {
  return purpose === null || house.policy(purpose).holder === 'on-file';
}

/** Whether the person was dealt with: found on file, known not to be, to be taken from the document, or nobody's concern. */
export function holderAnswered(house: Pick<House, 'policy'>, file: CaseFile): boolean {
  return file.holder !== null || file.holderNotOnFile || !isHolderAsked(house, file);
}

/** Fails with `case.not-open` where the case has no ground for that step yet, or the step no place in it. */
export function assertGround(house: Pick<House, 'policy'>, file: CaseFile, step: CaseStep): void {
  const answered = file.purpose !== null && holderAnswered(house, file);
  const ground: Record<CaseStep, boolean> = {
    purpose: true,
    holder: file.purpose !== null && isHolderAsked(house, file),
    chip: answered,
    second: answered && isSecondOpen(house, file),
    face: answered && (portraitOf(file) !== 'none' || file.reused !== null),
    decide: answered,
  };
  if (!ground[step]) throw new Failure('case.not-open', { step });
}

/**
 * Staff's comparison, as long as it tells of the portrait that is there now: a torn reading goes on by itself, and with
 * another document that bears another portrait nothing was compared yet.
 */
export function faceOf({ face, reading }: Pick<CaseFile, 'face' | 'reading'>): FaceComparison | null {
  const portrait = reading.evidence.portrait?.bytes ?? null;
  if (face === null) return null;
  const another = portrait !== null && (face.portrait === null || !equal(face.portrait, portrait));
  return another ? null : face.comparison;
}

/** What was done to compare by machine, as long as it tells of the portrait that is there now. */
export function machineWorkOf({ machine, reading }: Pick<CaseFile, 'machine' | 'reading'>): MachineWork {
  const portrait = reading.evidence.portrait?.bytes ?? null;
  const isOfThis = machine?.portrait != null && portrait !== null && equal(machine.portrait, portrait);
  return isOfThis ? machine : { consent: 'not-asked', compared: false, score: null };
}

/** What was found in the camera's films under the policy of the errand; null where nothing was filmed. */
export function filmFindingsOf(
  house: Pick<House, 'policy'>,
  { films, purpose }: Pick<CaseFile, 'films' | 'purpose'>,
): FilmFindings | null {
  return films === null ? null : findingsOf(films, purpose === null ? null : house.policy(purpose).faceCameras);
}

/** Which document lies there, by issuer and number; null while none has said what it is. */
export function documentOf({ reading }: Pick<CaseFile, 'reading'>): string | null {
  const { document } = reading.evidence;
  return document === null ? null : `${document.issuer} ${document.number}`;
}

/** What staff answered that the errand asks for. What they saw of one paper or card says nothing of another that was laid down since. */
export function answersOf(file: Pick<CaseFile, 'answers' | 'paperOf' | 'reading'>): ErrandAnswers {
  const now = documentOf(file);
  const another = now !== null && now !== file.paperOf;
  return another ? { ...file.answers, paper: null } : file.answers;
}

/** What is known of the chip's portrait. */
export function portraitOf({ reading, portraits }: Pick<CaseFile, 'reading' | 'portraits'>): PortraitState {
  return portraits.state(reading.evidence);
}

// A portrait that cannot be shown was compared with nobody.
function isShown(portrait: PortraitState): boolean {
  return portrait !== 'none' && portrait !== 'broken';
}

/** Every check of the case as known now: the inspection's, then the holder's and the faces'. One entry per id. */
export function checksOf(house: Judging, file: CaseFile): readonly Check[] {
  const { checks: made, inspection } = file.reading.evidence;
  const checks = file.purpose === null ? made : withGroupsAsked(house.policy(file.purpose), made);
  const policy = file.purpose !== null && holderAnswered(house, file) ? house.policy(file.purpose) : null;
  // An earlier case compared the person on file, and who they are has not changed since; its photo is the document's own.
  const match =
    inspection !== null && policy !== null && file.reused === null
      ? house.matchHolder(policy, file.holder, inspection)
      : [];
  const face = house.faceChecks(
    faceOf(file),
    file.reused !== null || isShown(portraitOf(file)),
    filmFindingsOf(house, file),
  );
  const errand =
    file.purpose === null ? [] : house.errandChecks(house.policy(file.purpose), answersOf(file), inspection);
  return [...checks, ...match, ...face, ...errand, ...secondChecks(house, file)].toSorted(
    (a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id),
  );
}

/** What the case comes to with what is known now; null before a purpose was chosen. */
export function verdictOf(house: Judging, file: CaseFile): Verdict | null {
  if (file.purpose === null) return null;
  const specimen = file.reading.evidence.inspection?.specimen ?? false;
  return house.judge(house.policy(file.purpose), checksOf(house, file), specimen);
}

/** The person whom the document names and who becomes a holder, where the purpose takes them from there; else null. */
export function newHolderOf(house: Judging, file: CaseFile): NewHolder | null {
  const { inspection } = file.reading.evidence;
  return inspection !== null && isFromDocument(house, file) ? house.newHolder(inspection) : null;
}

/** Who the case is about, as far as that is known: on file, or in the document. */
export function personOf(house: Judging, file: CaseFile): Pick<CaseHolder, 'id' | 'personalNumber'> | null {
  const person = newHolderOf(house, file)?.person ?? null;
  return file.holder ?? (person === null ? null : { ...person, id: file.id });
}

/** Whether staff found the person right whom the document names now. */
export function isConfirmed({ confirmed }: Pick<CaseFile, 'confirmed'>, { person }: NewHolder): boolean {
  return confirmed !== null && JSON.stringify(confirmed) === JSON.stringify(person);
}

/** The role of whoever has the case: where nobody signs in, a teller's. */
export function roleOf({ handledBy }: Pick<CaseFile, 'handledBy'>): Role {
  return handledBy.at(-1)?.role ?? 'teller';
}

/** What a decision would rest on now; null before a purpose was chosen. */
export function groundOf(house: Judging, file: CaseFile): DecisionGround | null {
  const verdict = verdictOf(house, file);
  if (file.purpose === null || verdict === null) return null;
  const { inspection } = file.reading.evidence;
  const policy = house.policy(file.purpose);
  const person = newHolderOf(house, file);
  return {
    verdict,
    // A colleague is the second person that the policy asks for.
    mayGoOnAlone:
      file.referral !== null ||
      house.mayGoOnAlone(policy, checksOf(house, file), inspection?.specimen ?? false, roleOf(file)),
    documentRead: inspection !== null && inspection.document !== null,
    face: faceOf(file),
    evidenceMinutes: reusedMinutes(house, file) ?? evidenceMinutes(file),
    ...referredGround(house, file, policy),
    policy,
    lapsed: file.lapsed,
    eidReasonOpen: policy.whyNotEid === 'required' && file.answers.whyNotEid === null,
    reasons: house.reasonsToGoOn(policy, checksOf(house, file), inspection?.specimen ?? false, roleOf(file)),
    orderHindrance: orderHindranceOf(house, file, personOf(house, file)),
    personOpen: isFromDocument(house, file) && (person === null || !isConfirmed(file, person)),
  };
}

// A case that waited for a colleague has a limit of its own.
function referredGround(house: Judging, file: CaseFile, policy: Policy): Pick<DecisionGround, 'referred'> {
  const { referral, reading, second, reused } = file;
  if (referral === null) return {};
  const other = second?.reading.readAt ?? null;
  const readAt = [reading.readAt, ...(other === null ? [] : [other])];
  const clock = { now: house.now(), newestAt: house.newestAt() };
  const read = { readAt, reused: reused !== null, referredAt: referral.at, ...clock };
  const past = referralHindrance({ ...read, checks: checksOf(house, file) }, policy);
  return { referred: past ?? file.reusedAgainst };
}

// Nothing was asked of anybody yet: there is no policy to judge by, and nothing to go on with.
const nothingChosen: Verdict = {
  verdict: 'refer',
  reasons: ['case.abandoned'],
  decidedBy: null,
  passedOver: [],
  conditions: [],
};

/** What the record is made from. */
export function factsOf(
  house: Judging & Pick<House, 'kind' | 'stationKind' | 'now'>,
  file: CaseFile,
  decision: Decision,
): CaseFacts {
  const { document, access, inspection } = file.reading.evidence;
  const policy = file.purpose === null ? null : house.policy(file.purpose);
  return {
    id: file.id,
    training: house.kind === 'training',
    stationKind: house.stationKind(),
    purpose: file.purpose,
    holder: holderOf(house, file, decision),
    // Who is asked for an age alone leaves no name: the record holds that and no more.
    document: policy?.holder === 'nobody' ? null : document,
    access,
    ...secondFacts(file),
    checks: checksOf(house, file),
    reading: file.reused === null ? (inspection?.reading ?? null) : null,
    ...reuseFacts(file),
    face: faceOf(file),
    verdict: verdictOf(house, file) ?? nothingChosen,
    policy: policy === null ? null : { id: policy.id, version: policy.version, digest: policyDigest(policy) },
    decision,
    begunAt: file.begunAt,
    endedAt: house.now(),
    readAt: file.reading.readAt,
    taps: file.reading.taps,
    ...(file.referral === null ? {} : { referral: decidedReferral(file.referral) }),
    ...(file.handledBy.length > 1
      ? { handledBy: file.handledBy.map(({ id, sign }) => deciderFrom(null, sign, { id, sign })) }
      : {}),
    ...(policy === null ? {} : errandFacts(policy, answersOf(file))),
    ...copiesFor(policy, inspection),
    ...(file.order === null ? {} : { order: boundOrder(file.order, checksOf(house, file)) }),
  };
}

// Whom a case took from a document is on file with the decision to go on, under the id of the case.
function holderOf(house: Judging, file: CaseFile, { outcome }: Decision): CaseFacts['holder'] {
  const person = newHolderOf(house, file)?.person ?? null;
  if (person !== null) return outcome === 'go-on' ? caseHolderTaken({ id: file.id, ...person }) : null;
  return file.holder === null ? null : caseHolder(file.holder);
}
