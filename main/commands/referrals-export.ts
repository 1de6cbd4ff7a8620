import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { counted, printable } from './layout.ts';
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
      'a supervisor there can give one back. What rests on the reading of an earlier case, came from another station, or is damaged, stays.',
    'FILE names people: it opens at that station alone. It is taken for seven days. An ordinary data folder needs its key ' +
      '(--passphrase-file).',
    'With --json: { "file", "to", "cases": [ids], "damaged": [ids that stay since they do not open any more] }; "file" is null where nothing waits.',
  ],
  examples: [
    'styrk referrals export /media/stick/kiosk-2.referrals --to station-0123456789abcdef --passphrase-file KEY.txt',
  ],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(
      call,
      { key: 'needed', readers: 'machine' },
      async ({ travel, referrals, operatingSystemUser }, operators) => {
        const [file = '', ...ids] = call.given.positionals;
        const to = call.given.value('to');
        if (to === null) throw unusable('to which station?', { option: '--to' });
        const by = answering(call, operators, operatingSystemUser);
        const parcel = travel.handOver(to, ids.length === 0 ? null : ids, by, (bytes, act) =>
          writeNewFiles([[file, bytes, 0o600]], act),
        );
        const cases = [...(parcel?.ids ?? [])];
        // One that is named and damaged is a failure.
        const damaged = ids.length === 0 ? referrals().damaged.map(({ id }) => id) : [];
        call.answer({ file: parcel === null ? null : file, to, cases, damaged }, () => {
          const went =
            parcel === null ? 'No case waits that could go there.' : `${counted(cases.length, 'case')} for ${to}.`;
          const stays = damaged.length === 0 ? '' : `Damaged, and stays here: ${damaged.map(printable).join(' ')}\n`;
          return `${went}\n${stays}`;
        });
        return 0;
      },
    ),
};
