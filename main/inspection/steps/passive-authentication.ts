import { checkDataGroupHashes } from '../../trust/data-group-hashes.ts';
import { parseLdsSecurityObject } from '../../trust/lds-security-object.ts';
import { verifySecurityObject } from '../../trust/passive-authentication.ts';
import type { DataGroupContent, PassiveAuthentication } from '../../trust/types.ts';
import type { InspectionRun } from '../facts.ts';

const dataGroupName = /^EF\.DG(\d+)$/;

/**
 * Passive authentication of what was read so far, made while the next answer is on its way: signature, path and the rest
 * depend on no group that is still missing. Afterwards only hashes are left to do.
 */
export async function authenticateEarly(run: InspectionRun): Promise<void> {
  const { facts } = run;
  facts.passiveAuthentication = await verify(run, 'EF.SOD');
  facts.cardSecurity = await verify(run, 'EF.CardSecurity');
}

/** Passive authentication over what was read (9303-11 §5.1); nothing where there is no security object. */
export async function authenticatePassively(run: InspectionRun): Promise<void> {
  const { facts } = run;
  if (facts.passiveAuthentication === null) return authenticateEarly(run);
  facts.passiveAuthentication = withHashes(facts.passiveAuthentication, dataGroupContents(run));
}

async function verify(run: InspectionRun, kind: 'EF.SOD' | 'EF.CardSecurity'): Promise<PassiveAuthentication | null> {
  const { facts, input } = run;
  const securityObject = facts.files.get(kind);
  if (securityObject === undefined || 'failure' in securityObject) return null;
  return verifySecurityObject({
    kind,
    securityObject: securityObject.bytes,
    dataGroups: dataGroupContents(run),
    issuer: facts.mrz?.issuer ?? null,
    documentCode: facts.mrz?.documentCode ?? null,
    document: { number: facts.mrz?.documentNumber ?? null, issued: facts.issued },
    at: input.at,
    ...input.time,
    trust: input.trust,
  });
}

function withHashes(
  found: PassiveAuthentication,
  dataGroups: ReadonlyMap<number, DataGroupContent>,
): PassiveAuthentication {
  if (found.content === null || found.listedDataGroups.length === 0) return found;
  const hashes = checkDataGroupHashes(parseLdsSecurityObject(found.content), dataGroups);
  return { ...found, checks: found.checks.map((check) => (check.id === hashes.id ? hashes : check)) };
}

// What was read counts with its bytes; what is announced, or was there but could not be read, is `present`.
function dataGroupContents(run: InspectionRun): ReadonlyMap<number, DataGroupContent> {
  const contents = new Map<number, DataGroupContent>();
  for (const group of run.facts.announced) contents.set(group, 'present');
  for (const [name, finding] of run.facts.files) {
    const group = Number(dataGroupName.exec(name)?.[1] ?? 0);
    if (group === 0) continue;
    if ('bytes' in finding) contents.set(group, finding.bytes);
    else contents.set(group, finding.failure.code === 'file.not-found' ? 'absent' : 'present');
  }
  return contents;
}
