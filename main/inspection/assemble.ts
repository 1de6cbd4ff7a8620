import type { AccessEvidence } from '../chip/access.ts';
import type { FileName } from '../chip/files.ts';
import { parseSecurityInfos, type SecurityInfo } from '../chip/security-infos.ts';
import { type Check, type CheckId, checkIds, type Detail, unsuccessful } from '../result/check.ts';
import type { Failure } from '../result/failure.ts';
import { applyDefects } from '../trust/apply-defects.ts';
import { judgedByClock } from '../trust/clock-check.ts';
import type { PassiveAuthentication } from '../trust/types.ts';
import { accessChecks } from './checks/access-checks.ts';
import { cardAccessConsistency } from './checks/card-access-consistency.ts';
import {
  activeAuthenticationCheck,
  chipAuthenticationCheck,
  type DataGroupStanding,
} from './checks/clone-protection.ts';
import { commonDataCheck } from './checks/common-data.ts';
import {
  type ContentFinding,
  contentFinding,
  dataGroupsCheck,
  furtherGroups,
  portraitCheck,
} from './checks/content-checks.ts';
import { expiryCheck, mrzCheck, typeCheck } from './checks/document-checks.ts';
import { paceCamCheck } from './checks/pace-cam.ts';
import { evidenceOf } from './evidence.ts';
import type { InspectionRun } from './facts.ts';
import { inspectedDocument } from './inspected-document.ts';
import { resumeState } from './resume.ts';
import { offerPace } from './steps/access.ts';
import type { Access, FileReport, Inspection, Reading } from './types.ts';

const protocolInfo = { 14: 'ChipAuthenticationInfo', 15: 'ActiveAuthenticationInfo' } as const;

const passiveAuthenticationIds = checkIds.filter((id) => id.startsWith('passive-authentication.'));

/** Puts together what a run found: every check of a document exactly once, in the order of `checkIds`. */
export function assembleInspection(run: InspectionRun, end: Failure | null, millis: number): Inspection {
  const { facts } = run;
  const checks = [
    ...accessChecks({
      // An EF.CardAccess that somebody keeps from us is still repeated in DG14.
      paceOffered: offerPace(facts.cardAccess) || offerPace(facts.dataGroup14),
      opened: facts.opened,
      paceFailure: facts.paceFailure,
      bacFailure: facts.bacFailure,
      end,
      protectedExchanges: run.count().exchanges - facts.plainExchanges,
    }),
    ...passiveAuthenticationChecks(run, end),
    ...documentChecks(run, end),
    ...contentChecks(run, end),
  ];
  checks.push(consistency(run, checks, end), ...cloneProtection(run, checks, end));
  // What EF.SOD does not vouch for proves nothing of the person.
  const details = isIdentical(checks, 'DG11') ? facts.details : null;
  const image = facts.face?.images[0] ?? null;
  const resume = resumeState(run, end);
  const lengths = run.lengths();
  return {
    evidence: evidenceOf(run, end, millis),
    ...(resume === null ? {} : { resume }),
    ...(lengths === null ? {} : { lengths }),
    document: facts.mrz === null ? null : inspectedDocument(facts.mrz, details),
    access: access(facts.opened),
    checks: withDefects(run, checks, end)
      .map((check) => byClock(run, check))
      .toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id)),
    reading: reading(run, millis),
    mrz: facts.mrz,
    details,
    portrait: image,
    specimen: checks.some((check) => check.id === 'passive-authentication.path' && check.detail.training === true),
  };
}

// Expiry and the age of defect lists rest on the day; passive authentication's own checks have been judged by it already.
const datedIds: readonly CheckId[] = ['document.expiry', 'document.defects'];

function byClock({ input }: InspectionRun, check: Check): Check {
  return datedIds.includes(check.id) ? judgedByClock(check, input.at, input.time?.newestKnown ?? null) : check;
}

