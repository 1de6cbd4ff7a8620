import { verifySecurityObject } from '../../trust/passive-authentication.ts';
import type { DataGroupContent } from '../../trust/types.ts';
import type { InspectionRun } from '../facts.ts';

const dataGroupName = /^EF\.DG(\d+)$/;

/** Passive authentication over what was read (9303-11 §5.1); nothing where there is no security object. */
export async function authenticatePassively(run: InspectionRun): Promise<void> {
  const { facts, input } = run;
  const securityObject = facts.files.get('EF.SOD');
  if (securityObject === undefined || 'failure' in securityObject) return;
  facts.passiveAuthentication = await verifySecurityObject({
    kind: 'EF.SOD',
    securityObject: securityObject.bytes,
    dataGroups: dataGroupContents(run),
    issuer: facts.mrz?.issuer ?? null,
    documentCode: facts.mrz?.documentCode ?? null,
    at: input.at,
    trust: input.trust,
  });
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
