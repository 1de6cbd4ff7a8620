import * as v from 'valibot';
import { longest, most, textSizes } from '../main/result/bounds.ts';
import { checkIds, checkResults } from '../main/result/check.ts';
import { longestScanned } from '../main/result/digital-id-card.ts';
import type { FailureCode } from '../main/result/failure-codes.ts';
import { inspectionSteps } from '../main/result/inspection-steps.ts';
import { roles } from '../main/result/roles.ts';
import { type Language, languages } from '../resources/texts/languages.ts';
import {
  code,
  count,
  countryCode,
  countryLetters,
  countryNames,
  day,
  done,
  list,
  namelessSchema,
  nothing,
  purposeSchema,
  text,
  verdictSchema,
} from './contract-parts.ts';
import { filmedMethods, openedCameraSchema } from './filmed-contract.ts';
import { headquartersMethods, headquartersWorkSchema } from './headquarters-contract.ts';
import { longestHolderName, officeMethods, receiptSchema } from './office-contract.ts';
import { policiesMethods } from './policies-contract.ts';
import { readerMethods } from './reader-contract.ts';
import { retentionMethods } from './retention-contract.ts';
import { setUpMethods, setUpStepSchema } from './set-up-contract.ts';
import { signerMethods } from './signers-contract.ts';
import { stationsMethods } from './stations-contract.ts';
import { trustBasisMethods } from './trust-basis-contract.ts';

export { purposeSchema, verdictSchema } from './contract-parts.ts';
export type { FilmedMrzView } from './filmed-contract.ts';
export type {
  HeadquartersCertificate,
  HeadquartersChosen,
  HeadquartersMethod,
  HeadquartersView,
  HeadquartersWorkView,
} from './headquarters-contract.ts';
export { headquartersBounds } from './headquarters-contract.ts';
export type {
  ReceiptView,
  RecordFilterInput,
  RecordRow,
  RecordView,
  TellerFiguresView,
} from './office-contract.ts';
export { longestHolderName, officeBounds } from './office-contract.ts';
export type { PoliciesMethod, PoliciesView, PolicyEdition, PolicyView } from './policies-contract.ts';
export type { MeantRecordsInput, RetentionView } from './retention-contract.ts';
export type { SetUpDraft, SetUpStep, SetUpView } from './set-up-contract.ts';
export type { PinView, SignerCertificateView, SignerMethod, SignersView, SigningView } from './signers-contract.ts';
export { signerBounds } from './signers-contract.ts';
export type { LookedCard, StationCardView, StationsMethod, StationsView, TakenFile } from './stations-contract.ts';
export { stationsBounds } from './stations-contract.ts';
export type {
  AuthorityView,
  OriginView,
  TrustBasisMethod,
  TrustBasisView,
  TrustLimitsView,
} from './trust-basis-contract.ts';
export { basisBounds } from './trust-basis-contract.ts';

/*
 * The one description of what a page may ask of the main process. `methods` names each call with the schema of its
 * arguments and of its answer; the bridge, the handlers and the page's types are all derived from it. Answers are
 * checked before they leave and again when they arrive; a failure crosses as `{ code, fields }`.
 */

export const languageSchema = v.picklist(languages);
export const textSizeSchema = v.picklist(textSizes);
export const stationKindSchema = v.picklist(['attended', 'unattended']);
export const caseStepSchema = v.picklist(['purpose', 'holder', 'chip', 'second', 'face', 'decide']);
export const readingStepSchema = v.picklist(inspectionSteps);

/** What the page must know of the app once: version, kind of data, where the key lies, and whether this is the stand-in. */
export const appInfoSchema = v.object({
  version: text(40),
  training: v.boolean(),
  standIn: v.boolean(),
  language: languageSchema,
  /** In per cent of the page's own size. */
  textSize: textSizeSchema,
  /** Where the master key comes from; `basic-text` is safeStorage without a real vault and is said loudly. */
  key: v.picklist(['safe-storage', 'basic-text', 'passphrase', 'key-file', 'locked']),
  /** Whether the folder has a key at all: where it has none, whoever opens it chooses the passphrase. */
  hasKey: v.boolean(),
  operatingSystemUser: text(200),
  /** Settings that administrators of many stations made from outside, by name: nobody changes them here. */
  managed: v.pipe(v.array(text(40)), v.maxLength(most.managed)),
});

export const readerSchema = v.object({
  name: text(longest.readerName),
  kind: v.picklist(['pcsc', 'training']),
  state: v.picklist(['empty', 'card', 'in-use', 'mute', 'unusable']),
});

export const checkSchema = v.object({
  id: v.picklist(checkIds),
  result: v.picklist(checkResults),
  code: v.nullable(code),
  detail: v.record(v.string(), v.unknown()),
});

export const documentSchema = v.object({
  type: v.picklist(['passport', 'identity-card', 'residence-permit', 'other']),
  code: text(2),
  issuer: text(3),
  number: text(longest.number),
  expiry: v.nullable(text(10)),
  holder: v.object({
    surname: text(longest.personName),
    givenNames: text(longest.personName),
    personalNumber: v.nullable(text(longest.number)),
    birthDate: v.nullable(text(10)),
    sex: v.picklist(['F', 'M', 'X']),
    nationality: text(3),
  }),
});

export const accessSchema = v.object({
  protocol: v.picklist(['PACE', 'BAC', 'plain']),
  mapping: v.nullable(text(10)),
  agreement: v.nullable(text(10)),
  parameters: v.nullable(text(40)),
  cipher: v.nullable(text(20)),
});

export const holderSchema = v.object({
  id: text(100),
  /** Sweden's twelve digits, or where there is none the number of another state after its code. */
  personalNumber: v.nullable(text(longest.number)),
  givenNames: text(longest.personName),
  surname: text(longest.personName),
  birthDate: v.nullable(text(10)),
  /** A protected identity: whether its details are shown to who looks; withheld, names are empty and the rest is null. */
  protected: v.exactOptional(v.picklist(['shown', 'withheld'])),
});

export const foundHolderSchema = v.object({
  holder: holderSchema,
  /** How the query met the person. */
  matchedBy: v.picklist(['personal-number', 'id', 'reference', 'name', 'document']),
});

/** Somebody on file whom a document may belong to: why, and what of it is another than what is on file. */
export const candidateSchema = v.object({
  holder: holderSchema,
  reasons: v.array(v.picklist(['number', 'known-document', 'earlier-number', 'name-and-birth-date', 'alike'])),
  against: v.array(code),
});

