import { describe, expect, it } from 'vitest';
import type { ReaderDescription } from '../../../main/reader/port.ts';
import type { ReaderFacts } from '../../../main/reader/reader-facts.ts';
import { NamedReader } from '../../../main/reader/reader-named.ts';

const reader = (name: string, state: ReaderDescription['state'] = 'empty'): ReaderDescription => ({
  name,
  kind: 'pcsc',
  state,
  inUse: false,
  atr: null,
});
const at = (place: string | null): ReaderFacts => ({
  vendor: null,
  version: null,
  place,
  maxApduDataSize: null,
  extendedLength: 'unknown',
});
const two = [reader('ACME 00 00'), reader('ACME 01 00')];

/** Readers that say where they are; `undefined` in `places`: no answer comes from it. */
async function askedFor(
  given: string,
  all: readonly ReaderDescription[],
  places: Readonly<Record<string, string | null>>,
) {
  const asked: string[] = [];
  const named = new NamedReader({
    facts: async (name) => {
      asked.push(name);
      return name in places ? at(places[name] ?? null) : null;
    },
  });
  named.see(all, []);
  await named.ask(given, all);
  return { named, asked, found: named.find(given, all)?.name ?? null };
}

describe('a reader that somebody set by name and place', () => {
  it('is the one at that place, though its name is another’s now', async () => {
    const { found } = await askedFor('ACME 00 00 @1-2', two, { 'ACME 00 00': '1-3:1.0', 'ACME 01 00': '1-2:1.0' });
    expect(found).toBe('ACME 01 00');
  });

  it('is none where every reader says that it is elsewhere', async () => {
    const { found } = await askedFor('ACME 00 00 @1-2', two, { 'ACME 00 00': '1-3', 'ACME 01 00': '1-4' });
    expect(found).toBeNull();
  });

  it('is none where two slots of one place could be meant, and is told by the slot', async () => {
    const slots = [reader('ACME 00 00'), reader('ACME 00 01')];
    const places = { 'ACME 00 00': '1-2:1.0', 'ACME 00 01': '1-2:1.0' };
    expect((await askedFor('ACME 00 01 @1-2:1.0', slots, places)).found).toBe('ACME 00 01');
    const twice = [reader('ACME 00 00'), reader('ACME 01 00')];
    expect(
      (await askedFor('ACME 00 00 @1-2', twice, { 'ACME 00 00': '1-2:1.0', 'ACME 01 00': '1-2:1.1' })).found,
    ).toBeNull();
  });

  it('is, on which a card lies, the one that is left', async () => {
    const all = [reader('ACME 00 00'), reader('ACME 01 00', 'card')];
    const { found, asked } = await askedFor('ACME 00 00 @1-2', all, { 'ACME 00 00': '1-3', 'ACME 01 00': '1-2' });
    expect([found, asked]).toEqual(['ACME 01 00', ['ACME 00 00']]);
  });

  it('is none while it is yet to answer', () => {
    const named = new NamedReader({ facts: () => new Promise(() => undefined) });
    void named.ask('ACME 00 00 @1-2', two);
    expect(named.find('ACME 00 00 @1-2', two)).toBeNull();
  });

  it.each([
    ['its driver says nothing', { 'ACME 00 00': null, 'ACME 01 00': null }],
    ['it does not answer', {}],
  ])('goes by its name alone where %s', async (_what, places) => {
    expect((await askedFor('ACME 01 00 @1-2', two, places)).found).toBe('ACME 01 00');
  });

  it('goes by its name alone where nobody can be asked', () => {
    expect(new NamedReader({}).find('ACME 01 00 @1-2', two)?.name).toBe('ACME 01 00');
  });

  it('is asked for once, and again when it comes back, or where it did not answer before a card was lifted', async () => {
    const places: Record<string, string | null> = { 'ACME 00 00': '1-2' };
    const { named, asked } = await askedFor('ACME 00 00 @1-2', two, places);
    expect(await named.ask('ACME 00 00 @1-2', two)).toBe(false);
    expect(asked).toEqual(['ACME 00 00', 'ACME 01 00']);
    const laid = [reader('ACME 00 00', 'card'), reader('ACME 01 00', 'card')];
    named.see(laid, two);
    named.see(two, laid);
    await named.ask('ACME 00 00 @1-2', two);
    expect(asked.slice(2)).toEqual(['ACME 01 00']);
    named.see([], two);
    named.see(two, []);
    await named.ask('ACME 00 00 @1-2', two);
    expect(asked.slice(3)).toEqual(['ACME 00 00', 'ACME 01 00']);
  });
});

describe('a reader that somebody set by name', () => {
  it('is asked for nothing', async () => {
    const { found, asked } = await askedFor('ACME 00 00', two, { 'ACME 00 00': '1-3' });
    expect([found, asked]).toEqual(['ACME 00 00', []]);
  });

  // pcsc-lite: `NAME (SERIAL) 00 00`.
  it('is the one of its serial number, whatever number it was counted as', () => {
    const all = [reader('ACME (B2) 00 00'), reader('ACME (A1) 01 00')];
    expect(new NamedReader({}).find('ACME (A1) 00 00', all)?.name).toBe('ACME (A1) 01 00');
    expect(new NamedReader({}).find('ACME (C3) 00 00', all)).toBeNull();
  });

  it('gets its place as part of the name that is kept only where another is like it', async () => {
    const places = { 'ACME 00 00': '1-3:1.0', 'ACME 01 00': '1-2:1.0' };
    const { named } = await askedFor('ACME 00 00', two, places);
    expect(await named.staying('ACME 01 00', two)).toBe('ACME 01 00 @1-2:1.0');
    expect(await named.staying('ACME 01 00', [reader('ACME 01 00'), reader('Other 00 00')])).toBe('ACME 01 00');
    const serials = [reader('ACME (B2) 00 00'), reader('ACME (A1) 01 00')];
    expect(await named.staying('ACME (A1) 01 00', serials)).toBe('ACME (A1) 01 00');
    const silent = (await askedFor('ACME 00 00', two, {})).named;
    expect(await silent.staying('ACME 01 00', two)).toBe('ACME 01 00');
  });
});
