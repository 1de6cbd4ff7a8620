import type { AccessEvidence } from '../chip/access.ts';
import { inspectionCheckIds, unsuccessful } from '../result/check.ts';
import type { PlainFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { SeenEvidence } from './evidence.ts';
import type { PassiveFindings } from './judge/authenticate.ts';
import type { Contents } from './judge/contents.ts';
import { judgeFacts } from './judge/judge.ts';
import type { Access, FileReport, Inspection, Judging, ReadingCost } from './types.ts';

/** An inspection as its evidence tells it: judged, and with what the reading cost. */
export function inspectionOf(
  evidence: SeenEvidence,
  passive: PassiveFindings,
  contents: Contents,
  { at, time, orderHash, doubt = null }: Omit<Judging, 'trust'> & { readonly doubt?: FailureCode | null },
): Inspection {
  const { files, facts } = evidence;
  const { newestKnown = null, behind = null } = time ?? {};
  const judged = { evidence, passive, at, newestKnown, behind, doubt, order: orderHash ?? null };
  return {
    ...judgeFacts(judged, contents),
    ...(facts === null ? {} : { evidence: { files, facts } }),
    access: access(facts?.opened ?? null),
    reading: reading(evidence, contents),
    portrait: contents.of('EF.DG2')?.images[0] ?? null,
  };
}

function access(opened: AccessEvidence | 'plain' | null): Access | null {
  if (opened === null) return null;
  if (opened === 'plain') return { protocol: 'plain', mapping: null, agreement: null, parameters: null, cipher: null };
  const { protocol, mapping, agreement, parameters, cipher } = opened;
  return { protocol, mapping, agreement, parameters, cipher };
}

function reading({ files, facts }: SeenEvidence, contents: Contents): ReadingCost {
  const { exchanges, bytesSent, bytesReceived } = facts?.count ?? { exchanges: 0, bytesSent: 0, bytesReceived: 0 };
  const reports: Record<string, FileReport> = {};
  for (const [name, bytes] of files) {
    const code = contents.malformed(name)?.code ?? null;
    reports[name] = { bytes: bytes.length, exchanges: facts?.exchanges[name] ?? 0, code };
  }
  for (const [name, { code }] of Object.entries(facts?.unread ?? {})) reports[name] = { bytes: 0, exchanges: 0, code };
  return { exchanges, bytesSent, bytesReceived, millis: facts?.millis ?? 0, files: reports };
}

/** The inspection of a document of which nothing could be read: every check aborted for the same reason. */
export function abortedInspection({ code }: PlainFailure): Inspection {
  return {
    document: null,
    access: null,
    checks: inspectionCheckIds.map((id) => unsuccessful(id, 'aborted', code)),
    reading: { exchanges: 0, bytesSent: 0, bytesReceived: 0, millis: 0, files: {} },
    mrz: null,
    details: null,
    portrait: null,
    specimen: false,
  };
}
