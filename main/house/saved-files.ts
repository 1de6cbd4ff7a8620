import { elementaryFiles, type FileName } from '../chip/files.ts';
import { parseSecurityInfos, type SecurityInfo } from '../chip/security-infos.ts';
import { parseCom } from '../document/com.ts';
import { parseDg1 } from '../document/dg1.ts';
import { parseDg2 } from '../document/dg2.ts';
import { parseDg11 } from '../document/dg11.ts';
import { parseDg12 } from '../document/dg12.ts';
import { optionalGroups } from '../document/optional-groups.ts';
import { decodeTlv } from '../document/tlv.ts';
import type { Com, FaceRecord, Mrz, PersonalDetails } from '../document/types.ts';
import { cardAccessConsistency } from '../inspection/checks/card-access-consistency.ts';
import { commonDataCheck } from '../inspection/checks/common-data.ts';
import {
  type ContentFinding,
  contentFinding,
  dataGroupsCheck,
  furtherGroups,
  portraitCheck,
} from '../inspection/checks/content-checks.ts';
import { expiryCheck, mrzCheck, typeCheck } from '../inspection/checks/document-checks.ts';
import { inspectedDocument } from '../inspection/inspected-document.ts';
import { optionalParsers, unverifiedContent } from '../inspection/steps/files.ts';
import type { FileReport, Inspection } from '../inspection/types.ts';
import { type Check, type CheckId, checkIds, notMade, unsuccessful } from '../result/check.ts';
import { asFailure, type Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { applyDefects } from '../trust/apply-defects.ts';
import { judgedByClock } from '../trust/clock-check.ts';
import type { LdsSecurityObject } from '../trust/lds-security-object.ts';
import type { DefectFinding } from '../trust/match-defects.ts';
import { verifySecurityObject } from '../trust/passive-authentication.ts';
import type { DataGroupContent, PassiveAuthentication, StationTime, TrustLookup } from '../trust/types.ts';

/** Files of a chip as someone saved them. */
export type SavedFiles = ReadonlyMap<FileName, Uint8Array>;

const withoutChip: readonly CheckId[] = ['access.pace', 'access.bac', 'access.downgrade', 'secure-messaging'];
const notMadeHere: readonly CheckId[] = ['chip-authentication', 'active-authentication', 'pace-cam'];
const passiveAuthenticationIds = checkIds.filter((id) => id.startsWith('passive-authentication.'));

/**
 * Judges saved files with the checks of an inspection. What only a chip could show is `undetermined`, `file.not-read`: a
 * file can be copied. Where EF.CardSecurity is given alone, the signature is its; where EF.SOD is given too, the worse of
 * both. Never throws for what a file holds.
 */
export async function judgeSavedFiles(
  files: SavedFiles,
  around: { readonly at: PlainDate; readonly time?: StationTime; readonly trust: TrustLookup },
): Promise<Inspection> {
  const malformed = new Map<FileName, Failure>();
  const read = <Value>(name: FileName, parse: (bytes: Uint8Array) => Value): Value | null => {
    const bytes = files.get(name);
    if (bytes === undefined) return null;
    try {
      return parse(bytes);
    } catch (thrown) {
      malformed.set(name, asFailure(thrown));
      return null;
    }
  };
  const mrz = read('EF.DG1', (bytes) => parseDg1(bytes, around.at));
  const dataGroup14 = read('EF.DG14', (bytes) => parseSecurityInfos(decodeTlv(bytes).value));
  const cardAccess = read('EF.CardAccess', parseSecurityInfos);
  const personal = read('EF.DG11', parseDg11);
  const issued = read('EF.DG12', parseDg12)?.issueDate?.date ?? null;
  const commonData = read('EF.COM', parseCom);
  for (const group of optionalGroups) read(`EF.DG${group}`, optionalParsers[group]);
  const face = read('EF.DG2', parseDg2);
  const { checks: passive, defects, cardSecurity } = await passiveAuthentication(files, { mrz, issued }, around);
  // What EF.SOD does not vouch for proves nothing of the person.
  const details = isIdentical(passive, 'DG11') ? personal : null;
  const checks = [
    ...withoutChip.map((id) => unsuccessful(id, 'undetermined', 'file.not-read')),
    ...passive,
    consistency({ files, malformed, cardAccess, dataGroup14, cardSecurity, passive }),
    ...notMadeHere.map(notMade),
    ...contentChecks({ files, malformed, commonData, face }),
    ...documentChecks({ mrz, details, malformed: malformed.get('EF.DG1')?.code ?? null, at: around.at }),
  ];
  return {
    document: mrz === null ? null : inspectedDocument(mrz, details),
    access: null,
    checks: withDefects(checks, defects)
      .map((check) => byClock(check, around))
      .toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id)),
    reading: { exchanges: 0, bytesSent: 0, bytesReceived: 0, millis: 0, files: fileReports(files, malformed) },
    mrz,
    details,
    portrait: face?.images[0] ?? null,
    specimen: passive.some(({ id, detail }) => id === 'passive-authentication.path' && detail.training === true),
  };
}

