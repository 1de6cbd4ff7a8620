import * as v from 'valibot';
import type { House } from '../house/house.ts';
import { longest } from '../result/bounds.ts';
import { settingNames } from '../result/setting-names.ts';

const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(longest.readerName));

/**
 * The reader that staff set at this desk, kept across restarts of the app; null where the desk chooses, and where what is
 * kept is no name. It is kept by its name, which says the model, with its place where another is like it: `NamedReader` finds it.
 */
export function readerSetOf(house: Pick<House, 'keeping'>): string | null {
  const kept = v.safeParse(nameSchema, house.keeping.settings.get(settingNames.reader));
  return kept.success ? kept.output : null;
}

/** Keeps the reader that was set, or (null) that the desk chooses. Fails as the data folder does. */
export function keepReaderSet(house: Pick<House, 'keeping'>, name: string | null): void {
  house.keeping.settings.set(settingNames.reader, name);
}
