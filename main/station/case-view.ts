import type { CaseView, HolderView } from '../../preload/contract.ts';
import type { Holder } from '../holders/holder.ts';
import {
  holderChecksFor,
  holderViewFor,
  shownNumber,
  type Viewer,
  type WithheldPerson,
} from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import { longest, most } from '../result/bounds.ts';
import { goOnHindrance } from '../verification/decision.ts';
import type { Decision } from '../verification/types.ts';
import {
  type CaseFile,
  checksOf,
  faceOf,
  factsOf,
  groundOf,
  holderAnswered,
  isConfirmed,
  isFromDocument,
  isHolderAsked,
  machineWorkOf,
  newHolderOf,
  personOf,
  portraitOf,
  verdictOf,
} from './case-file.ts';
import { orderView } from './case-order.ts';
import { deciderFrom } from './decision.ts';
import { documentView, short } from './document-view.ts';
import { asksOf } from './errand-answers.ts';
import { machineTermsOf } from './machine-answers.ts';
import { registerView } from './register-answers.ts';
import { reuseView } from './reuse.ts';
import { secondView } from './second-document.ts';

/** A person on file as the page is shown them. */
export function holderView(holder: Holder | WithheldPerson, viewer: Viewer): HolderView {
  return { ...holderViewFor(viewer, holder) };
}

function newPersonView(
  house: Parameters<typeof newHolderOf>[0],
  file: CaseFile,
  viewer: Viewer,
): CaseView['newPerson'] {
  const found = newHolderOf(house, file);
  if (found === null) return null;
  const { givenNames, surname, birthDate } = found.person;
  return {
    person: { personalNumber: shownNumber(found.person), givenNames, surname, birthDate },
    onFile: found.onFile.slice(0, most.holders).map((holder) => holderView(holder, viewer)),
    onFileCount: found.onFile.length,
    confirmed: isConfirmed(file, found),
  };
}

// Once the chip has spoken, what the page alone said is over.
function pageView(house: Pick<House, 'knownBefore' | 'policy'>, file: CaseFile): Pick<CaseView, 'printed' | 'before'> {
  const { page, purpose, holder } = file;
  if (page === null) return { printed: null, before: [] };
  const { printed, against } = house.knownBefore(page, purpose === null ? null : house.policy(purpose), holder);
  const isRead = file.reading.evidence.document !== null;
  return { printed: printed === null ? null : documentView(printed), before: isRead ? [] : [...against] };
}

// What a colleague's approval does beside letting the person go on is told before they decide.
function putsOnFile(house: Parameters<typeof factsOf>[0] & Pick<House, 'documentToFile'>, file: CaseFile): boolean {
  const operator = file.handledBy.at(-1);
  if (operator === undefined || file.purpose === null || !holderAnswered(house, file)) return false;
  if (house.policy(file.purpose).knownDocuments !== 'approved') return false;
  const decision: Decision = { outcome: 'go-on', reason: null, by: deciderFrom(null, operator.sign, operator) };
  return house.documentToFile(factsOf(house, file, decision)) !== null;
}

// What the machine said is told to whoever has answered, and to nobody before.
function machineView(house: Pick<House, 'policy'>, file: CaseFile): Pick<CaseView, 'machine'> {
  if (machineTermsOf(house, file) === null) return {};
  const { consent, compared } = machineWorkOf(file);
  return { machine: { consent, compared, advice: faceOf(file)?.machine?.advice ?? null } };
}

/** The open case as one snapshot for the page of whoever is signed in; what it says of the verdict is what a decision goes by (`shown`). */
export function caseView(
  house: Parameters<typeof factsOf>[0] &
    Parameters<typeof registerView>[0] &
    Pick<House, 'knownBefore' | 'documentToFile'>,
  file: CaseFile,
  viewer: Viewer,
): CaseView {
  const { document, access, inspection } = file.reading.evidence;
  const verdict = verdictOf(house, file);
  file.shown = verdict;
  const face = faceOf(file);
  const ground = groundOf(house, file);
  const hindrance = ground === null ? null : goOnHindrance(ground);
  return {
    id: file.id,
    step: file.step,
    purpose: file.purpose,
    holder: file.holder === null ? null : holderView(file.holder, viewer),
    holderNotOnFile: file.holderNotOnFile,
    holderFromDocument: isFromDocument(house, file),
    holderAsked: isHolderAsked(house, file),
    newPerson: newPersonView(house, file, viewer),
    register: registerView(house, file),
    keyKind: file.keyKind,
    ...pageView(house, file),
    reading: file.reading.view(),
    document: document === null ? null : documentView(document),
    access: access === null ? null : { ...access },
    second: secondView(house, file),
    reuse: reuseView(house, file),
    checks: holderChecksFor(viewer, file.holder, checksOf(house, file)).map((check) => ({
      ...check,
      detail: { ...check.detail },
    })),
    specimen: inspection?.specimen ?? false,
    portrait: portraitOf(file),
    face: face === null ? null : { answer: face.answer, reason: face.reason },
    ...machineView(house, file),
    verdict:
      verdict === null
        ? null
        : {
            ...verdict,
            reasons: [...verdict.reasons],
            passedOver: [...verdict.passedOver],
            conditions: verdict.conditions.map((each) => ({ ...each })),
          },
    asks: asksOf(house, file),
    order: orderView(house, file, personOf(house, file)),
    carriesOrder: file.purpose === null ? 'none' : house.policy(file.purpose).order,
    referral:
      file.referral === null
        ? null
        : {
            by: short(file.referral.by.sign, longest.sign),
            at: file.referral.at,
            reason: file.referral.reason,
            putsOnFile: hindrance === null && putsOnFile(house, file),
          },
    goOnHindrance: hindrance,
  };
}
