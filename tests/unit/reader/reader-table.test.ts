import { describe, expect, it } from 'vitest';
import { entriesFor, knownOf, knownReaders, parseReaderTable, readerModel } from '../../../main/reader/reader-table.ts';
import table from '../../../resources/readers.json' with { type: 'json' };
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

const entry = {
  id: 'a-reader',
  match: { name: 'A reader' },
  limits: { extendedLength: true, maxCommand: 2_000, maxResponse: 2_000 },
  quirks: [],
  advice: null,
  sources: ['owner/name#1'],
};
const attributes = { name: 'A reader 00 00', platform: 'linux', vendor: 'A maker', maxApduDataSize: 0x10000 };

describe('the table of readers', () => {
  it('is well formed, each entry with its source', () => {
    expect(parseReaderTable(table)).toHaveLength(table.readers.length);
    for (const { sources } of knownReaders) expect(sources.length).toBeGreaterThan(0);
  });

  it('has its advice in every language', () => {
    for (const language of languages)
      for (const { advice } of knownReaders)
        if (advice !== null) expect(textsIn(language)(`readers/advice/${advice}`)).toMatch(/\.$/);
  });

  it.each([
    ['an unknown field', { ...entry, more: true }],
    ['no source', { ...entry, sources: [] }],
    ['a source that nobody finds', { ...entry, sources: ['somewhere'] }],
    ['a name that is no pattern', { ...entry, match: { name: '[A reader' } }],
    ['nothing to match', { ...entry, match: {} }],
    ['an unknown quirk', { ...entry, quirks: ['odd'] }],
    ['unknown advice', { ...entry, advice: 'odd' }],
    ['lengths that no APDU has', { ...entry, limits: { ...entry.limits, maxResponse: 70_000 } }],
    [
      'short lengths without the quirk',
      { ...entry, limits: { ...entry.limits, extendedLength: false, maxCommand: 261, maxResponse: 258 } },
    ],
    ['the quirk without short lengths', { ...entry, quirks: ['no-extended-length'] }],
    ['full answers that would be lost', { ...entry, quirks: ['full-answer-taken-for-empty'] }],
  ])('is refused with %s', (_what, wrong) => {
    expect(() => parseReaderTable({ readers: [wrong] })).toThrow(
      expect.objectContaining({ code: 'reader.table-malformed' }),
    );
  });

  it('is refused with two entries of one id, and where it is no table', () => {
    for (const wrong of [{ readers: [entry, entry] }, [], null])
      expect(() => parseReaderTable(wrong)).toThrow(expect.objectContaining({ code: 'reader.table-malformed' }));
  });

  it('matches by everything that an entry names', () => {
    const matching = (match: object) => entriesFor(attributes, parseReaderTable({ readers: [{ ...entry, match }] }));
    expect(matching({ name: '^A reader', vendor: 'maker', platform: 'linux' })).toHaveLength(1);
    expect(matching({ name: '^A reader', vendor: 'other' })).toHaveLength(0);
    expect(matching({ maxApduDataSize: { from: 257, to: 65_536 } })).toHaveLength(1);
    expect(matching({ maxApduDataSize: { from: 0, to: 256 } })).toHaveLength(0);
    expect(matching({ platform: 'darwin' })).toHaveLength(0);
  });

  it('what PC/SC does not tell matches nothing', () => {
    const readers = parseReaderTable({ readers: [{ ...entry, match: { vendor: 'maker' } }] });
    expect(entriesFor({ ...attributes, vendor: null }, readers)).toEqual([]);
  });

  it.each([
    ['ACS ACR122U PICC Interface 00 00', 'acs-acr122'],
    ['ACS ACR122 0', 'acs-acr122'],
    ['ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00', 'acs-acr1252'],
    ['ACS ACR1281 1S Dual Reader 00 01', 'acs-acr1281'],
    ['Virtual PCD 00 00', 'vpcd'],
  ])('knows %s', (name, id) => {
    expect(knownOf(name, 'linux').map((known) => known.id)).toEqual([id]);
  });

  it('knows the driver of macOS whatever the reader', () => {
    expect(knownOf('ACS ACR122U', 'darwin').map(({ id }) => id)).toEqual(['acs-acr122', 'macos-driver']);
  });
});

describe('the model of a reader', () => {
  it.each([
    ['ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00', 'ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC]'],
    ['HID OMNIKEY 5022 CL (A1B2C3) 01 00', 'HID OMNIKEY 5022 CL'],
    ['ACS ACR122 0', 'ACS ACR122'],
    ['Styrk Training Reader', 'Styrk Training Reader'],
  ])('%s is a %s', (name, model) => {
    expect(readerModel(name)).toBe(model);
  });
});
