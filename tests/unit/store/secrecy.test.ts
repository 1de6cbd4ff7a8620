import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../main/holders/holder.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { caseHolder } from '../../../main/verification/case-holder.ts';
import { caseFacts } from '../records/case-facts.ts';
import { temporaryFolder, unlockedIn } from './support.ts';

// Numbers of Skatteverket's published test series.
const people: readonly Holder[] = [
  {
    id: 'customer-4711',
    personalNumber: '199006022397',
    givenNames: 'Åsa Linnéa',
    surname: 'Rönnqvist',
    birthDate: '1990-06-02' as PlainDate,
  },
  { id: 'customer-4712', personalNumber: '197010632391', givenNames: 'Bo', surname: 'Qvarnström', birthDate: null },
];

/** Every byte of the folder, file by file. */
function bytesOf(folder: string): readonly (readonly [string, Buffer])[] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
}

function writings(text: string): readonly Buffer[] {
  const swapped = Buffer.from(text, 'utf16le').swap16();
  const hex = Buffer.from(Buffer.from(text).toString('hex'));
  const base64 = Buffer.from(
    Buffer.from(text)
      .toString('base64')
      .replace(/.{0,2}=*$/, ''),
  );
  return [Buffer.from(text), Buffer.from(text, 'utf16le'), swapped, hex, base64];
}

function secretsOf({ id, personalNumber, givenNames, surname }: Holder): readonly string[] {
  const number = personalNumber ?? '';
  const forms = [
    number,
    number.slice(2),
    `${number.slice(2, 8)}-${number.slice(8)}`,
    `${number.slice(0, 8)}-${number.slice(8)}`,
  ];
  return [...forms, id, givenNames, surname, surname.toUpperCase()].filter((text) => text.length > 3);
}

describe('what lies on the disk', () => {
  it('shows nothing of the roster or of a case, neither in use nor after it', async () => {
    const folder = temporaryFolder();
    const { holders, records, store } = await unlockedIn(folder);
    const portrait = randomBytes(4096);
    holders.importAll(people);
    for (const [number, holder] of people.entries())
      records.append(
        { ...caseFacts(`case-${number}`, { holder: caseHolder(holder) }), portrait } as ReturnType<typeof caseFacts>,
        '0.1.0',
      );
    holders.importAll(people.map((person) => ({ ...person, surname: 'Ek' })));
    const secrets = [...people.flatMap(secretsOf), 'AA123456', 'OEBERG', 'anna'].flatMap(writings);
    secrets.push(portrait.subarray(100, 116), Buffer.from(portrait.subarray(100, 116).toString('hex')));

    const inUse = bytesOf(folder);
    expect(inUse.map(([name]) => name)).toEqual(expect.arrayContaining(['styrk.db', 'styrk.db-wal', 'styrk.db-shm']));
    store.close();
    for (const [name, bytes] of [...inUse, ...bytesOf(folder)])
      for (const secret of secrets) expect([name, bytes.includes(secret)]).toEqual([name, false]);
  });

  it('shows it to the same search when it is there', () => {
    const bytes = Buffer.concat([Buffer.from('x'), ...writings('199006022397')]);
    for (const secret of writings('199006022397')) expect(bytes.includes(secret)).toBe(true);
  });
});
