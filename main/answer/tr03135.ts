import type { RecordContent } from '../records/types.ts';
import type { CheckId, CheckResult, Detail } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { byTotal, type Total } from './tr03135-totals.ts';

/** One result of BSI TR-03135-1 version 2.5: its table, what it asks, its result and, where it is a total, what it was made of. */
export interface GuidelineResult {
  /** The table of part 1 that says what the result means. */
  readonly table: string;
  readonly name: string;
  readonly result: CheckResult;
  /** Why it is not `successful`; absent in totals. */
  readonly code?: FailureCode | null;
  /** Of T5.41: each data group in the words of T5.42. */
  readonly dataGroups?: Detail;
  readonly parts?: readonly GuidelineResult[];
}

/** The whole: what part 1 calls the result of a transaction. */
export interface GuidelineResults {
  readonly schema: 'styrk-tr-03135';
  readonly version: 1;
  readonly guideline: 'BSI TR-03135-1 2.5';
  /** The record of the case, and when it ended. */
  readonly transaction: string;
  readonly endedAt: string;
  readonly system: { readonly name: 'Styrk'; readonly version: string };
  /** T5.2, over the parts. */
  readonly result: CheckResult;
  readonly parts: readonly GuidelineResult[];
  /** Sections of part 1 whose checks a station does not make: nothing is said of them. */
  readonly notMade: readonly string[];
}

type Ground = Pick<RecordContent, 'id' | 'checks' | 'endedAt' | 'station'>;

/** Seals, optics and the comparison of the printed portrait need a full-page reader; TA needs a state's certificates. */
const notMade = ['5.5', '5.6.3 (T5.21)', '5.7.3', '5.7.4', '5.7.5', '5.7.6', '5.7.7', '5.9'];

/**
 * The checks of the document as BSI TR-03135-1 tells them: its five results, its tables, and its rules for totals to the letter, also where
 * they are strict (what a document does not have leaves T5.22 undetermined). Results, codes and data groups alone: what the
 * guideline's basic profile logs (part 2, §4.3), nothing of the person, the document's number or its files. Null where no
 * document was read.
 */
export function guidelineResults({ id, checks, endedAt, station }: Ground): GuidelineResults | null {
  if (!checks.some((check) => check.id === 'passive-authentication.signature')) return null;
  const one = (table: string, name: string, checkId: CheckId, instead: Instead = alwaysSupported): GuidelineResult => {
    const check = checks.find((known) => known.id === checkId);
    const { result, code } = check ?? ({ result: 'undetermined', code: 'check.not-made' } as const);
    // T5.40 asks whether the groups agree, where ours looks at the versions too.
    if (code === 'common-data.version-differs' || code === 'common-data.version-unknown')
      return { table, name, result: 'successful', code: null };
    return { table, name, result: instead[result] ?? result, code };
  };
  const total = (table: string, name: string, rule: Total, parts: readonly GuidelineResult[]): GuidelineResult => ({
    table,
    name,
    result: byTotal[rule](parts.map(({ result }) => result)),
    parts,
  });
  const parts = [
    total('5.17', 'access', 'access', [
      total('5.18', 'BAC or PACE', 'eitherProtocol', [
        one('5.19', 'BAC', 'access.bac', decided),
        one('5.20', 'PACE', 'access.pace', decided),
      ]),
    ]),
    total('5.22', 'content of the chip', 'content', [
      total('5.23', 'authenticity of the chip', 'authenticity', [
        one('5.24', 'active authentication', 'active-authentication', {}),
        one('5.25', 'chip authentication', 'chip-authentication', {}),
        one('5.26', 'PACE-CAM', 'pace-cam', {}),
      ]),
      total('5.27', 'security objects', 'all', [one('5.28', 'EF.SOD', 'passive-authentication.signature')]),
      total('5.31', 'issuer certificates', 'all', [
        one('5.33', 'signature of the document signer', 'passive-authentication.path'),
        one('5.34', 'validity of signer and issuer', 'passive-authentication.validity'),
        one('5.37', 'revocation of the document signer', 'passive-authentication.revocation'),
      ]),
      total('5.39', 'integrity', 'all', [
        one('5.40', 'EF.SOD and EF.COM', 'common-data.consistency', comparable),
        { ...one('5.41', 'data groups', 'passive-authentication.hashes'), dataGroups: dataGroupsOf(checks) },
      ]),
      one('5.43', 'issuing state', 'passive-authentication.country'),
    ]),
    total('5.44', 'combined', 'combined', [
      one('5.45', 'expiry', 'document.expiry'),
      one('5.46', 'printed zone and DG1', 'document.mrz', {}),
    ]),
  ];
  return {
    schema: 'styrk-tr-03135',
    version: 1,
    guideline: 'BSI TR-03135-1 2.5',
    transaction: id,
    endedAt,
    system: { name: 'Styrk', version: station.appVersion },
    result: byTotal.overall(parts.map(({ result }) => result)),
    parts,
    notMade,
  };
}

/** What a result is told as where the table says that it cannot occur. */
type Instead = { readonly [result in CheckResult]?: CheckResult };

/** Nothing that a document could lack: what could not be told lacks information. */
const alwaysSupported: Instead = { 'not supported': 'undetermined' };
/** T5.19, T5.20: a protocol that this version does not know was not run to its end. */
const decided: Instead = { undetermined: 'aborted' };
/** T5.40: where one of the two files is not there, or could not be read, there is nothing to compare. */
const comparable: Instead = { undetermined: 'not supported' };

function dataGroupsOf(checks: Ground['checks']): Detail {
  return checks.find(({ id }) => id === 'passive-authentication.hashes')?.detail.dataGroups ?? {};
}
