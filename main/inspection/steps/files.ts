import type { FileName } from '../../chip/files.ts';
import { parseSecurityInfos } from '../../chip/security-infos.ts';
import { parseCom } from '../../document/com.ts';
import { parseDg1 } from '../../document/dg1.ts';
import { parseDg2 } from '../../document/dg2.ts';
import { parseDg11 } from '../../document/dg11.ts';
import { parseDg12 } from '../../document/dg12.ts';
import { decodeTlv } from '../../document/tlv.ts';
import { parseSignedData } from '../../trust/cms.ts';
import { parseLdsSecurityObject } from '../../trust/lds-security-object.ts';
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
  const announced = new Set<number>();
  if (com !== null) {
    for (const group of understand(run, 'EF.COM', () => parseCom(com))?.dataGroups ?? []) announced.add(group);
  }
  if (securityObject !== null) {
    for (const group of understand(run, 'EF.SOD', () => listedDataGroups(securityObject)) ?? []) announced.add(group);
  }
  facts.announced = announced;
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

// Taken from EF.SOD before its signature is verified: it says what to ask the chip for, not what to believe.
function listedDataGroups(securityObject: Uint8Array): Iterable<number> {
  return parseLdsSecurityObject(parseSignedData(decodeTlv(securityObject).value).content).hashes.keys();
}