function aborted(id: CheckId, end: Failure | null): Check {
  return unsuccessful(id, 'aborted', end?.code ?? 'check.aborted');
}

// Known defects change what other checks came to, so they come last (TR-03135-1 §5.8).
function withDefects({ facts }: InspectionRun, checks: readonly Check[], end: Failure | null): readonly Check[] {
  if (end !== null) return [...checks, aborted('document.defects', end)];
  return facts.passiveAuthentication === null
    ? [...checks, unsuccessful('document.defects', 'undetermined', 'security-object.missing')]
    : applyDefects(checks, facts.passiveAuthentication.defects);
}

function passiveAuthenticationChecks(run: InspectionRun, end: Failure | null): readonly Check[] {
  const { facts } = run;
  if (facts.passiveAuthentication === null) {
    const missing = facts.files.get('EF.SOD');
    return passiveAuthenticationIds.map((id) =>
      end !== null || missing === undefined
        ? aborted(id, end)
        : unsuccessful(id, 'undetermined', 'security-object.missing', {
            reason: 'failure' in missing ? missing.failure.code : null,
          }),
    );
  }
  // A reading that was torn off proves nothing about the groups that it did not reach.
  return facts.passiveAuthentication.checks.map((check) =>
    check.id === 'passive-authentication.hashes' && end !== null && check.result !== 'failed'
      ? unsuccessful(check.id, 'aborted', end.code, check.detail)
      : check,
  );
}

function documentChecks(run: InspectionRun, end: Failure | null): readonly Check[] {
  const { facts, input } = run;
  if (end?.code === 'document.no-application') {
    const type = unsuccessful('document.type', 'failed', end.code);
    return [aborted('document.mrz', end), aborted('document.expiry', end), type];
  }
  if (facts.mrz === null) {
    const malformed = facts.malformed.get('EF.DG1');
    const unread = (id: CheckId) =>
      end !== null
        ? aborted(id, end)
        : unsuccessful(id, 'undetermined', 'document.not-read', { reason: malformed?.code ?? null });
    const mrz =
      malformed === undefined ? unread('document.mrz') : unsuccessful('document.mrz', 'failed', malformed.code);
    return [mrz, unread('document.expiry'), unread('document.type')];
  }
  const document = inspectedDocument(facts.mrz, facts.details);
  return [mrzCheck(facts.mrz, input.accessKey, input.at), expiryCheck(document, input.at), typeCheck(document)];
}

function contentChecks(run: InspectionRun, end: Failure | null): readonly Check[] {
  const { facts } = run;
  const commonData = findingOf(run, 'EF.COM');
  const further = furtherGroups.flatMap((group) => {
    const finding = findingOf(run, `EF.DG${group}`);
    return finding === null ? [] : [[group, finding] as const];
  });
  const announced = facts.commonData === null && facts.securityObject === null ? null : facts.announced;
  return [
    commonDataCheck(
      {
        commonData: facts.commonData,
        unread: commonData?.unread ?? null,
        malformed: commonData?.malformed ?? null,
        securityObject: facts.securityObject,
      },
      end,
    ),
    portraitCheck(facts.face, findingOf(run, 'EF.DG2'), end),
    dataGroupsCheck(new Map(further), announced, end),
  ];
}

function findingOf({ facts }: InspectionRun, name: FileName): ContentFinding | null {
  const file = facts.files.get(name);
  return file === undefined ? null : contentFinding(name, file, facts.malformed.get(name) ?? null);
}

function consistency(run: InspectionRun, checks: readonly Check[], end: Failure | null): Check {
  const { facts } = run;
  if (end !== null && facts.dataGroup14 === null && facts.cardAccess !== null) {
    return aborted('card-access.consistency', end);
  }
  const signature = checks.find((check) => check.id === 'passive-authentication.signature');
  return cardAccessConsistency({
    cardAccess: facts.cardAccess,
    dataGroup14: facts.dataGroup14,
    cardSecurity: securityInfosOf(facts.cardSecurity),
    dataGroup14Verified: isIdentical(checks, 'DG14') && signature?.result === 'successful',
  });
}

