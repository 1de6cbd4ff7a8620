import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { counted } from './layout.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: { to: { kind: 'value', value: 'STATION', help: 'the station that the cases came from' } },
  description: [
    'How the cases that came from a station ended here, as one file that this station signs and seals for it: decided, with the whole ' +
      'record, or given back. What was told before is in it again, for 60 days, and changes nothing there. An ordinary data folder needs ' +
      'its key (--passphrase-file).',
    'With --json: { "file", "to", "cases": [ids] }; "file" is null where none has ended.',
  ],
  examples: [
    'styrk referrals answer /media/stick/kiosk-2.outcomes --to station-0123456789abcdef --passphrase-file KEY.txt',
  ],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async ({ travel }) => {
      const [file = ''] = call.given.positionals;
      const to = call.given.value('to');
      if (to === null) throw unusable('to which station?', { option: '--to' });
      const parcel = travel.answer(to);
      if (parcel !== null) writeNewFiles([[file, parcel.bytes, 0o600]]);
      const cases = [...(parcel?.ids ?? [])];
      call.answer({ file: parcel === null ? null : file, to, cases }, () =>
        parcel === null
          ? 'None of its cases has ended here in the last 60 days.\n'
          : `${counted(cases.length, 'case')} for ${to}.\n`,
      );
      return 0;
    }),
};
