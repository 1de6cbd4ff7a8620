import type { FileName } from '../chip/files.ts';
import { toHex } from '../result/bytes.ts';
import type { PlainFailure } from '../result/failure.ts';
import type { InspectionEvidence, SavedFacts } from './evidence.ts';
import type { InspectionRun } from './facts.ts';

const saved = (failure: PlainFailure): PlainFailure => ({ code: failure.code, fields: failure.fields });
const savedOrNull = (failure: PlainFailure | null): PlainFailure | null => (failure === null ? null : saved(failure));

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
    ...(input.orderHash === undefined ? {} : { order: input.orderHash }),
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
  const { challenge, response, nonce } = found;
  return { challenge: toHex(challenge), response: toHex(response), ...(nonce === null ? {} : { nonce }) };
}

function mappingOf({ facts }: InspectionRun): SavedFacts['mapping'] {
  const found = facts.mappingEvidence;
  if (found === null) return null;
  const { group, parameterId, chipMappingKey, chipAuthenticationData: data } = found;
  const chipAuthenticationData = data === null ? null : toHex(data);
  return { curve: group.name, parameterId, chipMappingKey: toHex(chipMappingKey), chipAuthenticationData };
}
