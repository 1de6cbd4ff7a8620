import type { ChipAuthenticationMappingEvidence } from '../chip/access.ts';
import { ChipChannel } from '../chip/channel.ts';
import { curveGroup } from '../chip/curve-group.ts';
import { curveByName, curveNames } from '../crypto/curves.ts';
import { optionalGroups } from '../document/optional-groups.ts';
import { fromHex } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { StationTime, TrustLookup } from '../trust/types.ts';
import { assembleInspection } from './assemble.ts';
import type { InspectionEvidence, SavedFacts, SavedFailure } from './evidence.ts';
import { type FileSource, type InspectionRun, noFacts, readInto } from './facts.ts';
import { readCardAccess } from './steps/access.ts';
import { activeAuthenticationKey, verifyAnswer } from './steps/clone-protection.ts';
import {
  readDataGroup1,
  readDataGroup14,
  readDataGroup15,
  readDetails,
  readOptionalGroups,
  readPortrait,
  readSecurityObject,
} from './steps/files.ts';
import { authenticatePassively } from './steps/passive-authentication.ts';
import type { Inspection } from './types.ts';

const failureOf = ({ code, fields }: SavedFailure): Failure => new Failure(code, fields);
const failureOrNull = (saved: SavedFailure | null): Failure | null => (saved === null ? null : failureOf(saved));

/** Ends the second reading where the first one had ended; seen by nobody. */
const noMore = new Failure('inspection.cancelled');

/**
 * Makes every check of an inspection again from its evidence, without the chip: files are understood and hashed again,
 * signatures and paths verified with `trust` for the day `at`, the answer of active authentication and the data of chip
 * authentication mapping verified again. What only the chip's session could show (access, secure messaging, that the new
 * keys of chip authentication worked) is as it was recorded: evidence is as good as the place where it was kept.
 */
export async function checkEvidence(
  { files, facts: saved }: InspectionEvidence,
  around: { readonly at: PlainDate; readonly time?: StationTime; readonly trust: TrustLookup },
): Promise<Inspection> {
  const run = runOver(files, saved, around);
  const { facts } = run;
  facts.opened = saved.opened;
  facts.paceFailure = failureOrNull(saved.paceFailure);
  facts.bacFailure = failureOrNull(saved.bacFailure);
  facts.plainExchanges = saved.plainExchanges;
  facts.mappingEvidence = mappingOf(saved.mapping);
  facts.chipAuthentication = chipAuthenticationOf(saved.chipAuthentication);
  await readAgain(run, files);
  answerAgain(run, saved.activeAuthentication);
  await authenticatePassively(run);
  return assembleInspection(run, failureOrNull(saved.end), saved.millis);
}

function runOver(
  files: InspectionEvidence['files'],
  saved: SavedFacts,
  around: { readonly at: PlainDate; readonly time?: StationTime; readonly trust: TrustLookup },
): InspectionRun {
  const source: FileSource = {
    read: (name) => {
      const bytes = files.get(name);
      if (bytes !== undefined) return Promise.resolve({ file: name, bytes, exchanges: saved.exchanges[name] ?? 0 });
      const failure = saved.unread[name];
      return Promise.reject(failure === undefined ? noMore : failureOf(failure));
    },
    selectApplication: () => Promise.resolve(),
    extendedLengthStated: false,
    unfinished: null,
  };
  const transport = {
    limits: { extendedLength: false, maxCommand: 0, maxResponse: 0 },
    transmit: () => Promise.reject(noMore),
  };
  const input = {
    transport,
    accessKey: saved.accessKey,
    ...around,
    random: () => new Uint8Array(),
    clock: () => 0,
    extendedLength: 'never' as const,
    // Those that were asked for left their bytes or why there are none.
    dataGroups: optionalGroups.filter((group) => files.has(`EF.DG${group}`) || `EF.DG${group}` in saved.unread),
    onProgress: () => undefined,
  };
  return {
    input,
    channel: new ChipChannel(transport),
    files: source,
    facts: noFacts(),
    count: () => saved.count,
    lengths: () => null,
    repeated: null,
    whileWaiting: () => ({ finish: () => Promise.resolve() }),
    takeSlowest: () => 0,
  };
}

// In the order of the inspection, so that it stops where that had stopped.
async function readAgain(run: InspectionRun, files: InspectionEvidence['files']): Promise<void> {
  const steps = [
    readCardAccess,
    async () => {
      if (files.has('EF.CardSecurity')) await readInto(run, 'EF.CardSecurity');
    },
    readSecurityObject,
    readDataGroup1,
    readDataGroup14,
    readDataGroup15,
    readDetails,
    readOptionalGroups,
    readPortrait,
  ];
  try {
    for (const step of steps) await step(run);
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === 'internal.unexpected') throw failure;
  }
  for (const [name, finding] of run.facts.files) {
    if ('failure' in finding && finding.failure === noMore) run.facts.files.delete(name);
  }
}

function answerAgain(run: InspectionRun, answer: SavedFacts['activeAuthentication']): void {
  if (answer === null) return;
  if ('failure' in answer) {
    run.facts.activeAuthentication = { answer: null, failure: failureOf(answer.failure) };
    return;
  }
  const key = activeAuthenticationKey(run);
  if (key === null) return;
  verifyAnswer(run, key, { challenge: fromHex(answer.challenge), response: fromHex(answer.response) });
}

function chipAuthenticationOf(found: SavedFacts['chipAuthentication']): InspectionRun['facts']['chipAuthentication'] {
  if (found === null) return null;
  if ('failure' in found) return { failure: failureOf(found.failure) };
  return { evidence: found.evidence, session: { verifiedAnswers: found.verifiedAnswers } };
}

function mappingOf(saved: SavedFacts['mapping']): ChipAuthenticationMappingEvidence | null {
  const name = curveNames.find((candidate) => candidate === saved?.curve);
  if (saved === null || name === undefined) return null;
  return {
    group: curveGroup(curveByName(name)),
    parameterId: saved.parameterId,
    chipMappingKey: fromHex(saved.chipMappingKey),
    chipAuthenticationData: saved.chipAuthenticationData === null ? null : fromHex(saved.chipAuthenticationData),
  };
}
