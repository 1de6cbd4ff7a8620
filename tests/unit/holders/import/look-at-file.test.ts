import { describe, expect, it } from 'vitest';
import { lookAtFile, lookAtHead } from '../../../../main/holders/import/look-at-file.ts';
import type { PlainDate } from '../../../../main/result/plain-date.ts';
import { failureOf } from '../../../support/failure-code.ts';

const today = '2026-11-29' as PlainDate;
const utf8 = new TextEncoder();

/** A file of these bytes, and after them so many more that no line break ends. */
function fileOf(text: string | Uint8Array, endless = 0) {
  const start = typeof text === 'string' ? utf8.encode(text) : text;
  const filler = new Uint8Array(1024 * 1024).fill(0x41);
  return {
    bytes: start.length + endless,
    head: (most: number) => {
      const head = new Uint8Array(Math.min(most, start.length + endless)).fill(0x41);
      head.set(start.subarray(0, head.length));
      return head;
    },
    chunks: async function* () {
      yield start;
      for (let sent = 0; sent < endless; sent += filler.length) yield filler;
    },
  };
}

const columns = (text: string | Uint8Array) => lookAtHead(fileOf(text)).columns.map(({ name, field }) => [name, field]);

describe('the columns of a chosen file', () => {
  it('are told by their names, and what each is taken for', () => {
    expect(columns('Kundnr;Personnummer;Förnamn;Namn2;Född;\n1;2;3;4;5;\n')).toEqual([
      ['Kundnr', 'id'],
      ['Personnummer', 'personalNumber'],
      ['Förnamn', 'givenNames'],
      ['Namn2', null],
      ['Född', null],
    ]);
    expect(columns('\ufeff\r\nid,"sur\nname",number2.country\n')).toEqual([
      ['id', 'id'],
      ['sur\nname', 'surname'],
      ['number2.country', 'number2.country'],
    ]);
    expect(columns(Buffer.from('id\tFörnamn\n', 'latin1'))).toEqual([
      ['id', 'id'],
      ['Förnamn', 'givenNames'],
    ]);
  });

  it('of JSON Lines are the names of its first row', () => {
    const file = fileOf('{"kundnr":"1","namn":"A","numbers":[],"surname":"B"}\n{"other":1}\n');
    expect(lookAtHead(file)).toEqual({
      kind: 'json-lines',
      columns: [
        { name: 'kundnr', field: 'id' },
        { name: 'namn', field: null },
        { name: 'surname', field: 'surname' },
      ],
    });
  });

  it.each([
    ['a first line that never ends', fileOf('id,surname', 1024 * 1024 * 1024), 'header'],
    ['a quotation mark that is not closed', fileOf('"id,surname\n1,A\n'), 'header'],
    ['an object that is none', fileOf('{"id":\n'), 'header'],
    ['UTF-16', fileOf(Buffer.from('\ufeffid,surname\n', 'utf16le')), 'utf-16'],
  ])('of %s are refused', (_name, file, reason) => {
    expect(failureOf(() => lookAtHead(file))).toMatchObject({ code: 'holder.import-malformed', fields: { reason } });
  });
});

it('a line without end is looked through, and no more of it is held than a part', async () => {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const file = fileOf('id,surname\n1,Å\n', 128 * 1024 * 1024);
  const looked = await lookAtFile(file, { mapping: [], encoding: null, today }, () => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  });
  expect(looked.reading.encoding).toBe('utf-8');
  expect(most).toBeLessThan(32 * 1024 * 1024);
});
