import { versionText } from '../../document/com.ts';
import type { Com } from '../../document/types.ts';
import { type Check, type Detail, successful, unsuccessful } from '../../result/check.ts';
import type { PlainFailure } from '../../result/failure.ts';
import type { LdsSecurityObject } from '../../trust/cms/lds-security-object.ts';
import { isGone } from './access-checks.ts';

/** What the comparison rests on; null where a file was not read or could not be understood. */
export interface CommonDataFacts {
  readonly commonData: Com | null;
  /** Why EF.COM could not be read. */
  readonly unread: PlainFailure | null;
  /** Why EF.COM, which was read, could not be understood. */
  readonly malformed: PlainFailure | null;
  readonly securityObject: LdsSecurityObject | null;
}

const id = 'common-data.consistency';
/** Every version of the first data structure (9303-10 §4.6.1); LDS2 has applications of its own. */
const knownLdsVersion = /^1\.\d+$/;
const knownUnicodeVersion = '4.0.0';
/** EF.SOD of version 1 came with LDS 1.8 (9303-10 §4.6.2.3, App. D). */
const beforeVersion1 = /^1\.[0-7]$/;

/**
 * `common-data.consistency`: EF.COM is not signed, so nothing rests on it; but it must list the groups that EF.SOD lists, no
 * fewer (TR-03135-1 §5.6.4.4.1) and no more, and name the same versions. A document without EF.COM is `not supported`.
 */
export function commonDataCheck(facts: CommonDataFacts, end: PlainFailure | null): Check {
  const { commonData, unread, malformed, securityObject } = facts;
  if (malformed !== null) return unsuccessful(id, 'failed', malformed.code, malformed.fields);
  if (commonData === null) return withoutCommonData(unread, end);
  if (securityObject === null) {
    const gone = end !== null && isGone(end);
    return gone ? unsuccessful(id, 'aborted', end.code) : unsuccessful(id, 'undetermined', 'security-object.missing');
  }
  const listed = commonData.dataGroups;
  const notInCommonData = [...securityObject.hashes.keys()].filter((group) => !listed.includes(group));
  const notInSecurityObject = listed.filter((group) => !securityObject.hashes.has(group));
  const detail: Record<string, Detail> = {
    notInCommonData: notInCommonData.toSorted((a, b) => a - b).map((group) => `DG${group}`),
    notInSecurityObject: notInSecurityObject.map((group) => `DG${group}`),
    ldsVersion: commonData.ldsVersion,
    unicodeVersion: commonData.unicodeVersion,
  };
  if (notInCommonData.length + notInSecurityObject.length > 0) {
    return unsuccessful(id, 'failed', 'common-data.groups-differ', detail);
  }
  if (versionsDiffer(commonData, securityObject)) {
    return unsuccessful(id, 'undetermined', 'common-data.version-differs', detail);
  }
  const known = knownLdsVersion.test(commonData.ldsVersion) && commonData.unicodeVersion === knownUnicodeVersion;
  return known ? successful(id, detail) : unsuccessful(id, 'undetermined', 'common-data.version-unknown', detail);
}

function withoutCommonData(unread: PlainFailure | null, end: PlainFailure | null): Check {
  if (unread === null) {
    return end === null ? unsuccessful(id, 'undetermined', 'file.not-read') : unsuccessful(id, 'aborted', end.code);
  }
  if (isGone(unread)) return unsuccessful(id, 'aborted', unread.code);
  return unread.code === 'file.not-found'
    ? unsuccessful(id, 'not supported', 'common-data.missing')
    : unsuccessful(id, 'undetermined', unread.code, unread.fields);
}

// 9303-10 §4.6.2.3: version 0 names none; where version 1 names none, it is at least not of an LDS before it.
function versionsDiffer(commonData: Com, { version, ldsVersion, unicodeVersion }: LdsSecurityObject): boolean {
  const named = ldsVersion !== null || unicodeVersion !== null;
  if (version === 0) return named;
  if (!named) return beforeVersion1.test(commonData.ldsVersion);
  return (
    versionText(ldsVersion ?? '') !== commonData.ldsVersion ||
    versionText(unicodeVersion ?? '') !== commonData.unicodeVersion
  );
}
