import type { Way } from '../answer/bank-system.ts';
import { Failure } from '../result/failure.ts';
import type { KeptBankSystem } from '../store/bank-systems.ts';
import type { Store } from '../store/types.ts';
import type { ManagedSettings } from './managed-settings.ts';

/**
 * The folder with what is managed in the place of what it keeps, for every room that reads or changes it, whichever door asks:
 * a managed setting reads as it is managed, and writing it fails with `settings.managed` (`setting`). What the folder keeps
 * itself stays, and counts again when nothing is managed any more.
 */
export function managedStore(store: Store, { kept, ways }: ManagedSettings): Store {
  const { settings, banks } = store;
  const refuse = (setting: string): never => {
    throw new Failure('settings.managed', { setting });
  };
  return {
    ...store,
    settings: {
      get: (name) => kept.get(name)?.value ?? settings.get(name),
      set: (name, value) => {
        const managed = kept.get(name);
        if (managed !== undefined) refuse(managed.name);
        settings.set(name, value);
      },
    },
    banks:
      ways === null
        ? banks
        : {
            ...banks,
            list: () => banks.list().flatMap((system) => allowed(system, ways) ?? []),
            get: (id) => {
              const system = banks.get(id);
              return system === null ? null : allowed(system, ways);
            },
            put: (system) => {
              if (waysOf(system).some((way) => !ways.includes(way))) refuse('answerWays');
              banks.put(system);
            },
          },
  };
}

// A system that keeps none of its ways is none here: nothing is taken from it, and nothing goes to it.
function allowed(system: KeptBankSystem, ways: readonly Way[]): KeptBankSystem | null {
  const left = waysOf(system).filter((way) => ways.includes(way));
  if (left.length === 0) return null;
  const content = JSON.stringify({ ...(JSON.parse(system.content) as object), ways: left });
  return { ...system, content };
}

function waysOf({ content }: KeptBankSystem): readonly Way[] {
  return (JSON.parse(content) as { readonly ways: readonly Way[] }).ways;
}
