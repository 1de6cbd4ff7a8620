import { textsIn } from '../../resources/texts/texts.ts';
import { type RememberedStep, readerMemory } from '../keeping/reader-memory.ts';
import { houseTrust } from '../keeping/report/report-trust.ts';
import { stationKind } from '../keeping/station-kind.ts';
import { stationTime } from '../keeping/station-time.ts';
import { openToOthers } from '../machine/input-file.ts';
import { machineRandom } from '../machine/random.ts';
import { asFailure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { ownKeyFile } from '../store/key-file.ts';
import { markKeyFile } from '../store/marks/mark-key.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import { tryFolder } from '../store/open-database.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import type { CommandCall } from './command.ts';
import { dayOf, givenDay } from './day-option.ts';
import type { Item } from './doctor-item.ts';
import { listItem, policyItems, touchedItems, trust, updateItems } from './doctor-trust.ts';
import { kindOf } from './folder-of-call.ts';

const text = textsIn('en');

/** The data folder, and what the station knows and keeps in it; the clock. Nothing is made. */
export async function folder(call: CommandCall): Promise<readonly Item[]> {
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
      return [
        { id: 'storage', state: 'ok', code: null, detail },
        ...keysOpenToOthers(call, directory),
        ...touchedItems(integrity),
        clock(call, null),
      ];
    const weak = slots.some(({ backend }) => backend === 'basic_text');
    const report = houseTrust(store.trust, { today: () => dayOf(call), time: () => stationTime(store) });
    const [{ lists }, { clockBehind }] = [await report.sources(), await report.state()];
    return [
      { id: 'storage', state: weak ? 'warning' : 'ok', code: null, detail: `${detail}${adopted(integrity)}` },
      ...keysOpenToOthers(call, directory),
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

// Who reads the key of the marks can mark what he likes, who reads the others opens the records (docs/decisions/0012).
function keysOpenToOthers({ given }: CommandCall, directory: string): readonly Item[] {
  const named = [given.value('key-file'), given.value('passphrase-file')].filter((path) => path !== null);
  return openToOthers([markKeyFile(directory), ownKeyFile(directory), ...named]).map((path) => ({
    id: 'storage',
    state: 'warning',
    code: null,
    detail: `others on this machine may read or change ${path}; close it to them: chmod 600`,
  }));
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

function adopted({ adoptedAt }: Integrity): string {
  return adoptedAt === null ? '' : `; what an earlier version had left was marked as found on ${adoptedAt}`;
}

function rememberedItem({ model, step, since }: RememberedStep): Item {
  const words = text('readers/advice/remembered', { bytes: step, date: since });
  return { id: 'reader', state: 'warning', code: null, detail: `${model}: ${words}` };
}

// A clock behind what was already signed or sealed is wrong, and documents would be judged for the wrong day.
function clock(call: CommandCall, behind: PlainDate | null): Item {
  const given = givenDay(call);
  const now = given ?? call.machine.clock.now();
  return behind === null
    ? { id: 'clock', state: 'ok', code: null, detail: `${now}, today is ${dayOf(call)}` }
    : { id: 'clock', state: 'missing', code: 'clock.went-back', detail: `${now}, but ${behind} is past` };
}
