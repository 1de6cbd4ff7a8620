import { isSignatureOf } from '../crypto/sealing.ts';
import { checkEvidence } from '../inspection/check-evidence.ts';
import type { InspectionEvidence } from '../inspection/evidence.ts';
import { evidenceFiles, factsFile, readEvidenceFiles } from '../inspection/evidence-files.ts';
import type { Inspection, Judging } from '../inspection/types.ts';
import { concat, fromHex, toHex } from '../result/bytes.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Station } from '../store/types.ts';
import { type SavedFiles, savedFileName, sealFile } from './saved-files.ts';

const title = 'styrk-inspection-seal 1';
const domain = new TextEncoder().encode('styrk/inspection/1\n');

/** The files of an inspection that is to be kept, by name. `signer` is null where the folder is locked: then without a seal. */
export function savedInspection(
  evidence: InspectionEvidence,
  signer: Pick<Station, 'publicKey' | 'sign'> | null,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map(evidenceFiles(evidence));
  const facts = files.get(factsFile);
  if (signer === null || facts === undefined) return files;
  const seal = sealText(toHex(signer.publicKey), toHex(signer.sign(concat(domain, facts))));
  return files.set(sealFile, new TextEncoder().encode(seal));
}

function sealText(publicKey: string, signature: string): string {
  return `${title}\n${publicKey}\n${signature}\n`;
}

/**
 * Makes every check of a saved inspection again. Where its seal is not that of a station in `knownKeys` (hex), what only the
 * chip's session could show is `undetermined`; where any byte is not as it was saved, the files are judged as loose ones. Both
 * are never accepted. Never throws for what a file holds.
 */
export async function judgeSavedInspection(
  saved: ReadonlyMap<string, Uint8Array>,
  around: Judging & { readonly knownKeys: readonly string[] },
): Promise<Inspection> {
  let evidence: InspectionEvidence;
  try {
    evidence = readEvidenceFiles(saved);
  } catch (thrown) {
    const { code: doubt } = asFailure(thrown);
    if (!doubt.startsWith('evidence.')) throw thrown;
    return checkEvidence({ files: looseFiles(saved), facts: null }, { ...around, doubt });
  }
  const doubt = brokenSeal(saved, around.knownKeys);
  const loose = doubt === 'evidence.changed' ? { files: evidence.files, facts: null } : evidence;
  return checkEvidence(loose, { ...around, doubt });
}

function brokenSeal(saved: ReadonlyMap<string, Uint8Array>, knownKeys: readonly string[]): FailureCode | null {
  const facts = saved.get(factsFile) ?? new Uint8Array();
  const seal = saved.get(sealFile);
  if (seal === undefined) return 'evidence.not-sealed';
  const text = new TextDecoder('latin1').decode(seal);
  const [, publicKey = '', signature = ''] = text.split('\n');
  // Only the one way in which it is written: else a byte could change and nobody see it.
  const written = /^[0-9a-f]{64}$/.test(publicKey) && /^[0-9a-f]{128}$/.test(signature);
  if (!written || sealText(publicKey, signature) !== text) return 'evidence.changed';
  if (!isSignatureOf(fromHex(publicKey), concat(domain, facts), fromHex(signature))) return 'evidence.changed';
  return knownKeys.includes(publicKey) ? null : 'evidence.signer-unknown';
}

function looseFiles(saved: ReadonlyMap<string, Uint8Array>): SavedFiles {
  return new Map(
    [...saved].flatMap(([name, bytes]) => {
      const file = savedFileName(name);
      return file === null ? [] : [[file, bytes] as const];
    }),
  );
}
