import type { FileName } from '../../chip/files.ts';
import { parseSecurityInfos } from '../../chip/security-infos.ts';
import { parseCom } from '../../document/com.ts';
import { parseDg1 } from '../../document/dg1.ts';
import { parseDg2 } from '../../document/dg2.ts';
import { parseDg7 } from '../../document/dg7.ts';
import { parseDg11 } from '../../document/dg11.ts';
import { parseDg12 } from '../../document/dg12.ts';
import { parseDg13 } from '../../document/dg13.ts';
import { parseDg16 } from '../../document/dg16.ts';
import { type OptionalGroup, optionalGroups } from '../../document/optional-groups.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { parseSignedData } from '../../trust/cms.ts';
import { type LdsSecurityObject, parseLdsSecurityObject } from '../../trust/lds-security-object.ts';
import { type InspectionRun, readInto, understand } from '../facts.ts';
import { inspectedDocument } from '../inspected-document.ts';
import { sameChip } from '../resume.ts';
import { authenticateEarly } from './passive-authentication.ts';

/** EF.SOD and EF.COM: what is signed, and which groups are said to be there (9303-10 §4.6). */
export async function readSecurityObject(run: InspectionRun): Promise<void> {
  const { facts } = run;
  const kept = facts.files.get('EF.SOD');
  const securityObject = kept !== undefined && 'bytes' in kept ? kept.bytes : await readInto(run, 'EF.SOD');
  const resume = run.input.resume ?? null;
  const same = sameChip(facts, resume);
  if (same !== null) run.input.onProgress({ type: 'resume', sameChip: same });
  facts.resumed = same === true ? resume : null;
  const com = await readInto(run, 'EF.COM');
  if (com !== null) facts.commonData = understand(run, 'EF.COM', () => parseCom(com));
  if (securityObject !== null) {
    facts.securityObject = understand(run, 'EF.SOD', () => unverifiedContent(securityObject));
  }
  facts.announced = new Set([...(facts.commonData?.dataGroups ?? []), ...(facts.securityObject?.hashes.keys() ?? [])]);
}

/** DG1: the machine readable zone. It must be there (9303-10 §4.7.1), so it is asked for whatever is announced. */
export async function readDataGroup1(run: InspectionRun): Promise<void> {
  const bytes = await readInto(run, 'EF.DG1');
  if (bytes === null) return;
  const mrz = understand(run, 'EF.DG1', () => parseDg1(bytes, run.input.at));
  run.facts.mrz = mrz;
  if (mrz !== null) run.input.onProgress({ type: 'document', document: inspectedDocument(mrz, run.facts.details) });
}

/** DG14: what the chip says of its protocols and keys. */
export async function readDataGroup14(run: InspectionRun): Promise<void> {
  const bytes = await readIfAnnounced(run, 14);
  if (bytes === null) return;
  run.facts.dataGroup14 = understand(run, 'EF.DG14', () => parseSecurityInfos(decodeTlv(bytes).value));
}

/** DG15: the key of active authentication. */
export async function readDataGroup15(run: InspectionRun): Promise<void> {
  await readIfAnnounced(run, 15);
}

/** DG11 and DG12: additional details of the person and of the document. */
export async function readDetails(run: InspectionRun): Promise<void> {
  const personal = await readIfAnnounced(run, 11);
  if (personal !== null) {
    run.facts.details = understand(run, 'EF.DG11', () => parseDg11(personal));
    if (run.facts.mrz !== null) {
      run.input.onProgress({ type: 'document', document: inspectedDocument(run.facts.mrz, run.facts.details) });
    }
  }
  const document = await readIfAnnounced(run, 12);
  if (document !== null)
    run.facts.issued = understand(run, 'EF.DG12', () => parseDg12(document))?.issueDate?.date ?? null;
}

/** Whether such a file is as its standard says: each fails where it is not. */
export const optionalParsers: Readonly<Record<OptionalGroup, (file: Uint8Array) => unknown>> = {
  7: parseDg7,
  13: parseDg13,
  16: parseDg16,
};

/** DG7, DG13 and DG16 where the policy wants them: kept as evidence and understood as a test of their form, shown to nobody. */
export async function readOptionalGroups(run: InspectionRun): Promise<void> {
  const wanted = run.input.dataGroups ?? [];
  for (const group of optionalGroups) {
    const bytes = wanted.includes(group) ? await readIfAnnounced(run, group) : null;
    if (bytes !== null) understand(run, `EF.DG${group}`, () => optionalParsers[group](bytes));
  }
}

/** DG2: the face. Last, since it is by far the longest; the security object is verified meanwhile. */
export async function readPortrait(run: InspectionRun): Promise<void> {
  const early = run.whileWaiting(() => authenticateEarly(run));
  const bytes = await readInto(run, 'EF.DG2').finally(() => early.finish());
  if (bytes === null) return;
  const face = understand(run, 'EF.DG2', () => parseDg2(bytes));
  run.facts.face = face;
  const image = face?.images[0];
  if (image !== undefined) run.input.onProgress({ type: 'portrait', image });
}

async function readIfAnnounced(run: InspectionRun, group: number): Promise<Uint8Array | null> {
  return run.facts.announced.has(group) ? readInto(run, `EF.DG${group}` as FileName) : null;
}

/** What EF.SOD lists, before its signature is verified: it says what to ask the chip for, not what to believe. */
export function unverifiedContent(securityObject: Uint8Array): LdsSecurityObject {
  return parseLdsSecurityObject(parseSignedData(decodeTlv(securityObject).value).content);
}
