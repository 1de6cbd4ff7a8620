import { isAbsolute, resolve } from 'node:path';
import * as v from 'valibot';
import { languages } from '../../resources/texts/languages.ts';
import { type Way, ways } from '../answer/bank-system.ts';
import { revocationStates } from '../keeping/update/revocation-places.ts';
import { updateSource } from '../keeping/update/source.ts';
import { type ManagedSource, managedSource, managedSurroundings, unusable } from '../machine/managed-source.ts';
import { longest, most } from '../result/bounds.ts';
import type { Detail } from '../result/check.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { settingNames } from '../result/setting-names.ts';
import { stationKinds } from '../verification/types.ts';

/** What administrators of many stations set for this one, and nobody at the station changes. */
export interface ManagedSettings {
  /** Where it lies. */
  readonly place: string;
  /** What is managed, by the names of the file. */
  readonly names: readonly ManagedName[];
  /** The data folder; null where it is not managed. */
  readonly directory: string | null;
  /** Settings of the folder by the names under which it keeps them. */
  readonly kept: ReadonlyMap<string, { readonly value: Detail; readonly name: ManagedName }>;
  /** The ways that orders and answers may take; null where it is not managed. */
  readonly ways: readonly Way[] | null;
}

const text = (longestText: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longestText));
const longestAuthority = 12 * 1024;

/** The file as a whole: an unknown name is a setting that somebody believes in and that would never come to be. */
const schema = v.strictObject({
  dataFolder: v.optional(v.pipe(text(longest.place), v.check(isAbsolute, 'not a whole path'))),
  kind: v.optional(v.picklist(stationKinds)),
  trustPlaces: v.optional(v.pipe(v.array(text(longest.place)), v.minLength(1), v.maxLength(most.places))),
  /** PEM; a policy of Windows holds it line by line. */
  trustAuthority: v.optional(v.union([text(longestAuthority), v.pipe(v.array(v.string()), v.maxLength(400))])),
  revocationStates: v.optional(v.pipe(v.array(text(3)), v.maxLength(300))),
  reader: v.optional(text(longest.readerName)),
  language: v.optional(v.picklist(languages)),
  answerWays: v.optional(v.array(v.picklist(ways))),
});

export type ManagedName = keyof v.InferOutput<typeof schema>;

/** The names that the file may have. */
export const managedNames = Object.keys(schema.entries) as readonly ManagedName[];

/** Nothing is managed. */
export const nothingManaged: ManagedSettings = { place: '', names: [], directory: null, kept: new Map(), ways: null };

/** What is managed on this machine. Fails with `settings.unusable`. */
export function readManagedSettings(around = managedSurroundings()): ManagedSettings {
  const source = around === null ? null : managedSource(around);
  return source === null ? nothingManaged : managedIn(source);
}

/** The same of what was read. All of it or none: fails with `settings.unusable` (`path`, `reason`, `setting`). */
export function managedIn({ place, values }: ManagedSource): ManagedSettings {
  // To a schema of nothing but optional members a list is an object without any.
  const parsed = v.safeParse(schema, Array.isArray(values) ? null : values);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw unusable(place, 'not understood', (v.getDotPath(issue) ?? undefined)?.slice(0, 64));
  }
  const given = parsed.output;
  const names = managedNames.filter((name) => given[name] !== undefined);
  const kept = new Map<string, { readonly value: Detail; readonly name: ManagedName }>();
  const keep = (setting: string, name: ManagedName, value: Detail | undefined): void => {
    if (value !== undefined) kept.set(setting, { value, name });
  };
  keep(settingNames.kind, 'kind', given.kind);
  keep(settingNames.language, 'language', given.language);
  keep(settingNames.reader, 'reader', given.reader);
  const { trustPlaces: places, trustAuthority: authority, revocationStates: states } = given;
  if (authority !== undefined && places === undefined) throw unusable(place, 'for which place?', 'trustAuthority');
  keep(
    settingNames.source,
    'trustPlaces',
    places === undefined ? undefined : asSetting(place, 'trustPlaces', () => sourceOf(places, authority)),
  );
  keep(
    settingNames.revocationStates,
    'revocationStates',
    states === undefined ? undefined : asSetting(place, 'revocationStates', () => statesOf(states)),
  );
  return { place, names, directory: given.dataFolder ?? null, kept, ways: given.answerWays ?? null };
}

/**
 * The data folder to open: the managed one, else the given one, null for the platform's place. Fails with `settings.managed` where
 * another than the managed one is asked for.
 */
export function directoryToOpen(
  given: string | null,
  { directory }: Pick<ManagedSettings, 'directory'>,
): string | null {
  if (directory !== null && given !== null && resolve(given) !== resolve(directory))
    throw new Failure('settings.managed', { setting: 'dataFolder' });
  return directory ?? given;
}

function sourceOf(places: readonly string[], authority: string | readonly string[] | undefined): Detail {
  const pem = typeof authority === 'object' ? authority.join('\n') : authority;
  const source = updateSource(places, pem === undefined ? null : new TextEncoder().encode(pem));
  return { places: [...source.places], authority: source.authority };
}

function statesOf(states: readonly string[]): Detail {
  return states.length === 0 ? [] : [...revocationStates(states)];
}

function asSetting(place: string, name: ManagedName, value: () => Detail): Detail {
  try {
    return value();
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    throw unusable(place, String(fields.reason ?? code), name);
  }
}
