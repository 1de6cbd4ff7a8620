import { failureWords } from '../../resources/failures/failures.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import { machineRandom } from '../house/folder.ts';
import { houseTrust } from '../house/house-trust.ts';
import { type RememberedStep, readerMemory } from '../house/reader-memory.ts';
import { stationKind } from '../house/station-kind.ts';
import { stationTime } from '../house/station-time.ts';
import type { ListAge } from '../house/trust-report.ts';
import { lastUpdate } from '../house/trust-update.ts';
import { openReaderPort } from '../reader/choose-port.ts';
import { knownOf } from '../reader/reader-table.ts';
import { asFailure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import { tryFolder } from '../store/open-database.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import type { Command, CommandCall } from './command.ts';
import { dayOf, dayOption, givenDay } from './day-option.ts';
import { kindOf, policiesOf, readerBinding } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { policyText } from './policy-text.ts';
import { watchedReaders } from './reader-choice.ts';
import { readerStates } from './readers.ts';
import { touchedRow } from './touched-text.ts';

/** One thing that was looked at. `missing` is something that the station cannot work without. */
interface Item {
  readonly id:
    | 'runtime'
    | 'reader-binding'
    | 'service'
    | 'readers'
    | 'reader'
    | 'storage'
    | 'station'
    | 'trust'
    | 'list'
    | 'update'
    | 'policy'
    | 'clock';
  readonly state: 'ok' | 'warning' | 'missing';
  readonly code: FailureCode | null;
  readonly detail: string;
}

const titles: Readonly<Record<Item['id'], string>> = {
  runtime: 'Node.js',
  'reader-binding': 'PC/SC binding',
  service: 'PC/SC service',
  readers: 'Card readers',
  reader: 'Reader',
  storage: 'Data folder',
  station: 'Station',
  trust: 'Trust store',
  list: 'List',
  update: 'Last update',
  policy: 'Policy',
  clock: 'Clock',
};
const marks = { ok: '✓', warning: '!', missing: '✗' } as const;
const wantedNode = 24;
const text = textsIn('en');

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: dayOption,
  description: [
    'Looks at what a station needs: the runtime, the PC/SC binding, service and readers, the data folder and what keeps its ' +
      'key, whether the station is attended, the trust store, the age of every list, the policies in force, and whether the clock can be right. Nothing is changed. In ' +
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

async function readers(call: CommandCall): Promise<readonly Item[]> {
  const port = openReaderPort(readerBinding(call));
  const lacking = call.training ? 'warning' : 'missing';
  const ids = ['reader-binding', 'service', 'readers'] as const;
  const fine = (id: Item['id'], detail: string): Item => ({ id, state: 'ok', code: null, detail });
  try {
    const all = await (await watchedReaders(port)).readers();
    const named = all.map(({ name, state, inUse }) => `${name} (${readerStates[inUse ? 'in-use' : state]})`).join(', ');
    const usable = all.some(({ state }) => state !== 'unusable');
    const code = all.length === 0 ? 'reader.none' : usable ? null : 'reader.unusable';
    return [
      fine('reader-binding', port.name),
      fine('service', 'running'),
      { id: 'readers', state: code === null ? 'ok' : lacking, code, detail: all.length === 0 ? 'none' : named },
      ...all.flatMap(({ name, state, inUse }) => (inUse || state === 'in-use' ? [usedByOthers(name)] : [])),
      ...all.flatMap(({ name }) => adviceOn(name)),
    ];
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const known = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
    const loaded = !code.startsWith('reader.binding-');
    return ids.map((id) => {
      if (id === 'reader-binding' && loaded) return fine(id, port.name);
      return {
        id,
        state: lacking,
        code,
        detail: id === 'reader-binding' ? [port.name, ...known].join(', ') : 'not reached',
      };
    });
  } finally {
    await port.stop();
  }
}

// It may leave room for us, or not: only a reading would tell, and nobody connects to a card to look at a machine.
function usedByOthers(name: string): Item {
  return { id: 'reader', state: 'warning', code: 'reader.shared', detail: name };
}

/** What the table of readers advises staff on this one. */
function adviceOn(name: string): readonly Item[] {
  return knownOf(name, process.platform).flatMap(({ advice }) =>
    advice === null
      ? []
      : [
          {
            id: 'reader',
            state: 'warning',
            code: null,
            detail: `${name}: ${text(`readers/advice/${advice}`)}`,
          } as const,
        ],
  );
}

async function folder(call: CommandCall): Promise<readonly Item[]> {
  let directory: string;
  try {
    ({ directory } = call);
  } catch (thrown) {
    return [{ id: 'storage', state: 'missing', code: asFailure(thrown).code, detail: 'none' }, clock(call, null)];
  }
  let store: Store;
  try {
    store = openStore({ directory, kind: kindOf(call), create: false, random: machineRandom });
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code !== 'storage.missing')
      return [{ id: 'storage', state: 'missing', code, detail: directory }, clock(call, null)];
    return [
      folderToCome(directory),
      trust(call, null),
      ...policyItems(call, { policies: () => [], pins: { standing: () => [] } }),
      clock(call, null),
    ];
  }
  try {
    const slots = store.describeKey();
    const keys = slots.map(({ kind, backend }) => (backend === null ? kind : `${kind} (${backend})`));
    const detail = `${directory}, ${store.kind}, ${keys.length === 0 ? 'no key yet' : `key kept by ${keys.join(', ')}`}`;
    const integrity = store.integrity();
    if (!integrity.whole)
      return [{ id: 'storage', state: 'ok', code: null, detail }, ...touchedItems(integrity), clock(call, null)];
    const weak = slots.some(({ backend }) => backend === 'basic_text');
    const report = houseTrust(store.trust, { today: () => dayOf(call), time: () => stationTime(store) });
    const [{ lists }, { clockBehind }] = [await report.sources(), await report.state()];
    return [
      { id: 'storage', state: weak ? 'warning' : 'ok', code: null, detail: `${detail}${adopted(integrity)}` },
      stationItem(store),
      trust(call, store),
      ...lists.map(listItem),
      ...updateItems(store),
      ...policyItems(call, store.trust),
      ...readerMemory(store.settings, call.machine.clock.today).remembered().map(rememberedItem),
      clock(call, clockBehind),
    ];
  } catch (thrown) {
    const { code } = asFailure(thrown);
    return [{ id: 'storage', state: 'missing', code, detail: directory }, clock(call, null)];
  } finally {
    store.close();
  }
}

// In training nothing hangs on it: what is not made there is passed over.
function stationItem({ kind, settings }: Pick<Store, 'kind' | 'settings'>): Item {
  const set = stationKind(settings);
  const told = set !== null || kind === 'training';
  const detail = set ?? 'not set: counts as unattended';
  return { id: 'station', state: told ? 'ok' : 'warning', code: told ? null : 'station.kind-missing', detail };
}

function folderToCome(directory: string): Item {
  try {
    tryFolder(directory);
    return { id: 'storage', state: 'ok', code: null, detail: `${directory} is made at first use` };
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    return {
      id: 'storage',
      state: 'missing',
      code,
      detail: `${directory} cannot be made (${fields.system ?? 'refused'})`,
    };
  }
}

const mostTouched = 50;

// Nothing that rests on it is told beside it: it may be somebody else's word.
function touchedItems({ touched }: Integrity): readonly Item[] {
  const more = touched.length > mostTouched ? [`and ${touched.length - mostTouched} more`] : [];
  return [...touched.slice(0, mostTouched).map(touchedRow), ...more].map(
    (detail): Item => ({ id: 'trust', state: 'missing', code: 'trust.tampered', detail }),
  );
}

function adopted({ adoptedAt }: Integrity): string {
  return adoptedAt === null ? '' : `; what an earlier version had left was marked as found on ${adoptedAt}`;
}

function trust(call: CommandCall, store: Store | null): Item {
  const count = store?.trust.count() ?? 0;
  if (count > 0) return { id: 'trust', state: 'ok', code: null, detail: `${count} certificates` };
  return call.training
    ? { id: 'trust', state: 'ok', code: null, detail: "the specimens' issuers come at first use" }
    : { id: 'trust', state: 'warning', code: 'trust.empty', detail: 'no certificate' };
}

function rememberedItem({ model, step, since }: RememberedStep): Item {
  const words = text('readers/advice/remembered', { bytes: step, date: since });
  return { id: 'reader', state: 'warning', code: null, detail: `${model}: ${words}` };
}

// Lists grow old while updates fail: told as soon as they do.
function updateItems(store: Store): readonly Item[] {
  const last = lastUpdate(store);
  if (last === null) return [];
  const { at, outcome, code, failingSince } = last;
  const detail =
    failingSince === null ? `${outcome}, ${at}` : `${outcome}, ${at}; none has ended well since ${failingSince}`;
  return [{ id: 'update', state: failingSince === null ? 'ok' : 'warning', code, detail }];
}

// Without its policy the station can judge nothing.
function policyItems(call: CommandCall, trust: Parameters<typeof policiesOf>[1]): readonly Item[] {
  try {
    const all = policiesOf(call, trust).all();
    return all.map((each) => ({
      id: 'policy',
      // What a station sends counts all the same: who answers for it should know.
      state: each.ownVersion > each.policy.version ? 'warning' : 'ok',
      code: null,
      detail: policyText(each),
    }));
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    return [{ id: 'policy', state: 'missing', code, detail: String(fields.reason ?? fields.path ?? '') }];
  }
}

// Past its limit a list makes results undetermined, and the desk stands still: told long before.
function listItem({ kind, name, date, until, ageDays, daysLeft, freshness, due }: ListAge): Item {
  const stale = freshness === 'stale' || freshness === 'unknown';
  const age = ageDays === null ? 'of no date' : `of ${date}, ${ageDays} days old`;
  const left = daysLeft === null ? '' : `, holds until ${until} (${daysLeft} days)`;
  return {
    id: 'list',
    state: stale || freshness === 'ahead' || due ? 'warning' : 'ok',
    code: stale ? 'trust.list-stale' : null,
    detail: `${kind}${name === '' ? '' : ` of ${name}`}, ${age}${left}, ${freshness}`,
  };
}

// A clock behind what was already signed or sealed is wrong, and documents would be judged for the wrong day.
function clock(call: CommandCall, behind: PlainDate | null): Item {
  const given = givenDay(call);
  const now = given ?? call.machine.clock.now();
  return behind === null
    ? { id: 'clock', state: 'ok', code: null, detail: `${now}, today is ${dayOf(call)}` }
    : { id: 'clock', state: 'missing', code: 'clock.went-back', detail: `${now}, but ${behind} is past` };
}