const place = { line: count, position: count };
/**
 * Lines as they are typed. `strange`: the first character that stands in no zone; `fields`: those whose check digit is there, and
 * whether it fits; `slips`: characters that are likely another one, and whether nothing else fits. Places are counted from 1.
 */
export const typedMrzSchema = v.object({
  state: v.picklist(['empty', 'growing', 'whole']),
  lines: v.array(v.object({ count, width: v.nullable(count), ended: v.boolean() })),
  strange: v.nullable(v.object(place)),
  fields: v.array(
    v.object({
      field: v.picklist(['documentNumber', 'birthDate', 'expiryDate', 'optionalData', 'composite']),
      right: v.boolean(),
    }),
  ),
  slips: v.pipe(
    v.array(v.object({ ...place, typed: text(1), likely: text(1), sure: v.boolean() })),
    v.maxLength(most.slips),
  ),
});

/** What the person typed or swiped to open the chip: lines of the MRZ, its three fields, or the card access number. */
export const accessKeySchema = v.variant('kind', [
  v.object({ kind: v.literal('mrz'), text: text(longest.pageLines) }),
  v.object({ kind: v.literal('fields'), documentNumber: text(40), birthDate: text(6), expiryDate: text(6) }),
  v.object({ kind: v.literal('can'), can: text(6) }),
]);

export const conditionSchema = v.variant('kind', [
  v.object({ kind: v.literal('validUntil'), date: text(10) }),
  v.object({ kind: v.literal('scope'), scope: text(200) }),
]);

export const verdictViewSchema = v.object({
  verdict: verdictSchema,
  reasons: v.array(code),
  decidedBy: v.nullable(v.picklist(checkIds)),
  passedOver: v.array(v.picklist(checkIds)),
  /** What going on is tied to: until when, and for what (a scope of the house's own, or in the bank's words). */
  conditions: v.array(conditionSchema),
});

/**
 * The reading of the chip as people follow it. `waiting`: a key is there, no document yet; `no-chip`: nothing answered
 * within ten seconds and the desk asks what was laid down; `interrupted`: torn away, lay it back; `failed`: ended with
 * `code`, tap again to retry; `done`: the inspection is whole. `laidBack` says what came back after a torn reading: the same
 * chip, which is read on, another, with which it starts afresh, or one that the key does not open. `delay` is how many
 * seconds the chip makes us wait before another try, and how many of them are left; null where it does not.
 */
export const readingSchema = v.object({
  state: v.picklist(['idle', 'waiting', 'no-chip', 'reading', 'interrupted', 'failed', 'done']),
  code: v.nullable(code),
  steps: v.array(v.object({ step: readingStepSchema, state: v.picklist(['waiting', 'under-way', 'ended']) })),
  file: v.nullable(text(20)),
  bytesRead: count,
  bytesTotal: count,
  seconds: v.number(),
  taps: count,
  laidBack: v.nullable(v.picklist(['same-chip', 'other-chip', 'not-opened'])),
  delay: v.nullable(v.object({ total: count, left: count })),
});

const paperFinding = v.picklist(['right', 'wrong', 'unsure', 'none']);
/** What staff found of the paper or card; what is left out was not looked at. */
const paperFoundSchema = v.strictObject({
  feel: v.exactOptional(paperFinding),
  security: v.exactOptional(paperFinding),
  signature: v.exactOptional(paperFinding),
});
const age = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(120));

/** What the errand asks of staff beside the chip and the faces; null where it does not ask. */
const asksSchema = v.object({
  paper: v.nullable(v.object({ required: v.boolean(), found: v.nullable(paperFoundSchema) })),
  age: v.nullable(v.object({ limits: v.array(age), limit: age })),
  whyNotEid: v.nullable(v.object({ required: v.boolean(), said: v.nullable(text(longest.reason)) })),
  /** The reasons that the policy takes for going on against what it refers; null where any will do. */
  reasons: v.nullable(v.array(text(200))),
});
export const registerWordSchema = v.picklist(['valid', 'blocked', 'no-result']);

/** An order in words, as a person is to read it before the document is laid down. */
export const offeredOrderSchema = v.object({
  hash: text(64),
  source: v.picklist(['typed', 'qr', 'signed']),
  issuer: text(longest.orderIssuer),
  text: text(longest.orderText),
  amount: v.nullable(v.object({ value: text(20), currency: text(3) })),
  reference: v.nullable(text(longest.orderReference)),
  expiresAt: v.nullable(text(30)),
});

/** The order of the case. `codes` is what speaks against it, `record` the one that has confirmed it already. */
export const orderViewSchema = v.object({
  ...offeredOrderSchema.entries,
  codes: v.array(code),
  record: v.nullable(text(64)),
  /** What binds the document that was read to it; null before one was. */
  boundBy: v.nullable(v.picklist(['active-authentication', 'station'])),
});

/** An order as it is typed: longer than it may be, so that what is pasted is told and not cut. */
export const orderInputSchema = v.object({
  issuer: text(2 * longest.orderIssuer),
  text: text(2 * longest.orderText),
  amount: text(60),
  currency: text(3),
  reference: text(2 * longest.orderReference),
  expiresAt: v.nullable(text(30)),
});

