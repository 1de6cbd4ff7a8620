import { failureWords } from '../../resources/failures/failures.ts';
import { machineRandom } from '../house/folder.ts';
import { openReaderPort } from '../reader/choose-port.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import type { Command, CommandCall } from './command.ts';
import { kindOf, readerBinding } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { watchedReaders } from './reader-choice.ts';

/** One thing that was looked at. `missing` is something that the station cannot work without. */
interface Item {
  readonly id: 'runtime' | 'readers' | 'storage' | 'trust' | 'clock';
  readonly state: 'ok' | 'warning' | 'missing';
  readonly code: FailureCode | null;
  readonly detail: string;
}

const titles: Readonly<Record<Item['id'], string>> = {
  runtime: 'Node.js',
  readers: 'Card readers',
  storage: 'Data folder',
  trust: 'Trust store',
  clock: 'Clock',
};
const marks = { ok: '✓', warning: '!', missing: '✗' } as const;
const wantedNode = 24;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'Looks at what a station needs: the runtime, the PC/SC binding, service and readers, the data folder and what keeps its ' +
      'key, the trust store and its newest list, and whether the clock can be right. Nothing is made or changed. In ' +
      'training no reader is needed: specimens are laid on the training reader. Exit status 3 where something needed is ' +
      'missing.',
    'With --json: { "items": [ { "id", "state": "ok" | "warning" | "missing", "code", "detail" } ] }',
  ],
  examples: ['styrk doctor', 'styrk doctor --training --json'],
  run: async (call) => {
    const items = [runtime(), await readers(call), ...folder(call)];
    call.answer({ items }, () => `${columns(items.flatMap(linesOf)).join('\n')}\n`);
    return items.some(({ state }) => state === 'missing') ? 3 : 0;
  },
};

function linesOf({ id, state, code, detail }: Item): string[][] {
  const words = code === null ? '' : failureWords('en', code).staff;
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

async function readers(call: CommandCall): Promise<Item> {
  const port = openReaderPort(readerBinding(call));
  const lacking = call.training ? 'warning' : 'missing';
  try {
    const all = await (await watchedReaders(port)).readers();
    if (all.length === 0) return { id: 'readers', state: lacking, code: 'reader.none', detail: `none (${port.name})` };
    const named = all.map(({ name, state }) => `${name} (${state})`).join(', ');
    const usable = all.some(({ state }) => state !== 'unusable');
    return {
      id: 'readers',
      state: usable ? 'ok' : lacking,
      code: usable ? null : 'reader.unusable',
      detail: `${named}, by ${port.name}`,
    };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const known = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
    return { id: 'readers', state: lacking, code, detail: [port.name, ...known].join(', ') };
  } finally {
    await port.stop();
  }
}

function folder(call: CommandCall): readonly Item[] {
  const path = call.directory;
  let store: Store;
  try {
    store = openStore({ directory: path, kind: kindOf(call), create: false, random: machineRandom });
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code !== 'storage.missing') return [{ id: 'storage', state: 'missing', code, detail: path }, clock(call, null)];
    const detail = `${path} is made at first use`;
    return [{ id: 'storage', state: 'ok', code: null, detail }, ...trust(call, null)];
  }
  try {
    const keys = store.describeKey().map(({ kind, backend }) => (backend === null ? kind : `${kind} (${backend})`));
    const kept = keys.length === 0 ? 'no key yet' : `key kept by ${keys.join(', ')}`;
    const weak = store.describeKey().some(({ backend }) => backend === 'basic_text');
    const storage: Item = {
      id: 'storage',
      state: weak ? 'warning' : 'ok',
      code: null,
      detail: `${path}, ${store.kind}, ${kept}`,
    };
    return [storage, ...trust(call, store)];
  } catch (thrown) {
    return [{ id: 'storage', state: 'missing', code: asFailure(thrown).code, detail: path }, clock(call, null)];
  } finally {
    store.close();
  }
}

function trust(call: CommandCall, store: Store | null): readonly Item[] {
  const count = store?.trust.count() ?? 0;
  const dates = (store?.trust.sources() ?? []).flatMap(({ kind, date }) => (kind === 'master-list' ? [date] : []));
  const newest =
    dates
      .filter((date) => date !== null)
      .sort()
      .at(-1) ?? null;
  const list = newest === null ? 'no list' : `newest list of ${newest}`;
  const item: Item =
    count === 0
      ? {
          id: 'trust',
          state: call.training ? 'ok' : 'warning',
          code: call.training ? null : 'trust.empty',
          detail: 'empty',
        }
      : { id: 'trust', state: 'ok', code: null, detail: `${count} certificates, ${list}` };
  return [item, clock(call, newest)];
}

// A clock behind a list that was already signed is wrong, and documents would be judged for the wrong day.
function clock({ machine }: CommandCall, newestList: string | null): Item {
  const now = machine.clock.now();
  const day = machine.clock.today();
  const behind = newestList !== null && day < newestList;
  const detail = behind ? `${now}, before the newest list (${newestList})` : `${now}, today is ${day}`;
  return { id: 'clock', state: behind ? 'missing' : 'ok', code: null, detail };
}
