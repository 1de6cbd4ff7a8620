import type { FileName } from '../../chip/files.ts';
import { parseSecurityInfos, type SecurityInfo } from '../../chip/security-infos.ts';
import { parseMrz } from '../../document/mrz.ts';
import { type Check, type CheckId, unsuccessful } from '../../result/check.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { PassiveAuthentication } from '../../trust/types.ts';
import { cardAccessConsistency } from '../checks/card-access-consistency.ts';
import { commonDataCheck } from '../checks/common-data.ts';
import {
  type ContentFinding,
  contentFinding,
  dataGroupsCheck,
  furtherGroups,
  portraitCheck,
} from '../checks/content-checks.ts';
import { expiryCheck, mrzCheck, typeCheck } from '../checks/document-checks.ts';
import { inspectedDocument } from '../inspected-document.ts';
import type { Contents } from './contents.ts';
import { endOf, type Facts, pageOf, unreadIn } from './facts.ts';
import { isIdentical, isSigned } from './passive-checks.ts';

// The day of issue, where the issuer signed the group that states it (TR-03135-1 §5.7.1: it bounds the day of expiry).
function issuedBy(contents: Contents, passive: readonly Check[]): PlainDate | null {
  const vouchedFor = isSigned(passive) && isIdentical(passive, 'DG12');
  return vouchedFor ? (contents.of('EF.DG12')?.issueDate?.date ?? null) : null;
}

/** `document.mrz`, `document.expiry` and `document.type`: what DG1 says, and of whom. */
export function documentChecks(facts: Facts, contents: Contents, passive: readonly Check[]): readonly Check[] {
  const end = endOf(facts);
  const aborted = (id: CheckId): Check => unsuccessful(id, 'aborted', end?.code ?? 'check.aborted');
  if (end?.code === 'document.no-application' || end?.code === 'document.new-kind') {
    // A kind that this version has not met is no wrong one: what it is worth is for people to say.
    const result = end.code === 'document.new-kind' ? 'not supported' : 'failed';
    const { step: _step, status: _status, ...seen } = end.fields;
    const type = unsuccessful('document.type', result, end.code, { ...seen, ...printedKind(facts) });
    return [aborted('document.mrz'), aborted('document.expiry'), type];
  }
  const mrz = contents.of('EF.DG1');
  if (mrz === null) {
    const malformed = contents.malformed('EF.DG1');
    const unread = (id: CheckId): Check =>
      end !== null
        ? aborted(id)
        : unsuccessful(id, 'undetermined', 'document.not-read', { reason: malformed?.code ?? null });
    const lines = malformed === null ? unread('document.mrz') : unsuccessful('document.mrz', 'failed', malformed.code);
    return [lines, unread('document.expiry'), unread('document.type')];
  }
  const document = inspectedDocument(mrz, contents.of('EF.DG11'));
  return [
    mrzCheck(mrz, pageOf(facts), facts.at),
    expiryCheck(document, facts.at, issuedBy(contents, passive)),
    typeCheck(document),
  ];
}

// What the page says that the document is, where its lines were read: code and issuer alone, nothing of its holder.
function printedKind(facts: Facts): Check['detail'] {
  const key = pageOf(facts);
  if (key?.kind !== 'mrz' || key.lines === undefined) return {};
  const { documentCode, issuer } = parseMrz(key.lines.join('\n'), facts.at);
  return { printed: { documentCode, issuer } };
}

/** `common-data.consistency`, `document.portrait` and `document.data-groups`: whether the files are as their standard says. */
export function contentChecks(facts: Facts, contents: Contents): readonly Check[] {
  const end = endOf(facts);
  const found = (file: FileName): ContentFinding | null => {
    const bytes = facts.evidence.files.get(file);
    if (bytes !== undefined) return contentFinding(file, { bytes }, contents.malformed(file));
    const failure = unreadIn(facts, file);
    return failure === null ? null : contentFinding(file, { failure }, null);
  };
  const commonData = found('EF.COM');
  const further = furtherGroups.flatMap((group) => {
    const finding = found(`EF.DG${group}`);
    return finding === null ? [] : [[group, finding] as const];
  });
  return [
    commonDataCheck(
      {
        commonData: contents.of('EF.COM'),
        unread: commonData?.unread ?? null,
        malformed: commonData?.malformed ?? null,
        securityObject: contents.of('EF.SOD'),
      },
      end,
    ),
    portraitCheck(contents.of('EF.DG2'), found('EF.DG2'), end),
    dataGroupsCheck(new Map(further), contents.announced, end),
  ];
}

/** `card-access.consistency`: EF.CardAccess beside the groups that `checks` verified. */
export function consistencyCheck(facts: Facts, contents: Contents, checks: readonly Check[]): Check {
  return cardAccessConsistency(
    {
      cardAccess: contents.of('EF.CardAccess'),
      unread: unreadIn(facts, 'EF.CardAccess'),
      malformed: contents.malformed('EF.CardAccess'),
      dataGroup14: contents.of('EF.DG14'),
      dataGroup14Malformed: contents.malformed('EF.DG14'),
      cardSecurity: securityInfosOf(facts.passive.cardSecurity),
      dataGroup14Verified: isIdentical(checks, 'DG14') && isSigned(checks),
    },
    endOf(facts),
  );
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