async function passiveAuthentication(
  files: SavedFiles,
  { mrz, issued }: { readonly mrz: Mrz | null; readonly issued: PlainDate | null },
  { at, time, trust }: { readonly at: PlainDate; readonly time?: StationTime; readonly trust: TrustLookup },
): Promise<{
  readonly checks: readonly Check[];
  readonly defects: DefectFinding | null;
  readonly cardSecurity: readonly SecurityInfo[] | null;
}> {
  const verify = async (kind: 'EF.SOD' | 'EF.CardSecurity'): Promise<PassiveAuthentication | null> => {
    const securityObject = files.get(kind);
    if (securityObject === undefined) return null;
    return verifySecurityObject({
      kind,
      securityObject,
      dataGroups: dataGroups(files),
      issuer: mrz?.issuer ?? null,
      documentCode: mrz?.documentCode ?? null,
      at,
      ...time,
      trust,
      document: { number: mrz?.documentNumber ?? null, issued },
    });
  };
  const bySecurityObject = await verify('EF.SOD');
  const byCardSecurity = await verify('EF.CardSecurity');
  const made = [bySecurityObject, byCardSecurity].flatMap((found) => found?.checks ?? []);
  const checks = passiveAuthenticationIds.map(
    (id) =>
      worseOf(made.filter((check) => check.id === id)) ?? unsuccessful(id, 'undetermined', 'security-object.missing'),
  );
  return {
    checks,
    defects: (bySecurityObject ?? byCardSecurity)?.defects ?? null,
    cardSecurity: securityInfosOf(byCardSecurity?.content ?? null),
  };
}

// Known defects change what other checks came to, so they come last (TR-03135-1 §5.8).
function withDefects(checks: readonly Check[], defects: DefectFinding | null): readonly Check[] {
  return defects === null
    ? [...checks, unsuccessful('document.defects', 'undetermined', 'security-object.missing')]
    : applyDefects(checks, defects);
}

// Expiry and the age of defect lists rest on the day; passive authentication's own checks have been judged by it already.
function byClock(check: Check, { at, time }: { readonly at: PlainDate; readonly time?: StationTime }): Check {
  const dated = check.id === 'document.expiry' || check.id === 'document.defects';
  return dated ? judgedByClock(check, at, time?.newestKnown ?? null) : check;
}

function securityInfosOf(content: Uint8Array | null): readonly SecurityInfo[] | null {
  try {
    return content === null ? null : parseSecurityInfos(content);
  } catch {
    // That the file is nonsense is said by its signature.
    return null;
  }
}

const fromWorst: readonly Check['result'][] = ['failed', 'aborted', 'undetermined', 'not supported', 'successful'];

function worseOf(checks: readonly Check[]): Check | null {
  return checks.toSorted((a, b) => fromWorst.indexOf(a.result) - fromWorst.indexOf(b.result))[0] ?? null;
}

function dataGroups(files: SavedFiles): ReadonlyMap<number, DataGroupContent> {
  const contents = new Map<number, DataGroupContent>();
  for (const [name, bytes] of files) {
    const number = Number(/^EF\.DG(\d+)$/.exec(name)?.[1] ?? 0);
    if (number !== 0) contents.set(number, bytes);
  }
  return contents;
}

function isIdentical(checks: readonly Check[], group: string): boolean {
  const groups = checks.find((check) => check.id === 'passive-authentication.hashes')?.detail.dataGroups;
  if (typeof groups !== 'object' || groups === null || Array.isArray(groups)) return false;
  return Object.entries(groups).some(([name, integrity]) => name === group && integrity === 'identical');
}