export const caseSchema = v.object({
  id: text(60),
  step: caseStepSchema,
  purpose: v.nullable(purposeSchema),
  holder: v.nullable(holderSchema),
  /** True where staff went on without a person on file. */
  holderNotOnFile: v.boolean(),
  /** True where the purpose takes the person from the document: nobody is looked for on file. */
  holderFromDocument: v.boolean(),
  /** False where the purpose means nobody on file: the person comes from the document, or is nobody's concern. */
  holderAsked: v.boolean(),
  /** The person whom the document names, and the first of those on file who may be the same; null elsewhere and before. */
  newPerson: v.nullable(
    v.object({
      person: v.omit(holderSchema, ['id']),
      onFile: v.array(holderSchema),
      onFileCount: count,
      /** Whether staff found these details right. */
      confirmed: v.boolean(),
    }),
  ),
  /**
   * The register of valid and blocked documents, where the errand asks it and a document was read: the values to type, in the order
   * of the police's page (null where the register does not know such a document), whether a service can be asked, and the answer.
   */
  register: v.nullable(
    v.object({
      asked: v.picklist(['ask', 'required']),
      question: v.nullable(v.object({ documentNumber: text(200), personalNumber: text(200), expiry: text(10) })),
      service: v.boolean(),
      answer: v.nullable(
        v.object({
          word: v.nullable(registerWordSchema),
          code: v.nullable(code),
          by: v.picklist(['staff', 'service']),
          person: v.nullable(text(200)),
          at: text(30),
        }),
      ),
    }),
  ),
  keyKind: v.nullable(v.picklist(['mrz', 'fields', 'can'])),
  /** What the page says whose lines were swiped or typed; null before, and where six digits or two dates open the chip. */
  printed: v.nullable(documentSchema),
  /** What the page alone says against the document, to be heard before it is laid down; empty once its chip has spoken. */
  before: v.array(code),
  reading: readingSchema,
  document: v.nullable(documentSchema),
  access: v.nullable(accessSchema),
  /**
   * A residence permit beside the passport, where the errand takes one; null elsewhere. `open`: it can be laid now; `laid`: it
   * was begun, and counts (`document.second` among the checks of the case). `checks` are its own.
   */
  second: v.nullable(
    v.object({
      open: v.boolean(),
      laid: v.boolean(),
      keyKind: v.nullable(v.picklist(['mrz', 'fields', 'can'])),
      reading: readingSchema,
      document: v.nullable(documentSchema),
      access: v.nullable(accessSchema),
      checks: v.array(checkSchema),
      specimen: v.boolean(),
    }),
  ),
  /**
   * An earlier reading that may count in this case (instants of its end), where the errand takes one; null elsewhere. `offered`: the
   * person was read within the limit; `used`: the case rests on it, with the document in the hand of which staff typed the number.
   */
  reuse: v.nullable(v.object({ offered: v.nullable(text(30)), used: v.nullable(text(30)) })),
  checks: v.array(checkSchema),
  specimen: v.boolean(),
  /**
   * The chip's portrait. `verified`: it is the one that EF.SOD's digest of DG2 names; `altered`: it is another; `unverified`:
   * there is no such digest to compare with; in these its bytes can be fetched with `case.portrait`. `broken`: it cannot be
   * shown. `none`: there is none, or nothing of it is known yet.
   */
  portrait: v.picklist(['none', 'verified', 'altered', 'unverified', 'broken']),
  face: v.nullable(
    v.object({ answer: v.picklist(['same', 'not-same', 'unsure']), reason: v.nullable(text(longest.reason)) }),
  ),
  /**
   * Faces compared by machine; not there where the bank has not switched it on. `advice` is null until staff have answered, whatever was
   * compared before.
   */
  machine: v.exactOptional(
    v.object({
      consent: v.picklist(['given', 'refused', 'not-asked']),
      compared: v.boolean(),
      advice: v.nullable(v.picklist(['supports', 'does-not-support', 'cannot-tell'])),
    }),
  ),
  /** What the case comes to with what is known now; null before a purpose was chosen. */
  verdict: v.nullable(verdictViewSchema),
  asks: asksSchema,
  /** What the person is to confirm; null without an order. */
  order: v.nullable(orderViewSchema),
  /** Whether the purpose has a place for an order; `none` before one was chosen. */
  carriesOrder: v.picklist(['none', 'optional', 'required']),
  /** Who referred the case that is decided here, when and why; null where it is the desk's own. */
  referral: v.nullable(
    v.object({
      by: text(longest.sign),
      at: text(30),
      reason: v.nullable(text(longest.reason)),
      /** Whether going on puts the document on file as this person's (`knownDocuments: approved`). */
      putsOnFile: v.boolean(),
    }),
  ),
  /** Why nobody can decide to go on, whatever reason they give; null where they can, and before a purpose was chosen. */
  goOnHindrance: v.nullable(code),
});

/** Who is at the desk. Nothing of the case is in the snapshot where somebody has to sign in who takes cases. */
export const sessionSchema = v.object({
  /** Whether the folder has operators, so that somebody has to sign in. */
  needed: v.boolean(),
  operator: v.nullable(
    v.object({
      sign: text(longest.sign),
      name: text(longest.personName),
      role: v.picklist(roles),
      takesCases: v.boolean(),
      /** Whether a colleague decides what they would let through: their training is too long ago. */
      lapsed: v.boolean(),
    }),
  ),
  /** The sign of whoever left the case that is open and not shown; null where none waits. */
  waiting: v.nullable(text(longest.sign)),
});

/** What is done to the register of customers now; `part` runs from 0 to 1 within its stage. */
const rosterWorkSchema = v.object({
  stage: v.picklist(['looking', 'taking', 'indexing']),
  /** Nothing is taken: somebody wants to know what would come of it. */
  trial: v.boolean(),
  part: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  people: count,
  perSecond: v.pipe(v.number(), v.minValue(0)),
  secondsLeft: v.nullable(v.pipe(v.number(), v.minValue(0))),
});

/**
 * How far the delivery to headquarters is: how many records and answers wait, since when, and why where it fails; and when the newest
 * of what headquarters sends was taken, why where that fails, and of which kinds something could not be taken; and why referred cases do
 * not come from or to other stations there.
 */
export const deliveryViewSchema = v.object({
  waiting: count,
  since: v.nullable(text(30)),
  code: v.nullable(code),
  pull: v.object({
    code: v.nullable(code),
    newest: v.nullable(text(30)),
    refused: v.array(v.picklist(['trust', 'roster', 'blocked', 'operators'])),
  }),
  parcels: v.object({ code: v.nullable(code) }),
});

/** A link of the bank's of which no order came: why, and when it was opened; nothing of what it holds. */
export const refusedLinkSchema = v.object({ code, at: text(30) });

