import type { AccessEvidence } from '../chip/access.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { ExchangeCount } from '../chip/channel.ts';
import type { ChipAuthenticationEvidence } from '../chip/chip-authentication.ts';
import type { FileName } from '../chip/files.ts';
import { toHex } from '../result/bytes.ts';
import type { PlainFailure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { InspectionRun } from './facts.ts';

/** What a chip did that its files do not show. Plain values: byte strings in hex. */
export interface SavedFacts {
  /** The day for which the inspection judged. */
  readonly at: PlainDate;
  readonly accessKey: AccessKey | null;
  readonly opened: AccessEvidence | 'plain' | null;
  readonly paceFailure: PlainFailure | null;
  readonly bacFailure: PlainFailure | null;
  readonly plainExchanges: number;
  readonly count: ExchangeCount;
  readonly millis: number;
  /** What ended the reading before its end. */
  readonly end: PlainFailure | null;
  readonly exchanges: { readonly [file: string]: number };
  readonly unread: { readonly [file: string]: PlainFailure };
  readonly chipAuthentication:
    | { readonly evidence: ChipAuthenticationEvidence; readonly verifiedAnswers: number }
    | { readonly failure: PlainFailure }
    | null;
  readonly activeAuthentication:
    | { readonly challenge: string; readonly response: string }
    | { readonly failure: PlainFailure }
    | null;
  /** PACE with chip authentication mapping: the curve by its name, keys and data in hex. */
  readonly mapping: {
    readonly curve: string;
    readonly parameterId: number | null;
    readonly chipMappingKey: string;
    readonly chipAuthenticationData: string | null;
  } | null;
}

/** Everything from which an inspection's checks can be made again without the chip: `checkEvidence`. */
export interface InspectionEvidence {
  readonly files: ReadonlyMap<FileName, Uint8Array>;
  readonly facts: SavedFacts;
}

const saved = (failure: PlainFailure): PlainFailure => ({ code: failure.code, fields: failure.fields });
const savedOrNull = (failure: PlainFailure | null): PlainFailure | null => (failure === null ? null : saved(failure));

/** The same, or files alone: `facts` is null where nobody saw the chip. Files can be copied. */
export interface SeenEvidence {
  readonly files: ReadonlyMap<FileName, Uint8Array>;
  readonly facts: SavedFacts | null;
}

/** What a run leaves as evidence. */
export function evidenceOf(run: InspectionRun, end: PlainFailure | null, millis: number): InspectionEvidence {
  const { facts, input } = run;
  const files = new Map<FileName, Uint8Array>();
  const exchanges: Record<string, number> = {};
  const unread: Record<string, PlainFailure> = {};
  for (const [name, finding] of facts.files) {
    if ('failure' in finding) {
      unread[name] = saved(finding.failure);
    } else {
      files.set(name, finding.bytes);
      exchanges[name] = finding.exchanges;
    }
  }
  const { opened, plainExchanges } = facts;
  const saveFacts: SavedFacts = {
    at: input.at,
    accessKey: input.accessKey,
    opened,
    paceFailure: savedOrNull(facts.paceFailure),
    bacFailure: savedOrNull(facts.bacFailure),
    plainExchanges,
    count: run.count(),
    millis: Math.round(millis),
    end: savedOrNull(end),
    exchanges,
    unread,
    chipAuthentication: chipAuthenticationOf(run),
    activeAuthentication: activeAuthenticationOf(run),
    mapping: mappingOf(run),
  };
  return { files, facts: saveFacts };
}

function chipAuthenticationOf({ facts }: InspectionRun): SavedFacts['chipAuthentication'] {
  const found = facts.chipAuthentication;
  if (found === null) return null;
  if ('failure' in found) return { failure: saved(found.failure) };
  return { evidence: found.evidence, verifiedAnswers: found.session.verifiedAnswers };
}

// An answer is kept as it came and verified where it is judged; a protocol that brought none as its failure.
function activeAuthenticationOf({ facts }: InspectionRun): SavedFacts['activeAuthentication'] {
  const found = facts.activeAuthentication;
  if (found === null) return null;
  if ('failure' in found) return { failure: saved(found.failure) };
  return { challenge: toHex(found.challenge), response: toHex(found.response) };
}

function mappingOf({ facts }: InspectionRun): SavedFacts['mapping'] {
  const found = facts.mappingEvidence;
  if (found === null) return null;
  const { group, parameterId, chipMappingKey, chipAuthenticationData: data } = found;
  const chipAuthenticationData = data === null ? null : toHex(data);
  return { curve: group.name, parameterId, chipMappingKey: toHex(chipMappingKey), chipAuthenticationData };
}
