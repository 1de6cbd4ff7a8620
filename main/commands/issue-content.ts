import { keyInFile } from '../fleet/headquarters.ts';
import type { IssueKind } from '../fleet/issue.ts';
import { isSealedIssue, sealIssue } from '../fleet/sealed-issue.ts';
import { largestSignedFile } from '../fleet/signed-file.ts';
import { refuseBadRows } from '../holders/import/refuse-bad-rows.ts';
import { largestBundle } from '../keeping/import/trust-file.ts';
import { heldFile, readInputFile } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { Failure } from '../result/failure.ts';
import { bundleOfAnySigner } from '../trust/lists/station-bundle.ts';
import { readBlockedDocuments } from '../verification/blocked-documents.ts';
import { unusable } from './arguments.ts';
import type { CommandCall } from './command.ts';
import { fileGiven } from './headquarters-options.ts';

/** Room for the manifest of an issue, and its seal. */
const around = 1024 * 1024;

/** What is to be issued. */
export interface IssueContent {
  readonly content: Uint8Array;
  /** Of a bundle: who signed it (hex of the key), whom stations must have pinned. */
  readonly signer: string | null;
}

/**
 * What is issued, as it goes to stations: a bundle as it is, all else sealed for their receiving key; operators are sealed where they
 * were written (`styrk operators export`). What no station could take is refused here, by what the stations' own imports read with.
 * Fails with `arguments.unusable`, `fleet.malformed`, `fleet.issue-unusable`, `bundle.malformed`, `bundle.signature-wrong`,
 * `bundle.part-differs`, `holder.import-malformed`, and as reading files does.
 */
export async function issueContent(call: CommandCall, kind: IssueKind, path: string): Promise<IssueContent> {
  const content = readInputFile(path, kind === 'trust' ? largestBundle : largestSignedFile - around);
  if (kind === 'trust') return { content, signer: bundleOfAnySigner(content).state.issuer };
  if (isSealedIssue(kind, content)) return { content, signer: null };
  if (kind === 'operators') throw new Failure('fleet.malformed', { reason: 'not sealed' });
  if (kind === 'blocked') readBlockedDocuments(content);
  if (kind === 'roster') await refuseBadRows(heldFile(content), call.machine.clock.today());
  const key = fileGiven(call, 'receiving-key');
  if (key === null) throw unusable('for whom is it sealed?', { option: '--receiving-key' });
  const sealed = sealIssue(kind, content, keyInFile('receiving', 'public', key), machineRandom);
  return { content: sealed, signer: null };
}
