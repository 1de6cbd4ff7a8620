import { unusable } from './arguments.ts';
import type { CommandCall, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { writeNewFiles } from './output-file.ts';
import { meantRecords, recordsCount, signsOf } from './records-meant.ts';

/** Writes the records that a call means to the file of `--out`, for its owner alone. */
export function writeExtract(call: CommandCall, audience: 'person' | 'bank'): Promise<ExitStatus> {
  const out = call.given.value('out');
  if (out === null) throw unusable('a file to write', { option: '--out' });
  const meant = meantRecords(call.given, call.given.positionals[0] ?? null);
  return withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, operators) => {
    const { records, extract } = house.extract(meant, audience, signsOf(operators));
    writeNewFiles([[out, new TextEncoder().encode(`${JSON.stringify(extract, null, 2)}\n`), 0o600]]);
    call.answer({ file: out, records }, () => `${out}: ${recordsCount(records.length)}, signed by this station.\n`);
    return 0;
  });
}