function cloneProtection({ facts }: InspectionRun, checks: readonly Check[], end: Failure | null): readonly Check[] {
  const signature = checks.find((check) => check.id === 'passive-authentication.signature');
  const standing = (number: 14 | 15): DataGroupStanding => {
    const file = facts.files.get(`EF.DG${number}`);
    const unread = file !== undefined && 'failure' in file ? file.failure : null;
    return {
      number,
      signed: signature?.result === 'successful',
      announced: facts.announced.has(number),
      identical: isIdentical(checks, `DG${number}`),
      promised: facts.dataGroup14?.some(({ kind }) => kind === protocolInfo[number]) ?? false,
      failure: unread ?? facts.malformed.get(`EF.DG${number}`) ?? null,
    };
  };
  const chip = facts.chipAuthentication;
  const chipFinding =
    chip === null || 'failure' in chip ? chip : { evidence: chip.evidence, proven: chip.session.verifiedAnswers > 0 };
  return [
    chipAuthenticationCheck(chipFinding, standing(14), end),
    activeAuthenticationCheck(facts.activeAuthentication, standing(15), end),
    paceCamCheck(facts.mappingEvidence, facts.cardSecurity, end),
  ];
}

function isIdentical(checks: readonly Check[], group: string): boolean {
  const hashes = checks.find((check) => check.id === 'passive-authentication.hashes');
  const groups = hashes?.detail.dataGroups;
  if (typeof groups !== 'object' || groups === null || Array.isArray(groups)) return false;
  return (groups as { readonly [group: string]: Detail })[group] === 'identical';
}

// 9303-11 §4.2 step 3 asks for both where EF.CardSecurity was read; what it holds counts once its signature is right.
function securityInfosOf(cardSecurity: PassiveAuthentication | null): readonly SecurityInfo[] | null {
  if (cardSecurity === null || cardSecurity.content === null) return null;
  try {
    return parseSecurityInfos(cardSecurity.content);
  } catch {
    // Its own check says that it could not be understood (`pace-cam`).
    return null;
  }
}

function access(opened: AccessEvidence | 'plain' | null): Access | null {
  if (opened === null) return null;
  if (opened === 'plain') return { protocol: 'plain', mapping: null, agreement: null, parameters: null, cipher: null };
  const { protocol, mapping, agreement, parameters, cipher } = opened;
  return { protocol, mapping, agreement, parameters, cipher };
}

function reading(run: InspectionRun, millis: number): Reading {
  const { exchanges, bytesSent, bytesReceived } = run.count();
  const files: Record<string, FileReport> = {};
  for (const [name, finding] of run.facts.files) {
    files[name] =
      'bytes' in finding
        ? {
            bytes: finding.bytes.length,
            exchanges: finding.exchanges,
            code: run.facts.malformed.get(name)?.code ?? null,
          }
        : { bytes: 0, exchanges: 0, code: finding.failure.code };
  }
  const repeated = run.repeated === null ? {} : { repeated: run.repeated };
  const resumed = run.facts.resumed === null ? {} : { bytesTakenOver: run.facts.bytesTakenOver };
  return {
    exchanges,
    bytesSent,
    bytesReceived,
    millis: Math.round(millis),
    files,
    ...resumed,
    ...repeated,
  };
}

/** The inspection of a document of which nothing could be read: every check aborted for the same reason. */
export function abortedInspection(failure: Failure): Inspection {
  const documentIds = checkIds.filter((id) => !id.startsWith('holder.') && !id.startsWith('face.'));
  return {
    document: null,
    access: null,
    checks: documentIds.map((id) => aborted(id, failure)),
    reading: { exchanges: 0, bytesSent: 0, bytesReceived: 0, millis: 0, files: {} },
    mrz: null,
    details: null,
    portrait: null,
    specimen: false,
  };
}