/** Everything that the desk shows, as one snapshot: a page that starts again loses nothing. */
export const deskStateSchema = v.object({
  /** Grows with every change. */
  revision: count,
  /** Whether the station is attended; null where no administrator has said it: it counts as unattended. */
  station: v.nullable(stationKindSchema),
  /** What those who work here call it; null where nobody has named it. */
  stationName: v.nullable(text(longest.stationName)),
  /** Where the first set-up stands; null once it is over, where none was needed, and before that is known. */
  setUp: v.nullable(setUpStepSchema),
  session: sessionSchema,
  /** How many cases wait for a colleague; null where this folder has no queue. */
  referrals: v.nullable(count),
  /** Null where no headquarters is set. */
  delivery: v.nullable(deliveryViewSchema),
  service: v.object({ available: v.boolean(), code: v.nullable(code) }),
  readers: v.array(readerSchema),
  /** The reader that the desk uses: the one that is set, else that of the newest card, else the first. */
  reader: v.nullable(text(longest.readerName)),
  /** The reader that staff set; null where the desk chooses. */
  readerSet: v.nullable(text(longest.readerName)),
  case: v.nullable(caseSchema),
  /** Orders that the bank's systems handed over and no case has taken, newest first. */
  offered: v.pipe(v.array(offeredOrderSchema), v.maxLength(most.offeredOrders)),
  /** How many wait besides: `case.findOrders` finds them. */
  offeredMore: count,
  /** The link that was opened last, where it was refused and no member of staff has said that they saw it; else null. */
  refusedLink: v.nullable(refusedLinkSchema),
  /** The specimen on the training reader; null where none lies there or the reader is a real one. */
  specimen: v.nullable(text(60)),
  /** What is done to the trust store now; `part` runs from 0 to 1 and is null where nobody can know the whole. */
  trustWork: v.nullable(
    v.object({
      kind: v.picklist(['update', 'import']),
      /** Work that nobody at the desk asked for. */
      background: v.boolean(),
      part: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      file: v.nullable(text(longest.fileName)),
    }),
  ),
  rosterWork: v.nullable(rosterWorkSchema),
  headquartersWork: v.nullable(headquartersWorkSchema),
  /** So many past cases of so many are checked; null where nobody has them checked now. */
  recordsCheck: v.nullable(v.object({ done: count, all: count })),
});

export const portraitSchema = v.object({
  format: v.picklist(['jpeg', 'jpeg2000', 'jpeg2000-codestream']),
  bytes: v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.length <= most.portraitBytes),
  ),
});

export const decisionSchema = v.object({
  outcome: v.picklist(['go-on', 'refer', 'stop']),
  reason: v.nullable(text(longest.reason)),
  /** Null where the operating system's account decides. */
  sign: v.nullable(text(longest.sign)),
  /** The verdict that staff saw when they decided. */
  seen: verdictSchema,
});

/** A case that waits for a colleague. */
export const referralRowSchema = v.object({
  id: text(60),
  at: text(30),
  by: text(longest.sign),
  purpose: purposeSchema,
  holderName: v.nullable(text(longestHolderName)),
  nameless: namelessSchema,
  verdict: verdictSchema,
  reasons: v.array(code),
  reason: v.nullable(text(longest.reason)),
  /** Whether whoever looks had the case: then a colleague decides it. */
  own: v.boolean(),
  /** Until when a colleague may approve it (ISO 8601; null: not at all), and whether that is over: then it is rejected. */
  until: v.nullable(text(30)),
  past: v.boolean(),
  /** The station that handed it over; null where it was referred here. And whether it may be handed over to another one. */
  from: v.nullable(text(60)),
  travels: v.boolean(),
});

/** The queue: what waits, and beside it what does not open any more. */
const referralQueueSchema = v.object({
  rows: list(referralRowSchema, most.records),
  damaged: list(v.object({ id: text(60), at: v.nullable(text(30)) }), most.records),
});

export const specimenRowSchema = v.object({
  id: text(60),
  title: text(200),
  mrz: v.array(text(44)),
  can: v.nullable(text(6)),
  holder: v.nullable(text(100)),
});

/** The limits of the trust calls' answers; what lies beyond is counted, not named. */
export const trustBounds = {
  countries: 1000,
  certificates: 1000,
  lists: 1500,
  updates: 50,
  remarks: 200,
  files: 200,
  countryCode: countryLetters,
} as const;

/** How fresh a list is: `ahead` is dated after the clock's day, `unknown` has no date and counts as stale. */
export const freshnessSchema = v.picklist(['fresh', 'soon-stale', 'stale', 'ahead', 'unknown']);
export const trustListKindSchema = v.picklist([
  'master-list',
  'revocation-list',
  'defect-list',
  'deviation-list',
  'certificate',
]);

/** A list that the station goes by, and its age. */
export const trustListSchema = v.object({
  kind: trustListKindSchema,
  /** Country or signer, for people. */
  name: text(longest.issuerName),
  date: v.nullable(day),
  ageDays: v.nullable(v.number()),
  /** The last day on which it is relied on, and how many days are left to it; below zero past it. */
  until: v.nullable(day),
  daysLeft: v.nullable(v.number()),
  freshness: freshnessSchema,
  /** Whether the desk is to be told already: stale, or in the last part of its life. */
  due: v.boolean(),
});

/** What the station holds of one country. `selfSigned` and `links` add up; `orphans` are links that no key verified. */
export const trustCountrySchema = v.object({
  code: countryCode,
  names: countryNames,
  certificates: count,
  selfSigned: count,
  links: count,
  orphans: count,
  /** Those whose last day lies within the next twelve months, and those past it. */
  expiring: count,
  expired: count,
  /** The last day on which any of them holds. */
  lastDay: v.nullable(day),
  revocationLists: count,
});

export const trustSourceSchema = v.object({
  kind: v.picklist(['master-list', 'pinned', 'training', 'directory']),
  digest: text(64),
  date: v.nullable(day),
});

export const trustCertificateSchema = v.object({
  fingerprint: text(64),
  /** Certificates with the same value carry the same key. */
  publicKeyFingerprint: text(64),
  subject: text(longest.issuerName),
  issuer: text(longest.issuerName),
  serialNumber: text(longest.issuerName),
  keyKind: text(longest.algorithm),
  signatureAlgorithm: text(longest.algorithm),
  notBefore: day,
  notAfter: day,
  kind: v.picklist(['self-signed', 'link']),
  /** Fingerprint of the certificate whose key verified this one; null for an orphan. */
  verifiedBy: v.nullable(text(64)),
  validity: v.picklist(['valid', 'expiring', 'expired', 'not-yet']),
  /** A second reader reads it otherwise: no check that rests on it is successful. */
  readingsDiffer: v.boolean(),
  sources: list(trustSourceSchema, most.sources),
});

/** An entry that was not taken, or taken without anybody vouching for it, and why. */
export const trustRemarkSchema = v.object({
  country: countryCode,
  names: countryNames,
  subject: text(longest.issuerName),
  fingerprint: text(64),
  code,
});

