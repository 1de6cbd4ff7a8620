import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LdifBounds, type LdifEntry, ldifEntries } from '../../../main/trust/lists/ldif.ts';
import { rejection } from '../../support/rejection.ts';
import { chunksOf, ldifEntry } from '../../support/test-ldif.ts';

async function read(text: string | Uint8Array, size = 1_000_000, bounds?: LdifBounds): Promise<LdifEntry[]> {
  const entries: LdifEntry[] = [];
  for await (const entry of ldifEntries(chunksOf(text, size), bounds)) entries.push(entry);
  return entries;
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** The same by one line after the other, as RFC 2849 writes it down; without texts in base64 and without bounds. */
function byLines(text: string): readonly Pick<LdifEntry, 'line' | 'dn' | 'fault'>[] {
  const entries: Pick<LdifEntry, 'line' | 'dn' | 'fault'>[] = [];
  let [first, attributes, comment, malformed] = [0, [] as string[], false, false];
  const end = (): void => {
    const [dn, ...others] = attributes.filter((attribute) => !/^version:/i.test(attribute));
    const wrong =
      malformed || (dn !== undefined && (!dn.startsWith('dn: ') || !others.every((each) => each.includes(':'))));
    if (wrong) entries.push({ line: first, dn: malformed ? '' : nameOr(dn), fault: 'trust.entry-malformed' });
    else if (dn !== undefined) entries.push({ line: first, dn: nameOr(dn), fault: null });
    [first, attributes, comment, malformed] = [0, [], false, false];
  };
  for (const [index, ended] of text.split('\n').slice(0, -1).entries()) {
    const line = ended.replace(/\r$/, '');
    if (line !== '' && first === 0) first = index + 1;
    if (line === '') end();
    else if (!line.startsWith(' ')) {
      comment = line.startsWith('#');
      if (!comment) attributes.push(line);
    } else if (!comment && attributes.length === 0) malformed = true;
    else if (!comment) attributes.push(`${attributes.pop()}${line.slice(1)}`);
  }
  end();
  return entries;
}

const nameOr = (dn = ''): string => (dn.startsWith('dn: ') ? dn.slice('dn: '.length).trimStart() : '');

describe('an LDIF file', () => {
  it('is the same as line by line, with its line numbers, wherever chunks end', async () => {
    const line = fc.constantFrom(
      'dn: c=UT',
      'dn: c=SE',
      'sn: 1',
      ' folded',
      '# said',
      'version: 1',
      '',
      '',
      'nonsense',
      '\r',
    );
    const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 40 }), async (parts, size) => {
        const text = parts.flat().join('');
        const told = (await read(text, size)).map(({ line, dn, fault }) => ({ line, dn, fault }));
        expect(told).toEqual(byLines(text));
      }),
      { numRuns: 400 },
    );
  });

  it('numbers the lines behind an entry that was passed over', async () => {
    const long = 'a: 1\n'.repeat(700);
    for (const size of [1, 7, 64, 5_000])
      for (const text of [`dn: c=UT\n${long}\n\ndn: c=SE\n\n`, `dn: c=UT\r\n${long}\r\n\r\ndn: c=SE\r\n\r\n`]) {
        const entries = await read(text, size, { entryBytes: 2_000 });
        expect(entries.map(({ line, dn, fault }) => [line, dn, fault])).toEqual([
          [1, '', 'trust.entry-too-large'],
          [704, 'c=SE', null],
        ]);
      }
    expect((await read(`dn: c=UT\n${long}`, 64, { entryBytes: 2_000 })).map(({ fault }) => fault)).toEqual([
      'trust.entry-too-large',
    ]);
  });

  it('is read whatever its lines and chunks are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 20, max: 90 }),
        fc.boolean(),
        async (values, size, width, windows) => {
          const text = values
            .map((value, index) =>
              ldifEntry(
                `cn=${index},c=UT`,
                [
                  ['userCertificate;binary', value],
                  ['sn', '1'],
                ],
                width,
              ),
            )
            .join('');
          const entries = await read(windows ? text.replaceAll('\n', '\r\n') : text, size);
          expect(entries.map(({ dn }) => dn)).toEqual(values.map((_, index) => `cn=${index},c=UT`));
          expect(entries.map((entry) => [...(entry.values[0]?.value ?? [])])).toEqual(
            values.map((value) => [...value]),
          );
          expect(entries.every(({ fault }) => fault === null)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('has comments, a version, a name in base64 and values that are no bytes', async () => {
    const text =
      '# one\n folded\nversion: 1\n\n# two\ndn:: Yz1VVA==\nobjectClass: top\nuserCertificate;binary:: AAEC\nurl:< file:///x\n';
    expect(await read(text)).toEqual([
      {
        line: 5,
        dn: 'c=UT',
        values: [{ name: 'userCertificate;binary', value: bytes(0, 1, 2) }],
        fault: null,
      },
    ]);
  });

  it.each([
    ['a value that is no base64', 'dn: c=UT\na:: A$==\n\n'],
    ['base64 that is too short', 'dn: c=UT\na:: AAA\n\n'],
    ['no name', 'a:: AAEC\n\n'],
    ['a line without a colon', 'dn: c=UT\nnonsense\n\n'],
    ['a folded first line', ' folded\ndn: c=UT\n\n'],
  ])('names an entry with %s and goes on', async (_what, broken) => {
    const entries = await read(`${broken}${ldifEntry('c=SE', [['a', bytes(1)]])}`);
    expect(entries.map(({ dn, fault }) => [dn === 'c=SE', fault])).toEqual([
      [false, 'trust.entry-malformed'],
      [true, null],
    ]);
  });

  it('leaves out an entry of more bytes than any may have, in many lines or in one, and goes on', async () => {
    const large = new Uint8Array(3_000);
    for (const width of [76, 1_000_000]) {
      const text = `${ldifEntry('c=UT', [['a', large]], width)}${ldifEntry('c=SE', [['a', bytes(1)]])}`;
      const entries = await read(text, 64, { entryBytes: 2_000 });
      expect(entries.map(({ fault }) => fault)).toEqual(['trust.entry-too-large', null]);
    }
  });

  it('that is cut within a line is refused', async () => {
    const text = ldifEntry('c=UT', [['a', new Uint8Array(200)]]);
    for (const length of [3, 40, 100, text.length - 3])
      expect((await rejection(read(text.slice(0, length))))?.code).toBe('trust.file-cut');
    expect(await read('')).toEqual([]);
  });
});
