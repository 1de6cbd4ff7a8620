import { textsIn } from '../../resources/texts/texts.ts';
import { openKeeping, policiesOfApp, tryDataFolder } from '../house/open-keeping.ts';
import type { AnchorState } from '../keeping/log/log-keeping.ts';
import type { RememberedStep } from '../keeping/reader-memory.ts';
import type { TrustKeeping } from '../keeping/trust-keeping.ts';
import { openToOthers } from '../machine/input-file.ts';
import { asFailure } from '../result/failure.ts';
import type { Integrity } from '../store/marks/store-marks.ts';
import type { CommandCall } from './command.ts';
import { givenDay, judgingDay } from './day-option.ts';
import { awayItems, deliveryItems } from './doctor-fleet.ts';
import type { Item } from './doctor-item.ts';
import { kioskItems } from './doctor-kiosk.ts';
import { listItem, policyItems, secondReadingItems, touchedItems, trust, updateItems } from './doctor-trust.ts';
import { keepingOptions } from './folder-of-call.ts';
import { counted } from './layout.ts';

const text = textsIn('en');

/** The data folder, and what the station knows and keeps in it; the clock. Nothing is made. */
export async function folder(call: CommandCall): Promise<readonly Item[]> {
  let directory: string;
  try {
    ({ directory } = call);
  } catch (thrown) {
    return [{ id: 'storage', state: 'missing', code: asFailure(thrown).code, detail: 'none' }, clock(call, null)];
  }
  let keeping: TrustKeeping;
  try {
    keeping = await openKeeping({ ...keepingOptions(call), asFound: true });
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (code !== 'storage.missing')
      return [{ id: 'storage', state: 'missing', code, detail: directory }, clock(call, null)];
    return [
      folderToCome(directory),
      trust(call, null),
      ...policyItems(() => policiesOfApp(call.machine.resourcesDirectory)),
      clock(call, null),
    ];
  }
  try {
    const slots = keeping.keptBy();
    const keys = slots.map(({ kind, backend }) => (backend === null ? kind : `${kind} (${backend})`));
    const detail = `${directory}, ${keeping.kind}, ${keys.length === 0 ? 'no key yet' : `key kept by ${keys.join(', ')}`}`;
    const integrity = keeping.integrity();
    if (!integrity.whole)
      return [
        { id: 'storage', state: 'ok', code: null, detail },
        ...keysOpenToOthers(call, keeping),
        ...leftCopies(keeping),
        ...touchedItems(integrity),
        clock(call, null),
      ];
    const weak = slots.some(({ backend }) => backend === 'basic_text');
    const report = keeping.reportOn(judgingDay(call));
    const [{ lists }, { clockBehind }] = [await report.sources(), await report.state()];
    return [
      { id: 'storage', state: weak ? 'warning' : 'ok', code: null, detail: `${detail}${adopted(integrity)}` },
      ...keysOpenToOthers(call, keeping),
      ...leftCopies(keeping),
      stationItem(keeping),
      ...kioskItems(keeping, call.machine.clock.now()),
      ...deliveryItems(keeping, call.machine.clock.now()),
      ...awayItems(keeping, call.machine.clock.now()),
      trust(call, keeping),
      ...lists.map(listItem),
      ...updateItems(keeping),
      ...secondReadingItems(keeping),
      ...policyItems(() => keeping.policies),
      ...(await keeping.log.state()).map(anchorItem),
      ...actsItems(keeping),
      ...keeping.station.rememberedSteps().map(rememberedItem),
      clock(call, clockBehind),
    ];
  } catch (thrown) {
    const { code } = asFailure(thrown);
    return [{ id: 'storage', state: 'missing', code, detail: directory }, clock(call, null)];
  } finally {
    keeping.close();
  }
}

// In training nothing hangs on it: what is not made there is passed over.
function stationItem({ kind, station }: TrustKeeping): Item {
  const set = station.kind();
  const told = set !== null || kind === 'training';
  const detail = set ?? 'not set: counts as unattended';
  return { id: 'station', state: told ? 'ok' : 'warning', code: told ? null : 'station.kind-missing', detail };
}

// Who reads the key of the marks can mark what he likes, who reads the others opens the records (docs/decisions/0012).
function keysOpenToOthers({ given }: CommandCall, { keyFiles }: TrustKeeping): readonly Item[] {
  const named = [given.value('key-file'), given.value('passphrase-file')].filter((path) => path !== null);
  return openToOthers([...keyFiles(), ...named]).map((path) => ({
    id: 'storage',
    state: 'warning',
    code: null,
    detail: `others on this machine may read or change ${path}; close it to them: chmod 600`,
  }));
}

// What was erased may lie in them; the next erasing or backup takes those that the system lets go.
function leftCopies(keeping: TrustKeeping): readonly Item[] {
  return keeping.leftCopies().map((path) => ({
    id: 'storage',
    state: 'warning',
    code: null,
    detail: `a copy that a run left which was broken off: ${path}; the next erasing or backup removes it, or you do`,
  }));
}

function folderToCome(directory: string): Item {
  try {
    tryDataFolder(directory);
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

// No case hangs on it: what is not there is a warning. What lies there and says that records are missing, or that there is another
// history, is more.
function anchorItem({ place, size, code, foundAt }: AnchorState): Item {
  const detail = size === null ? place : `${place}: ${counted(size, 'record')}`;
  if (code === 'log.older' || code === 'log.forked')
    return { id: 'log', state: 'missing', code, detail: `${detail}; it stays as it is` };
  if (foundAt !== undefined) return { id: 'log', state: 'missing', code, detail: `${detail}; found ${foundAt}` };
  return { id: 'log', state: code === null ? 'ok' : 'warning', code, detail };
}

// Nothing is erased on acts that do not fit. Without a key nobody tells an end that was never signed from one that was taken away.
function actsItems(keeping: TrustKeeping): readonly Item[] {
  const { all, broken, end } = keeping.actsStanding() ?? { all: 0, broken: [], end: 'fits' };
  const item = (state: Item['state'], detail: string): Item => {
    return { id: 'acts', state, code: state === 'missing' ? 'retention.acts-broken' : null, detail };
  };
  if (broken.length > 0) return [item('missing', `of ${all} not as signed: ${broken.join(', ')}`)];
  if (end === 'wrong') return [item('missing', `${all}, which do not end as the station signed it`)];
  if (end === 'missing' && all > 0)
    return [item('warning', `${all}, whose end is not signed yet or is gone: styrk records check tells which`)];
  return [];
}

function adopted({ adoptedAt }: Integrity): string {
  return adoptedAt === null ? '' : `; what an earlier version had left was marked as found on ${adoptedAt}`;
}

function rememberedItem({ model, step, since }: RememberedStep): Item {
  const words = text('readers/advice/remembered', { bytes: step, date: since });
  return { id: 'reader', state: 'warning', code: null, detail: `${model}: ${words}` };
}

// A clock behind what was already signed or sealed is wrong, and documents would be judged for the wrong day.
function clock(call: CommandCall, behind: string | null): Item {
  const given = givenDay(call);
  const now = given ?? call.machine.clock.now();
  return behind === null
    ? { id: 'clock', state: 'ok', code: null, detail: `${now}, today is ${judgingDay(call)}` }
    : { id: 'clock', state: 'missing', code: 'clock.went-back', detail: `${now}, but ${behind} is past` };
}
