import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { counted } from './layout.ts';
import { answering, byOne } from './one-name.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'FILE [ID...]',
  fewest: 1,
  most: 101,
  options: {
    to: { kind: 'value', value: 'STATION', help: 'the station that is to decide them (styrk referrals stations)' },
    by: byOne,
  },
  description: [
    'Hands referred cases over to another station of the branch as one file, sealed for it and signed by this one: those named, or all ' +
      'that wait here. From then on that station alone decides them. Those that it has already are in the file once more, for where a ' +
      'file was lost: it takes none twice. How they ended comes back by styrk referrals answer there and styrk referrals import here; ' +
      'a supervisor there can give one back. What rests on the reading of an earlier case, or came from another station, stays.',
    'FILE names people: it opens at that station alone. It is taken for seven days. An ordinary data folder needs its key ' +
      '(--passphrase-file).',
    'With --json: { "file", "to", "cases": [ids] }; "file" is null where nothing waits.',
  ],
  examples: [
    'styrk referrals export /media/stick/kiosk-2.referrals --to station-0123456789abcdef --passphrase-file KEY.txt',
  ],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ travel, operatingSystemUser }, operators) => {
        const [file = '', ...ids] = call.given.positionals;
        const to = call.given.value('to');
        if (to === null) throw unusable('to which station?', { option: '--to' });
        const by = answering(call, operators, operatingSystemUser);
        const parcel = travel.handOver(to, ids.length === 0 ? null : ids, by, (bytes, act) =>
          writeNewFiles([[file, bytes, 0o600]], act),
        );
        const cases = [...(parcel?.ids ?? [])];
        call.answer({ file: parcel === null ? null : file, to, cases }, () =>
          parcel === null ? 'No case waits that could go there.\n' : `${counted(cases.length, 'case')} for ${to}.\n`,
        );
        return 0;
      },
    ),
};
