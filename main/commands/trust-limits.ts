import type { TrustLimits } from '../trust/types.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, OptionDescriptions } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns } from './layout.ts';

const days = (help: string) => ({ kind: 'value', value: 'DAYS', help }) as const;
const options = {
  'master-list': days('how old a master list may be'),
  'revocation-list': days('how old a revocation list may be that does not say when the next one comes'),
  'defect-list': days('how old a defect or deviation list may be'),
  certificate: days("how long somebody's word for a single certificate holds"),
  notice: days('how long before a limit the desk is told'),
} as const satisfies OptionDescriptions;
type Option = keyof typeof options;

const fields: Readonly<Record<Option, keyof TrustLimits>> = {
  'master-list': 'masterListDays',
  'revocation-list': 'revocationListDays',
  'defect-list': 'defectListDays',
  certificate: 'certificateDays',
  notice: 'noticeDays',
};
const names = Object.keys(fields) as readonly Option[];

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options,
  description: [
    'How old what the station goes by may be, in days. Past its limit a list proves nothing any more: results become ' +
      'undetermined and say why, at the desk too. Without an option the limits are shown; with one they are set, 1 to 3650 ' +
      'days. A revocation list holds until the next update that it states itself.',
    'With --json: { "masterListDays", "revocationListDays", "defectListDays", "certificateDays", "noticeDays" }',
  ],
  examples: ['styrk trust limits', 'styrk trust limits --master-list 180 --notice 60'],
  run: async (call) => {
    const change = changeOf(call);
    const limits = await withKeeping(call, ({ station }) =>
      Object.keys(change).length === 0 ? station.limits() : station.setLimits(change),
    );
    if (limits === null) throw unusable('1 to 3650 days');
    call.answer({ ...limits }, () => {
      const rows = names.map((name) => [`${name}:`, `${limits[fields[name]]} days`]);
      return `${columns(rows).join('\n')}\n`;
    });
    return 0;
  },
};

function changeOf({ given }: Pick<CommandCall, 'given'>): Partial<TrustLimits> {
  const stated = names.flatMap((name) => {
    const text = given.value(name);
    if (text === null) return [];
    if (!/^\d{1,5}$/.test(text)) throw unusable('a number of days', { option: `--${name}` });
    return [[fields[name], Number(text)] as const];
  });
  return Object.fromEntries(stated);
}
