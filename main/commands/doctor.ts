import { asFailure } from '../result/failure.ts';
import type { Command, CommandCall } from './command.ts';
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
  polkit: 'polkit',
  readers: 'Card readers',
  reader: 'Reader',
  managed: 'Managed settings',
  storage: 'Data folder',
  station: 'Station',
  kiosk: 'Kiosk',
  'headquarters-lists': 'From headquarters',
  'referred-cases': 'Cases of stations',
  delivery: 'Headquarters',
  trust: 'Trust store',
  list: 'List',
  update: 'Last update',
  'second-reading': 'Second reading',
  policy: 'Policy',
  log: 'Log',
  acts: 'Acts',
  clock: 'Clock',
};
const marks = { ok: '✓', warning: '!', missing: '✗' } as const;
// Electron 45 brings 24 and Electron 46 brings 26; what is older lacks what Styrk is written in.
const oldestNode = 24;
const triedNodes: readonly number[] = [24, 26];

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: dayOption,
  description: [
    'Looks at what a station needs: the runtime, the PC/SC binding, service, driver and readers (what each bears, by itself), whether polkit lets this account use them, the data folder and what keeps its ' +
      'key, whether the station is attended, the delivery to headquarters where one is set, the trust store, the age of every list, the policies in force, and whether the clock can be right. Nothing is changed. In ' +
      'training no reader is needed: specimens are laid on the training reader. Exit status 3 where something needed is ' +
      'missing.',
    'With --json: { "items": [ { "id", "state": "ok" | "warning" | "missing", "code", "detail" } ] }',
  ],
  examples: ['styrk doctor', 'styrk doctor --training --json'],
  run: async (call) => {
    const items = [runtime(), ...(await readers(call)), ...managed(call), ...(await folder(call))];
    const told = items.map(({ advice: _, ...item }) => item);
    call.answer({ items: told }, () => `${columns(items.flatMap(linesOf)).join('\n')}\n`);
    return items.some(({ state }) => state === 'missing') ? 3 : 0;
  },
};

function linesOf({ id, state, code, detail, advice }: Item): string[][] {
  const words = code === null ? '' : (advice ?? adviceToAdministrators(code, process.platform));
  const first = [`${marks[state]} ${titles[id]}`, printable(detail)];
  return words === '' ? [first] : [first, ['', `${words} (${code})`]];
}

/** What administrators of many stations set for this one; nothing is said where nothing is. */
function managed({ machine, training }: CommandCall): readonly Item[] {
  if (training || machine.managed === undefined) return [];
  try {
    const { place, names } = machine.managed();
    return names.length === 0
      ? []
      : [{ id: 'managed', state: 'ok', code: null, detail: `${place}: ${names.join(', ')}` }];
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const known = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
    return [{ id: 'managed', state: 'missing', code, detail: known.join(', ') }];
  }
}

function runtime(): Item {
  const { node, modules } = process.versions;
  return runtimeItem(node, `${node}, ABI ${modules}, ${process.platform} ${process.arch}`);
}

/** What is to be said of a version of Node. The bindings are Node-API: they fit every version, and no ABI is theirs. */
export function runtimeItem(version: string, detail: string): Item {
  const major = Number(version.split('.')[0]);
  if (triedNodes.includes(major)) return { id: 'runtime', state: 'ok', code: null, detail };
  const state = major < oldestNode ? 'missing' : 'warning';
  const tried = `; tried with Node ${triedNodes.join(' and ')}`;
  return { id: 'runtime', state, code: 'runtime.version', detail: `${detail}${tried}` };
}
