import { Failure } from '../result/failure.ts';
import { registerAnswerIn } from '../verification/register-check.ts';
import type { CaseFacts } from '../verification/types.ts';
import type { RecordContent, RecordStation } from './types.ts';

const idForm = /^[0-9A-Za-z-]{1,64}$/;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/**
 * The record of a case: what it rested on, the verdict, and beside it what staff decided and who. Lists and certificates
 * that the path rests on stand in the checks' details. No image is among it but where the policy keeps copies. Throws `record.malformed` where the id or an
 * instant has not the form that the chain needs.
 */
export function recordOf(facts: CaseFacts, station: RecordStation): RecordContent {
  if (!idForm.test(facts.id) || !instantForm.test(facts.begunAt) || !instantForm.test(facts.endedAt))
    throw new Failure('record.malformed');
  return {
    schema: 'styrk-record',
    schemaVersion: 1,
    id: facts.id,
    training: facts.training,
    station: { id: station.id, appVersion: station.appVersion },
    stationKind: facts.stationKind,
    purpose: facts.purpose,
    holder: facts.holder,
    document: facts.document,
    access: facts.access,
    ...(facts.second === undefined ? {} : { second: facts.second }),
    checks: facts.checks,
    reading: facts.reading,
    face: facts.face,
    policy: facts.policy,
    verdict: facts.verdict,
    decision: facts.decision,
    stolenStatus: registerAnswerIn(facts.checks) ?? 'not checked',
    begunAt: facts.begunAt,
    endedAt: facts.endedAt,
    readAt: facts.readAt,
    taps: facts.taps,
    ...(facts.referral === undefined ? {} : { referral: facts.referral }),
    ...(facts.handledBy === undefined ? {} : { handledBy: facts.handledBy }),
    ...saidOf(facts),
  };
}

// What the policy did not ask for, or no case of this kind has, is left out: records of earlier apps read the same.
function saidOf(facts: CaseFacts): Partial<CaseFacts> {
  const keys = ['order', 'freshness', 'paper', 'whyNotEid', 'retention', 'copies', 'elsewhere'] as const;
  return Object.fromEntries(keys.flatMap((key) => (facts[key] === undefined ? [] : [[key, facts[key]]])));
}
