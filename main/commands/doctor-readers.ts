import { textsIn } from '../../resources/texts/texts.ts';
import { openReaderPort } from '../reader/choose-port.ts';
import type { ReaderDescription, ReaderPort } from '../reader/port.ts';
import { knownOf } from '../reader/reader-table.ts';
import { asFailure } from '../result/failure.ts';
import type { CommandCall } from './command.ts';
import type { Item } from './doctor-item.ts';
import { bindingText, factsItem, polkitItems, serviceText } from './doctor-pcsc.ts';
import { readerBinding } from './folder-of-call.ts';
import { watchedReaders } from './reader-choice.ts';
import { readerStates } from './readers.ts';

const text = textsIn('en');

/** The PC/SC binding, the service, the readers that it knows, and what is to be said of each. */
export async function readers(call: CommandCall): Promise<readonly Item[]> {
  const port = openReaderPort(readerBinding(call));
  const lacking = call.training ? 'warning' : 'missing';
  const pcsc = (await call.machine.pcsc?.()) ?? null;
  const ids = ['reader-binding', 'service', 'readers'] as const;
  const fine = (id: Item['id'], detail: string): Item => ({ id, state: 'ok', code: null, detail });
  try {
    const all = await (await watchedReaders(port)).readers();
    const named = all.map(({ name, state, inUse }) => `${name} (${readerStates[inUse ? 'in-use' : state]})`).join(', ');
    const usable = all.some(({ state }) => state !== 'unusable');
    const code = all.length === 0 ? 'reader.none' : usable ? null : 'reader.unusable';
    return [
      fine('reader-binding', bindingText(port.name)),
      fine('service', `running${serviceText(pcsc)}`),
      ...polkitItems(pcsc),
      { id: 'readers', state: code === null ? 'ok' : lacking, code, detail: all.length === 0 ? 'none' : named },
      ...all.flatMap(({ name, state, inUse }) => (inUse || state === 'in-use' ? [usedByOthers(name)] : [])),
      ...(await factsItems(port, all)),
      ...all.flatMap(({ name }) => adviceOn(name)),
    ];
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const known = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
    const loaded = !code.startsWith('reader.binding-');
    const items = ids.map((id): Item => {
      if (id === 'reader-binding' && loaded) return fine(id, bindingText(port.name));
      const unreached = `not reached${id === 'service' ? serviceText(pcsc) : ''}`;
      const detail = id === 'reader-binding' ? [port.name, ...known].join(', ') : unreached;
      return { id, state: lacking, code, detail };
    });
    return [...items, ...polkitItems(pcsc)];
  } finally {
    await port.stop();
  }
}

async function factsItems(port: ReaderPort, all: readonly ReaderDescription[]): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (const { name } of all) items.push(factsItem(name, (await port.facts?.(name)) ?? null));
  return items;
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