/** A country signing certificate that an update brought or took away. */
export const trustChangedSchema = v.object({
  change: v.picklist(['added', 'removed']),
  country: countryCode,
  names: countryNames,
  subject: text(longest.issuerName),
  fingerprint: text(64),
});

/** What one update of the trust store brought. */
export const trustUpdateSchema = v.object({
  at: text(30),
  /** The kind of file, `bundle`, `pin`. */
  kind: text(40),
  signer: v.nullable(text(longest.issuerName)),
  date: v.nullable(day),
  newCertificates: count,
  removedCertificates: count,
  knownCertificates: count,
  newRevocationLists: count,
  newDefectLists: count,
  newDocumentSigners: count,
  remarkCount: count,
  remarks: list(trustRemarkSchema, trustBounds.remarks),
  /** Country signing certificates that came or went, the first of them by name. */
  changed: list(trustChangedSchema, trustBounds.remarks),
  /** Whether administrators took it back. */
  undone: v.boolean(),
});

/** How the last update from the source ended, and what each of its files came to. */
export const trustLastUpdateSchema = v.object({
  at: text(30),
  outcome: v.picklist(['changed', 'nothing-new', 'failed']),
  code: v.nullable(code),
  newCertificates: count,
  removedCertificates: count,
  /** The instant since which no update has ended well; null after one that has. */
  failingSince: v.nullable(text(30)),
  files: list(
    v.object({
      name: text(longest.fileName),
      outcome: v.picklist(['taken', 'known', 'older', 'set-aside', 'passed-over', 'refused']),
      code: v.nullable(code),
    }),
    trustBounds.files,
  ),
});

/** What chosen files brought: each by itself, and the one change that they are together. */
export const trustImportSchema = v.object({
  files: list(v.object({ name: text(longest.fileName), kind: text(40), read: count, new: count }), trustBounds.files),
  change: trustUpdateSchema,
});

/** What the desk needs to know of the lists: the one that hurts first, and whether the clock can be right. */
export const trustStateSchema = v.object({
  certificates: count,
  /** Lists that the desk is told of, those that hurt first; so many at most. */
  due: list(trustListSchema, most.listsDue),
  dueCount: count,
  /**
   * The newest day that the station has seen, where the clock shows an earlier one; the newest instant of its own records, where it
   * stands behind that by less than days; null else.
   */
  clockBehind: v.nullable(text(30)),
  /** The instant since which updates have failed, once that is so for long; null else. */
  updatesFailingSince: v.nullable(text(30)),
});

/** Somebody who signs in to this folder, or did. */
export const operatorRowSchema = v.object({
  sign: text(longest.sign),
  name: text(longest.personName),
  role: v.picklist(roles),
  competentUntil: v.nullable(day),
  /** Whether a colleague decides what they would let through: trained too long ago, or nobody said until when. */
  lapsed: v.boolean(),
  locked: v.boolean(),
  addedAt: text(30),
  removed: v.boolean(),
});

/** The limits of what is told of a register's file; what lies beyond is counted, not named. */
export const rosterBounds = { columns: 200, columnName: 100, unused: 200, notes: 100, note: 100, lines: 20 } as const;

/** The chosen file of a register: what its columns are called, and taken for; null where a name means nothing known. */
export const rosterFileSchema = v.object({
  name: text(longest.fileName),
  kind: v.picklist(['csv', 'json-lines']),
  columns: list(v.object({ name: text(rosterBounds.columnName), field: v.nullable(text(60)) }), rosterBounds.columns),
});

/** Fields that go by another name in the file. */
const rosterMappingSchema = list(
  v.object({ field: text(60), column: text(rosterBounds.columnName) }),
  rosterBounds.columns,
);

/** How an import of the register ended, or a trial of one (`taken` is false). */
export const rosterReportSchema = v.object({
  read: count,
  added: count,
  replaced: count,
  rejected: count,
  encoding: v.picklist(['utf-8', 'windows-1252']),
  unused: list(text(rosterBounds.columnName), rosterBounds.unused),
  /** What is told of lines, by kind: how many, and the first of them. Never what a line holds. */
  notes: list(
    v.object({
      kind: v.picklist(['fault', 'remark', 'sharing']),
      note: text(rosterBounds.note),
      count,
      lines: list(count, rosterBounds.lines),
    }),
    rosterBounds.notes,
  ),
  resumed: v.boolean(),
  taken: v.boolean(),
});

const sign = text(longest.sign);

