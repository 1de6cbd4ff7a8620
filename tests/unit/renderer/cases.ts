import type { CaseView, CheckView, DeskState, HolderView } from '../../../preload/contract.ts';
import type { Words } from '../../../renderer/parts/language.ts';
import { failureWords } from '../../../resources/failures/failures.ts';
import { type Language, textsIn } from '../../../resources/texts/texts.ts';

export const holder: HolderView = {
  id: 'K-1',
  personalNumber: '191212121212',
  givenNames: 'Åsa',
  surname: 'Öberg',
  birthDate: '1912-12-12',
};

export const passport: NonNullable<CaseView['document']> = {
  type: 'passport',
  code: 'P',
  issuer: 'SWE',
  number: 'XA0000017',
  expiry: '2030-01-31',
  holder: {
    surname: 'OEBERG',
    givenNames: 'AASA',
    personalNumber: '191212121212',
    birthDate: '1912-12-12',
    sex: 'F',
    nationality: 'SWE',
  },
};

/** A case as it stands after the errand was chosen, changed as a test needs it. */
export function caseOf(changes: Partial<CaseView> = {}): CaseView {
  return {
    id: 'c',
    step: 'holder',
    purpose: 'renew-bankid',
    holder: null,
    holderNotOnFile: false,
    holderFromDocument: false,
    holderAsked: true,
    asks: { paper: null, age: null, whyNotEid: null, reasons: null },
    referral: null,
    newPerson: null,
    order: null,
    carriesOrder: 'none',
    goOnHindrance: null,
    keyKind: null,
    printed: null,
    before: [],
    reading: readingOf('idle'),
    register: null,
    second: null,
    reuse: null,
    document: null,
    access: null,
    checks: [],
    specimen: false,
    portrait: 'none',
    face: null,
    verdict: null,
    ...changes,
  };
}

export function readingOf(
  state: CaseView['reading']['state'],
  changes: Partial<CaseView['reading']> = {},
): CaseView['reading'] {
  return {
    state,
    code: null,
    steps: [],
    file: null,
    bytesRead: 0,
    bytesTotal: 0,
    seconds: 0,
    taps: 0,
    laidBack: null,
    delay: null,
    ...changes,
  };
}

export function deskOf(view: CaseView | null, changes: Partial<DeskState> = {}): DeskState {
  return {
    revision: 1,
    station: 'attended',
    stationName: null,
    setUp: null,
    referrals: null,
    delivery: null,
    session: { needed: false, operator: null, waiting: null },
    service: { available: true, code: null },
    readers: [{ name: 'R', kind: 'pcsc', state: 'empty' }],
    reader: 'R',
    readerSet: null,
    case: view,
    specimen: null,
    offered: [],
    offeredMore: 0,
    refusedLink: null,
    trustWork: null,
    rosterWork: null,
    headquartersWork: null,
    recordsCheck: null,
    ...changes,
  };
}

export function check(id: CheckView['id'], result: CheckView['result'], code: CheckView['code'] = null): CheckView {
  return { id, result, code, detail: {} };
}

export function wordsIn(language: Language): Words {
  return { language, t: textsIn(language), failure: (code) => failureWords(language, code) };
}
