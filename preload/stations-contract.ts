import * as v from 'valibot';
import { longest } from '../main/result/bounds.ts';
import { code, count, done, list, nothing, outcomeSchema, text } from './contract-parts.ts';

/*
 * Other stations and the referred cases between them, as the office shows and tends them: a part of the contract (`contract.ts`). Cards
 * and files of cases are chosen and named in dialogs of the system, and read and written by the main process: of their content the page
 * is told who, when and how many, and no person. Trusting a station, and where cases
 * go by themselves, is confirmed outside the page (`main/station/dangerous-acts.ts`).
 */

/** Bounds of what is told of other stations; what lies beyond is counted. A file holds `parcel` cases at most. */
export const stationsBounds = { stations: 100, cases: 200, parcel: 100 } as const;

const stationId = text(60);
// Whether it is one is for the house to say, in words that somebody who typed it can use.
const caseId = text(60);
const instant = text(30);

/** Who a station is, and the SHA-256 of its card in lower-case hex: what people compare. The name is empty where it has none. */
const cardSchema = v.object({ station: stationId, name: text(longest.stationName), fingerprint: text(64) });

/** A card that somebody chose: how it stands to what is trusted here, `other-keys` where that station is, by another card. */
const lookedSchema = v.object({
  file: text(longest.fileName),
  card: cardSchema,
  known: v.picklist(['new', 'same', 'other-keys']),
});

export const stationsViewSchema = v.object({
  own: cardSchema,
  stations: list(
    v.object({ ...cardSchema.entries, names: list(text(longest.sign), 2), since: instant }),
    stationsBounds.stations,
  ),
  stationCount: count,
  /** The station to which cases that are referred here go by themselves, over headquarters; null where they do not. */
  route: v.nullable(stationId),
  /** Whether headquarters is set here: until it is, nothing goes by itself. */
  headquartersSet: v.boolean(),
  /** Cases that wait here: those that may be handed over, those that may not since they rest on the reading of an earlier one, and those that do not open any more. */
  waiting: count,
  staying: count,
  damaged: count,
  /** Cases of this station that wait at others, since when they do. */
  away: list(v.object({ id: caseId, at: instant, to: stationId }), stationsBounds.cases),
  awayCount: count,
  /** Cases of other stations that wait here. */
  guests: list(v.object({ id: caseId, at: instant, from: stationId }), stationsBounds.cases),
  guestCount: count,
  /** The card that is looked at, before two administrators trust it; null where none is. */
  looked: v.nullable(lookedSchema),
});

/** A file that was written, and how many cases lie in it; `file` is null where there was nothing to write. */
const writtenSchema = v.object({ file: v.nullable(text(longest.fileName)), cases: count });

const ids = list(caseId, stationsBounds.parcel);
export const takenSchema = v.variant('kind', [
  v.object({ kind: v.literal('referrals'), from: stationId, taken: ids, already: ids }),
  v.object({
    kind: v.literal('outcomes'),
    from: stationId,
    /** Each with its record here, and whether its bank has an answer of it. */
    decided: list(
      v.object({ id: caseId, outcome: outcomeSchema, record: text(60), answered: v.boolean() }),
      stationsBounds.parcel,
    ),
    /** Given back there: they wait here again. */
    returned: ids,
    already: ids,
    refused: list(v.object({ id: caseId, code }), stationsBounds.parcel),
  }),
]);

/** The calls of this part. All of them fail with `storage.locked` while the folder is, and with `trust.tampered`. */
export const stationsMethods = {
  'stations.state': { args: nothing, answer: stationsViewSchema },
  /** Writes this station's card where a person says in a dialog of the system; null where they said nowhere. Fails with `output.unwritable`. */
  'stations.saveCard': { args: nothing, answer: v.nullable(v.object({ file: text(longest.fileName) })) },
  /**
   * Lets an administrator choose another station's card in a dialog of the system; null where none was chosen. Nothing is trusted. Fails
   * with `referral.file-malformed` (this station's own card too), `fleet.signature-wrong`, `input.unreadable`, `input.too-large`, each
   * with the name of the `file`.
   */
  'stations.chooseCard': { args: nothing, answer: v.nullable(lookedSchema) },
  /** Looks at it no longer. */
  'stations.leaveCard': { args: nothing, answer: done },
  /**
   * Trusts the station whose card is looked at, named by its fingerprint, once two administrators have confirmed it in the window outside
   * this page (by name where nobody signs in). Fails with `confirm.changed` for any other, `operator.second-needed`,
   * `trust.not-confirmed`, `confirm.timed-out`, `confirm.open`.
   */
  'stations.trust': { args: v.tuple([text(64)]), answer: done },
  /** Takes that back, confirmed as above by one administrator. Fails with `referral.station-unknown`, and as above. */
  'stations.distrust': { args: v.tuple([stationId]), answer: done },
  /**
   * Lets the cases that are referred here go to that station by themselves from now on, over headquarters, in the place of the one
   * before; confirmed as trusting is, by two administrators. Fails with `referral.station-unknown`, and as there.
   */
  'stations.setRoute': { args: v.tuple([stationId]), answer: done },
  /** Ends that, confirmed by one administrator. Fails with `confirm.changed` where cases go to another one or to none, and as above. */
  'stations.endRoute': { args: v.tuple([stationId]), answer: done },
  /**
   * Hands the case of this id over to a station, or with null all that wait here and may go there, as a file that a person names in a
   * dialog of the system; null where they named none. Those that wait there already are in it once more. Fails with
   * `referral.station-unknown`, `referral.gone`, `referral.taken`, `case.busy` while it is open at the desk, `output.unwritable`.
   */
  'stations.handOver': { args: v.tuple([stationId, v.nullable(caseId)]), answer: v.nullable(writtenSchema) },
  /**
   * Takes a file of another station that a person chooses in a dialog of the system: cases to decide here, or how those of this station
   * ended; null where none was chosen. Fails with `input.unreadable`, `input.too-large`, `referral.file-malformed`,
   * `fleet.signature-wrong`, `referral.station-unknown`, `referral.other-station`, `referral.file-old`, `clock.went-back`,
   * `referral.taken`, each with the name of the `file`.
   */
  'stations.takeFile': { args: nothing, answer: v.nullable(takenSchema) },
  /** Writes how the cases of a station ended here, as a file that a person names; null where they named none. Fails as handing over does. */
  'stations.writeEnds': { args: v.tuple([stationId]), answer: v.nullable(writtenSchema) },
  /**
   * Gives a case back to the station that it came from, or was to come from: it is never taken from there again. Fails with
   * `referral.station-unknown`, `referral.gone`, `decision.reason-missing`, `case.busy` while it is open at the desk.
   */
  'stations.giveBack': { args: v.tuple([stationId, caseId, text(longest.reason)]), answer: done },
} as const;

export type StationsMethod = keyof typeof stationsMethods;
export type StationsView = v.InferOutput<typeof stationsViewSchema>;
export type StationCardView = v.InferOutput<typeof cardSchema>;
export type LookedCard = v.InferOutput<typeof lookedSchema>;
export type TakenFile = v.InferOutput<typeof takenSchema>;
