import { keyInFile } from '../fleet/headquarters.ts';
import type { IssueKind } from '../fleet/issue.ts';
import { isSealedIssue, sealedKinds, sealIssue } from '../fleet/sealed-issue.ts';
import { largestSignedFile } from '../fleet/signed-file.ts';
import { largestBundle } from '../keeping/import/trust-file.ts';
import { readInputFile } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { Failure } from '../result/failure.ts';
import { readBlockedDocuments } from '../verification/blocked-documents.ts';
import { unusable } from './arguments.ts';
import type { CommandCall } from './command.ts';
import { fileGiven } from './headquarters-options.ts';

/** Room for the manifest of an issue, and its seal. */
const around = 1024 * 1024;

/**
 * What is issued, as it goes to stations: a bundle as it is, all else sealed for their receiving key; operators are sealed where they
 * were written (`styrk operators export`). A list that no station could read is refused here. Fails with `arguments.unusable`,
 * `fleet.malformed`, `fleet.issue-unusable`, and as reading files does.
 */
export function issueContent(call: CommandCall, kind: IssueKind, path: string): Uint8Array {
  const content = readInputFile(path, kind === 'trust' ? largestBundle : largestSignedFile - around);
  if (!sealedKinds.includes(kind)) return content;
  if (isSealedIssue(kind, content)) return content;
  if (kind === 'operators') throw new Failure('fleet.malformed', { reason: 'not sealed' });
  if (kind === 'blocked') readBlockedDocuments(content);
  const key = fileGiven(call, 'receiving-key');
  if (key === null) throw unusable('for whom is it sealed?', { option: '--receiving-key' });
  return sealIssue(kind, content, keyInFile('receiving', 'public', key), machineRandom);
}