/** Each call: the schema of its arguments (a tuple) and of its answer. */
export const methods = {
  /** What this app is and where its key lies. */
  'app.info': { args: nothing, answer: appInfoSchema },
  /** What others wrote of this app, with their licences; null where the app was not made from a package, which brings them. */
  'app.notices': { args: nothing, answer: v.nullable(text(most.noticesCharacters)) },
  /** Chooses the language of texts and speech; kept for the next start. Fails with `settings.managed`. */
  'app.setLanguage': { args: v.tuple([languageSchema]), answer: done },
  /** Chooses how large the page's text is; kept for the next start. */
  'app.setTextSize': { args: v.tuple([textSizeSchema]), answer: done },
  /** Opens a folder locked by a passphrase. Fails with `storage.wrong-key`. */
  'app.unlock': { args: v.tuple([text(1000)]), answer: done },
  /** The present snapshot; later ones arrive as `desk` events. */
  'desk.state': { args: nothing, answer: deskStateSchema },
  /** Reads on this reader alone, or (null) where the document lies. Fails with `case.busy` while a chip is read. */
  'desk.setReader': { args: v.tuple([v.nullable(text(longest.readerName))]), answer: done },
  /** Staff saw that the link of this instant was refused: it is told no more. A later one stays. */
  'desk.dismissLink': { args: v.tuple([text(30)]), answer: done },
  /**
   * An operator comes to the desk, also to a case that another left. Fails with `operator.refused`, `operator.wait`,
   * `operator.locked`, `operator.station-locked`.
   */
  'session.signIn': { args: v.tuple([text(longest.sign), text(1000)]), answer: done },
  /** The operator leaves; a case that is open stays, unseen. */
  'session.signOut': { args: nothing, answer: done },
  /** Somebody touched the page: it does not lock itself yet. */
  'session.active': { args: nothing, answer: done },
  /** Starts a new case. Fails with `case.busy` where one is open. */
  'case.begin': { args: nothing, answer: done },
  /**
   * Takes a document that was swiped: begins a case where none is open, and where one waits keeps what opens the chip until the case
   * comes to it. Whose it is, is for people to say. Fails as `case.begin` and `case.setAccessKey` do, and with `case.busy` where the
   * case rests on a document already.
   */
  'case.takeDocument': { args: v.tuple([text(longest.swipe)]), answer: done },
  /**
   * Whom on file the document may belong to whose lines are there, the surest first; `tooMany`: so many bear the name that nobody
   * looked. Fails with `case.not-open` where no lines are.
   */
  'holders.byDocument': {
    args: nothing,
    answer: v.object({ found: list(candidateSchema, most.holders), tooMany: v.boolean() }),
  },
  /** Judges lines as they are typed; nothing is taken. */
  'mrz.judge': { args: v.tuple([text(longest.pageLines)]), answer: typedMrzSchema },
  'case.choosePurpose': { args: v.tuple([purposeSchema]), answer: done },
  /** Finds holders by number, id, reference or name. Fails with `holder.too-many` for a name that more people have. */
  'holders.find': { args: v.tuple([text(longest.query)]), answer: list(foundHolderSchema, most.holders) },
  /**
   * Finds people in the bank's own directory by the same query, with the instant at which it said so; `code` says why it was not
   * asked now and what it answered before is told. Null where none is set.
   */
  'holders.inDirectory': {
    args: v.tuple([text(longest.query)]),
    answer: v.nullable(
      v.object({ holders: list(holderSchema, most.holders), fetchedAt: text(30), code: v.nullable(code) }),
    ),
  },
  /**
   * Has the bank's service verify the code of a digital identity card, and finds whom it names. Fails with
   * `bankid-card.needs-service`, `bankid-card.not-valid`, and as services do.
   */
  'holders.byDigitalId': {
    args: v.tuple([text(longestScanned)]),
    answer: v.object({
      person: v.object({
        personalNumber: text(12),
        givenNames: text(longest.personName),
        surname: text(longest.personName),
      }),
      verifiedAt: text(40),
      holders: list(foundHolderSchema, most.holders),
    }),
  },
  /** Fails with `holder.not-found`, and as the directory does where the person is not on file. */
  'case.chooseHolder': { args: v.tuple([text(100)]), answer: done },
  /** Goes on with a person who is not on file: the verdict is at most `refer`. */
  'case.holderNotOnFile': { args: nothing, answer: done },
  /** Takes the key to the chip and waits for the document. Fails with `mrz.malformed` or `mrz.check-digit`. */
  'case.setAccessKey': { args: v.tuple([accessKeySchema]), answer: done },
  /** Reads the document that lies on the reader (F9), also again after an interruption. */
  'case.tap': { args: nothing, answer: done },
  /** Ends the reading that is under way; the case stays. */
  'case.stopReading': { args: nothing, answer: done },
  /**
   * Rests on the earlier reading that is offered, with the document in the hand: the number that is printed on it. Fails with
   * `case.not-open` where none is offered, `order.other-proof` beside an order, `freshness.*` and `document.expired` where it does not
   * count.
   */
  'case.reuse': { args: v.tuple([text(longest.number)]), answer: done },
  /** Goes on with the first document alone: what was read of the second is forgotten. Fails with `case.not-open` where none was laid. */
  'case.dropSecond': { args: nothing, answer: done },
  /**
   * The portrait's bytes as the chip holds them; null where none was read or it may not be decoded. Decoded in the page only,
   * which says with `case.portraitDecoded` what came of it: a page that goes down before is taken to have gone down of it.
   */
  'case.portrait': { args: nothing, answer: v.nullable(portraitSchema) },
  /** Whether the portrait that was fetched could be decoded; if not, nobody decodes it again. */
  'case.portraitDecoded': { args: v.tuple([v.boolean()]), answer: done },
  /** Staff's own answer; a reason is needed unless it is `same`. Fails with `decision.reason-missing`. */
  'case.answerFace': {
    args: v.tuple([v.picklist(['same', 'not-same', 'unsure']), v.nullable(text(longest.reason))]),
    answer: done,
  },
  /**
   * Whether the customer lets a machine compare the two faces; taken back, what was compared is forgotten. Fails with `case.not-open`
   * where the bank has not switched it on, or no face is compared now.
   */
  'case.consentToMachine': { args: v.tuple([v.boolean()]), answer: done },
  /**
   * How alike the machine found them, in thousandths; null where it found no face. It is kept back until staff have answered, and judges
   * nothing. Fails with `case.not-open` where nobody consented, or no face is compared now.
   */
  'case.faceCompared': {
    args: v.tuple([v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000)))]),
    answer: done,
  },
  /** What the police's page answered to staff; null takes it back. Fails with `case.not-open` where it cannot be asked of this document. */
  'case.answerRegister': { args: v.tuple([v.nullable(registerWordSchema)]), answer: done },
  /** Asks the register by the bank's agreement; that it did not answer is an answer too. Fails with `service.not-set`, `case.not-open`. */
  'case.askRegister': { args: nothing, answer: done },
  /** Opens the camera to the page for the face step or to film the lines of a document, and closes it again; says which one is set for that. */
  'case.camera': { args: v.tuple([v.boolean()]), answer: openedCameraSchema },
  /** Chooses the camera of this station for what is filmed now, by its name; null: the first of the system. Fails with `case.not-open`. */
  'case.chooseCamera': { args: v.tuple([v.nullable(text(longest.cameraName))]), answer: done },
  /** Shows an earlier or later step; nothing is lost. Fails with `case.not-open` for a step that has no ground yet. */
  'case.goTo': { args: v.tuple([caseStepSchema]), answer: done },
  /**
   * Gives the case an order that staff typed, in place of the one that it has. Where a document was read already it is to be
   * read again. Fails with `order.malformed`, `order.other-purpose`, `case.busy`.
   */
  'case.typeOrder': { args: v.tuple([orderInputSchema]), answer: done },
  /** The same with what a scanner typed or staff pasted: the JSON of an order, or a signed one. Fails as reading it does. */
  'case.readOrder': { args: v.tuple([text(longest.orderCode)]), answer: done },
  /**
   * Orders that the bank's systems handed over and no case has taken, in which each of the words is found; those that name the customer
   * of the case first, else the newest. `more` were found besides, `unopened` were not looked through yet. Fails with `case.not-open`.
   */
  'case.findOrders': {
    args: v.tuple([text(longest.query)]),
    answer: v.object({
      orders: v.pipe(v.array(offeredOrderSchema), v.maxLength(most.offeredOrders)),
      more: count,
      unopened: count,
    }),
  },
  /** The same with one that the bank's system handed over, by its hash. Fails with `order.missing`. */
  'case.takeOrder': { args: v.tuple([text(64)]), answer: done },
  /** The case carries no order any more. */
  'case.dropOrder': { args: nothing, answer: done },
  /** Says whether the person whom the document names is the new customer. Fails with `case.not-open` where there is none. */
  'case.confirmPerson': { args: v.tuple([v.boolean()]), answer: done },
  /** What staff found of the paper or card, all of it each time. Fails with `case.not-open` where the errand does not ask. */
  'case.lookAtPaper': { args: v.tuple([paperFoundSchema]), answer: done },
  /** Which age is asked for. Fails with `case.not-open` where the policy does not name it. */
  'case.askAge': { args: v.tuple([age]), answer: done },
  /** Why no electronic identification is used. Fails with `case.not-open` where the errand does not ask. */
  'case.sayWhyNotEid': { args: v.tuple([v.nullable(text(longest.reason))]), answer: done },
  /**
   * Judges what was read once more, ends the case with a decision and seals its record. `go-on` fails with the code of
   * `goOnHindrance`, and against `refer` with `decision.reason-missing` where no reason is given; all fail with
   * `decision.verdict-changed` where the verdict or its reasons are no longer those seen.
   */
  'case.decide': { args: v.tuple([decisionSchema]), answer: v.object({ recordId: text(60), hash: text(64) }) },
  /** Ends the case where it stands; it leaves a record too. */
  'case.abandon': {
    args: v.tuple([v.nullable(text(longest.reason)), v.nullable(text(longest.sign))]),
    answer: v.object({ recordId: text(60), hash: text(64) }),
  },
  /**
   * What the bank is told of the case that ended last here, in the short form that fits a QR code: nothing of the person. Null where
   * its order was no signed one, or no answer is there yet.
   */
  'case.lastAnswer': {
    args: nothing,
    answer: v.nullable(
      v.object({
        bank: text(200),
        way: v.picklist(['native-messaging', 'link', 'folder', 'qr', 'https']),
        short: text(4096),
      }),
    ),
  },
  /** The receipt of the case that ended last at this desk; null where none did, or another is open. */
  'case.lastReceipt': { args: nothing, answer: v.nullable(receiptSchema) },
  /** The cases that wait for a colleague, the longest waiting first. */
  'referrals.list': { args: nothing, answer: referralQueueSchema },
  /**
   * A colleague opens one: it stands on the desk as it was, to be decided. Fails with `case.busy`, `referral.gone`, `referral.own`.
   */
  'referrals.open': { args: v.tuple([text(60)]), answer: done },
  /** Leaves the opened one in the queue. Fails with `case.not-open`. */
  'referrals.putBack': { args: nothing, answer: done },
  ...filmedMethods,
  ...headquartersMethods,
  ...officeMethods,
  ...policiesMethods,
  ...readerMethods,
  ...retentionMethods,
  ...setUpMethods,
  ...signerMethods,
  ...stationsMethods,
  ...trustBasisMethods,
  /** The countries whose certificates the station holds, by code; what lies beyond the first 1000 is in `certificates`. */
  'trust.countries': {
    args: nothing,
    answer: v.object({
      today: day,
      certificates: count,
      documentSigners: count,
      countries: list(trustCountrySchema, trustBounds.countries),
    }),
  },
  /** One country's certificates by the code that they write, oldest first; null where the station holds none of it. */
  'trust.country': {
    args: v.tuple([countryCode]),
    answer: v.nullable(
      v.object({
        today: day,
        country: trustCountrySchema,
        certificates: list(trustCertificateSchema, trustBounds.certificates),
        revocationLists: list(trustListSchema, trustBounds.lists),
      }),
    ),
  },
  /** Every list with its age, those that hurt first, the latest changes, newest first, and how updates from the source go. */
  'trust.sources': {
    args: nothing,
    answer: v.object({
      today: day,
      lists: list(trustListSchema, trustBounds.lists),
      updates: list(trustUpdateSchema, trustBounds.updates),
      /** Where lists are fetched, and one line for the states whose revocation lists are; null where no administrator has set it. */
      places: v.nullable(list(text(longest.place), most.places + 1)),
      last: v.nullable(trustLastUpdateSchema),
    }),
  },
  /** What the desk says of the lists before it hurts. */
  'trust.state': { args: nothing, answer: trustStateSchema },
  /**
   * Updates from the source now; how it ended is the answer, how far it is stands in the snapshots. Fails with `trust.busy` while
   * the lists are worked on or a document is read, and with `update.source-missing`.
   */
  'trust.update': { args: nothing, answer: trustLastUpdateSchema },
  /**
   * Lets staff choose files in a dialog of the system and takes them, all or nothing; null where none was chosen. Fails with
   * `trust.busy`, and as the file does that was refused, with its name in `file`.
   */
  'trust.import': { args: nothing, answer: v.nullable(trustImportSchema) },
  /**
   * Takes the files of the signing that is looked at: those that were refused with it, or the one that was chosen. Fails with
   * `trust.pin-unknown` where nothing is looked at, and as `trust.import`.
   */
  'trust.takeAgain': { args: nothing, answer: trustImportSchema },
  /** Ends the work that is under way; nothing is changed then. */
  'trust.cancel': { args: nothing, answer: done },
  /**
   * Takes the newest change back once two administrators have confirmed it in the window outside this page (by name where nobody
   * signs in). Fails with `trust.busy`, `trust.nothing-to-restore`, `operator.second-needed`, `trust.not-confirmed`,
   * `confirm.timed-out`, `confirm.open`, `confirm.changed`.
   */
  'trust.restore': { args: nothing, answer: trustUpdateSchema },
  /** Everybody who signs in here, or did; `state` as `OperatorsState`. */
  'operators.list': {
    args: nothing,
    answer: v.object({
      state: v.picklist(['none', 'present', 'reopened', 'touched']),
      operators: list(operatorRowSchema, most.operators),
      /** Each time that an administrator was named by typed names although there had been operators; the newest few. */
      namedAnew: list(v.object({ at: text(30), names: list(text(longest.sign), 2) }), most.actRows),
    }),
  },
  /**
   * Adds somebody, who chooses their secret in the confirmation window: it never comes to this page. As the other changes of
   * operators it is done once people have confirmed it there; all fail with `trust.not-confirmed`, `confirm.timed-out`,
   * `confirm.open`, `confirm.changed`, and as the act does.
   */
  'operators.add': {
    args: v.tuple([
      v.strictObject({
        sign,
        name: text(longest.personName),
        role: v.picklist(roles),
        competentUntil: v.nullable(day),
      }),
    ]),
    answer: done,
  },
  'operators.setRole': { args: v.tuple([sign, v.picklist(roles)]), answer: done },
  'operators.train': { args: v.tuple([sign, day]), answer: done },
  'operators.newSecret': { args: v.tuple([sign]), answer: done },
  'operators.reset': { args: v.tuple([sign]), answer: done },
  'operators.remove': { args: v.tuple([sign]), answer: done },
  /**
   * Lets an administrator choose a register's file in a dialog of the system; null where none was chosen. Fails with
   * `holder.import-running`, `holder.import-malformed` (the first line), `input.unreadable`.
   */
  'roster.choose': { args: nothing, answer: v.nullable(rosterFileSchema) },
  /** Reads the chosen file and tells what would come of it; nothing is taken. Fails as the import does, but for bad rows. */
  'roster.try': { args: v.tuple([rosterMappingSchema]), answer: rosterReportSchema },
  /**
   * Takes the chosen file: all rows or none, or with `leaveOut` the good ones; `writeLeftOut` asks in a dialog of the system for a
   * new file for the others, and closing it is null. How far it is stands in the snapshots. Fails with `holder.import-malformed`
   * (`line`, `reason`), `holder.import-cancelled`, `holder.import-running`, `output.unwritable`, and as the storage does.
   */
  'roster.import': {
    args: v.tuple([v.strictObject({ mapping: rosterMappingSchema, leaveOut: v.boolean(), writeLeftOut: v.boolean() })]),
    answer: v.nullable(rosterReportSchema),
  },
  /** Ends the import that is under way; nobody is taken, and the same file goes on where it was. */
  'roster.cancel': { args: nothing, answer: done },
  /** The documents that the simulator can play; empty outside training. */
  'training.specimens': { args: nothing, answer: v.array(specimenRowSchema) },
  /** Lays a specimen on the training reader. */
  'training.lay': { args: v.tuple([text(60)]), answer: done },
  'training.lift': { args: nothing, answer: done },
} as const;