function consistency(facts: {
  readonly files: SavedFiles;
  readonly malformed: ReadonlyMap<FileName, Failure>;
  readonly cardAccess: readonly SecurityInfo[] | null;
  readonly dataGroup14: readonly SecurityInfo[] | null;
  readonly cardSecurity: readonly SecurityInfo[] | null;
  readonly passive: readonly Check[];
}): Check {
  const { files, malformed, cardAccess, dataGroup14, cardSecurity, passive } = facts;
  const id = 'card-access.consistency';
  if (!files.has('EF.CardAccess')) return unsuccessful(id, 'undetermined', 'file.not-read', { file: 'EF.CardAccess' });
  const unread = malformed.get('EF.CardAccess')?.code ?? malformed.get('EF.DG14')?.code;
  if (unread !== undefined) return unsuccessful(id, 'undetermined', unread);
  const signature = passive.find((check) => check.id === 'passive-authentication.signature');
  return cardAccessConsistency({
    cardAccess,
    dataGroup14,
    cardSecurity,
    dataGroup14Verified: isIdentical(passive, 'DG14') && signature?.result === 'successful',
  });
}

function contentChecks(facts: {
  readonly files: SavedFiles;
  readonly malformed: ReadonlyMap<FileName, Failure>;
  readonly commonData: Com | null;
  readonly face: FaceRecord | null;
}): readonly Check[] {
  const { files, malformed, commonData, face } = facts;
  const found = (name: FileName): ContentFinding | null => {
    const bytes = files.get(name);
    return bytes === undefined ? null : contentFinding(name, { bytes }, malformed.get(name) ?? null);
  };
  const further = furtherGroups.flatMap((group) => {
    const finding = found(`EF.DG${group}`);
    return finding === null ? [] : [[group, finding] as const];
  });
  const securityObject = listedIn(files);
  const announced =
    securityObject === null && commonData === null
      ? null
      : new Set([...(securityObject?.hashes.keys() ?? []), ...(commonData?.dataGroups ?? [])]);
  return [
    commonDataCheck({ commonData, unread: null, malformed: malformed.get('EF.COM') ?? null, securityObject }, null),
    portraitCheck(face, found('EF.DG2'), null),
    dataGroupsCheck(new Map(further), announced, null),
  ];
}

function listedIn(files: SavedFiles): LdsSecurityObject | null {
  const securityObject = files.get('EF.SOD');
  try {
    return securityObject === undefined ? null : unverifiedContent(securityObject);
  } catch {
    // That the file is nonsense is said by its signature.
    return null;
  }
}

function documentChecks(facts: {
  readonly mrz: Mrz | null;
  readonly details: PersonalDetails | null;
  readonly malformed: FailureCode | null;
  readonly at: PlainDate;
}): readonly Check[] {
  const { mrz, details, malformed, at } = facts;
  if (mrz === null) {
    const unread = (id: CheckId): Check => unsuccessful(id, 'undetermined', 'document.not-read', { reason: malformed });
    const lines = malformed === null ? unread('document.mrz') : unsuccessful('document.mrz', 'failed', malformed);
    return [lines, unread('document.expiry'), unread('document.type')];
  }
  const document = inspectedDocument(mrz, details);
  return [mrzCheck(mrz, null, at), expiryCheck(document, at), typeCheck(document)];
}

function fileReports(
  files: SavedFiles,
  malformed: ReadonlyMap<FileName, Failure>,
): Readonly<Record<string, FileReport>> {
  return Object.fromEntries(
    [...files].map(([name, bytes]) => [
      name,
      { bytes: bytes.length, exchanges: 0, code: malformed.get(name)?.code ?? null },
    ]),
  );
}

/** The most bytes that a saved file of this name may have: as many as are read of a chip. */
export function mostBytesOf(name: FileName): number {
  return elementaryFiles[name].maxLength;
}

const savedName = /^(?:EF[._ -]?)?(COM|SOD|CardAccess|CardSecurity|DG(?:1[0-6]|[1-9]))(?:\.[a-z0-9]{1,4})?$/i;

/** Which file of a chip a saved file is by its name: `EF_DG1.bin`, `EF.SOD`, `dg14.bin`; null for anything else. */
export function savedFileName(name: string): FileName | null {
  const part = savedName.exec(name)?.[1]?.toLowerCase();
  const names = Object.keys(elementaryFiles) as FileName[];
  return part === undefined ? null : (names.find((known) => known.toLowerCase() === `ef.${part}`) ?? null);
}
