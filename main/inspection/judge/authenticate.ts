import type { FileName } from '../../chip/files.ts';
import { checkDataGroupHashes } from '../../trust/cms/data-group-hashes.ts';
import { parseLdsSecurityObject } from '../../trust/cms/lds-security-object.ts';
import { verifySecurityObject } from '../../trust/path/passive-authentication.ts';
import type { DataGroupContent, PassiveAuthentication } from '../../trust/types.ts';
import type { SeenEvidence } from '../evidence.ts';
import type { Judging } from '../types.ts';
import type { Contents } from './contents.ts';

/** What passive authentication came to (9303-11 §5.1); null where there is no such file. */
export interface PassiveFindings {
  readonly securityObject: PassiveAuthentication | null;
  /** Of EF.CardSecurity, which is read for PACE with chip authentication mapping alone. */
  readonly cardSecurity: PassiveAuthentication | null;
}

const dataGroupName = /^EF\.DG(\d+)$/;

/** Verifies the security objects of what was read so far: signature, path and the rest depend on no group that still comes. */
export async function authenticate(
  evidence: SeenEvidence,
  contents: Contents,
  around: Judging,
): Promise<PassiveFindings> {
  const verify = async (kind: 'EF.SOD' | 'EF.CardSecurity'): Promise<PassiveAuthentication | null> => {
    const securityObject = evidence.files.get(kind);
    if (securityObject === undefined) return null;
    const mrz = contents.of('EF.DG1');
    return verifySecurityObject({
      kind,
      securityObject,
      dataGroups: dataGroupContents(evidence, contents),
      issuer: mrz?.issuer ?? null,
      documentCode: mrz?.documentCode ?? null,
      document: {
        number: mrz?.documentNumber ?? null,
        issued: contents.of('EF.DG12')?.issueDate?.date ?? null,
      },
      at: around.at,
      ...around.time,
      trust: around.trust,
    });
  };
  return { securityObject: await verify('EF.SOD'), cardSecurity: await verify('EF.CardSecurity') };
}

/** The same findings once more groups have come: only their hashes are left to compare. */
export function withHashes(found: PassiveFindings, evidence: SeenEvidence, contents: Contents): PassiveFindings {
  const { securityObject } = found;
  if (securityObject?.content == null || securityObject.listedDataGroups.length === 0) return found;
  const object = parseLdsSecurityObject(securityObject.content);
  const hashes = checkDataGroupHashes(object, dataGroupContents(evidence, contents), securityObject.made);
  const checks = securityObject.checks.map((check) => (check.id === hashes.id ? hashes : check));
  return { ...found, securityObject: { ...securityObject, checks } };
}

// What was read counts with its bytes; what a chip announces, or had and did not give, is `present`. Of files whose chip
// nobody saw nothing is known but themselves.
function dataGroupContents({ files, facts }: SeenEvidence, contents: Contents): ReadonlyMap<number, DataGroupContent> {
  const found = new Map<number, DataGroupContent>();
  if (facts !== null) {
    for (const group of contents.announced ?? []) found.set(group, 'present');
    for (const [name, { code }] of Object.entries(facts.unread))
      setGroup(found, name, code === 'file.not-found' ? 'absent' : 'present');
  }
  for (const [name, bytes] of files) setGroup(found, name, bytes);
  return found;
}

function setGroup(found: Map<number, DataGroupContent>, name: FileName | string, content: DataGroupContent): void {
  const group = Number(dataGroupName.exec(name)?.[1] ?? 0);
  if (group !== 0) found.set(group, content);
}