export type MethodName = keyof typeof methods;
export type Arguments<M extends MethodName> = v.InferOutput<(typeof methods)[M]['args']>;
export type Answer<M extends MethodName> = v.InferOutput<(typeof methods)[M]['answer']>;

export type AppInfo = v.InferOutput<typeof appInfoSchema>;
export type DeliveryView = v.InferOutput<typeof deliveryViewSchema>;
export type DeskState = v.InferOutput<typeof deskStateSchema>;
export type OfferedOrderView = v.InferOutput<typeof offeredOrderSchema>;
export type RefusedLinkView = v.InferOutput<typeof refusedLinkSchema>;
export type OrderInput = v.InferOutput<typeof orderInputSchema>;
export type CaseView = v.InferOutput<typeof caseSchema>;
export type CaseStep = v.InferOutput<typeof caseStepSchema>;
export type ReadingView = v.InferOutput<typeof readingSchema>;
export type CheckView = v.InferOutput<typeof checkSchema>;
export type DocumentView = v.InferOutput<typeof documentSchema>;
export type HolderView = v.InferOutput<typeof holderSchema>;
export type DirectoryFound = NonNullable<v.InferOutput<(typeof methods)['holders.inDirectory']['answer']>>;
export type DigitalIdFound = v.InferOutput<(typeof methods)['holders.byDigitalId']['answer']>;
export type TypedMrz = v.InferOutput<typeof typedMrzSchema>;
export type FoundHolder = v.InferOutput<typeof foundHolderSchema>;
export type VerdictView = v.InferOutput<typeof verdictViewSchema>;
export type AccessKeyInput = v.InferOutput<typeof accessKeySchema>;
export type DecisionInput = v.InferOutput<typeof decisionSchema>;
export type TrustCountryRow = v.InferOutput<typeof trustCountrySchema>;
export type TrustCertificateView = v.InferOutput<typeof trustCertificateSchema>;
export type TrustListView = v.InferOutput<typeof trustListSchema>;
export type TrustUpdateView = v.InferOutput<typeof trustUpdateSchema>;
export type TrustChangedView = v.InferOutput<typeof trustChangedSchema>;
export type TrustRemarkView = v.InferOutput<typeof trustRemarkSchema>;
export type TrustLastUpdateView = v.InferOutput<typeof trustLastUpdateSchema>;
export type TrustImportView = v.InferOutput<typeof trustImportSchema>;
export type RosterWorkView = NonNullable<DeskState['rosterWork']>;
export type RosterFileView = v.InferOutput<typeof rosterFileSchema>;
export type RosterReportView = v.InferOutput<typeof rosterReportSchema>;
export type TrustWorkView = NonNullable<DeskState['trustWork']>;
export type TrustStateView = v.InferOutput<typeof trustStateSchema>;
export type OperatorRow = v.InferOutput<typeof operatorRowSchema>;
export type ReferralRow = v.InferOutput<typeof referralRowSchema>;
export type SpecimenRow = v.InferOutput<typeof specimenRowSchema>;
export type PortraitView = v.InferOutput<typeof portraitSchema>;
export type { Language };
export type PurposeView = v.InferOutput<typeof purposeSchema>;

/** How every call answers across the bridge: a value, or a failure by its code. */
export type CallResult<M extends MethodName> =
  | { readonly ok: true; readonly value: Answer<M> }
  | {
      readonly ok: false;
      readonly code: FailureCode;
      readonly fields: Readonly<Record<string, string | number | boolean | null>>;
    };

/** The channel names: one per method for calls, one for snapshots. */
export const callChannel = (method: MethodName) => `styrk:${method}` as const;
export const deskChannel = 'styrk:desk';

/** What the preload script puts on the page as `window.styrk`. */
export interface StyrkBridge {
  call<M extends MethodName>(method: M, ...args: Arguments<M>): Promise<CallResult<M>>;
  /** Listens to snapshots; the answer stops it. */
  onDesk(listener: (state: DeskState) => void): () => void;
}
