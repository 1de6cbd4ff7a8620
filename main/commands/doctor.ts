import type { Command } from './command.ts';
import { dayOption } from './day-option.ts';
import { adviceToAdministrators } from './doctor-advice.ts';
import { folder } from './doctor-folder.ts';
import type { Item } from './doctor-item.ts';
import { readers } from './doctor-readers.ts';
import { columns, printable } from './layout.ts';

const titles: Readonly<Record<Item['id'], string>> = {
  runtime: 'Node.js',
  'reader-binding': 'PC/SC binding',
  service: 'PC/SC service',
  readers: 'Card readers',
  reader: 'Reader',
  storage: 'Data folder',
  station: 'Station',
  delivery: 'Headquarters',
  trust: 'Trust store',
  list: 'List',
  update: 'Last update',
  'second-reading': 'Second reading',
  policy: 'Policy',
  log: 'Log',
  clock: 'Clock',
};
const marks = { ok: '✓', warning: '!', missing: '✗' } as const;
const wantedNode = 24;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: dayOption,
  description: [
    'Looks at what a station needs: the runtime, the PC/SC binding, service and readers, the data folder and what keeps its ' +
      'key, whether the station is attended, the delivery to headquarters where one is set, the trust store, the age of every list, the policies in force, and whether the clock can be right. Nothing is changed. In ' +
      'training no reader is needed: specimens are laid on the training reader. Exit status 3 where something needed is ' +
      'missing.',
    'With --json: { "items": [ { "id", "state": "ok" | "warning" | "missing", "code", "detail" } ] }',
  ],
  examples: ['styrk doctor', 'styrk doctor --training --json'],
  run: async (call) => {
    const items = [runtime(), ...(await readers(call)), ...(await folder(call))];
    call.answer({ items }, () => `${columns(items.flatMap(linesOf)).join('\n')}\n`);
    return items.some(({ state }) => state === 'missing') ? 3 : 0;
  },
};

function linesOf({ id, state, code, detail }: Item): string[][] {
  const words = code === null ? '' : adviceToAdministrators(code, process.platform);
  const first = [`${marks[state]} ${titles[id]}`, printable(detail)];
  return words === '' ? [first] : [first, ['', `${words} (${code})`]];
}

function runtime(): Item {
  const { node, modules } = process.versions;
  const fits = Number(node.split('.')[0]) === wantedNode;
  const detail = `${node}, ABI ${modules}, ${process.platform} ${process.arch}`;
  return fits
    ? { id: 'runtime', state: 'ok', code: null, detail }
    : {
        id: 'runtime',
        state: 'missing',
        code: 'reader.binding-abi',
        detail: `${detail}; Node ${wantedNode} is needed`,
      };
}
