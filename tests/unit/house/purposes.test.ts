import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closeCase } from '../../../main/commands/close-case.ts';
import { parseMrz } from '../../../main/document/mrz.ts';
import { buildMrz, type MrzFields } from '../../../main/document/mrz-build.ts';
import type { Holder } from '../../../main/holders/holder.ts';
import type { House } from '../../../main/house/house.ts';
import { openHouse } from '../../../main/house/open-house.ts';
import type { Inspection } from '../../../main/inspection/types.ts';
import { machineClock } from '../../../main/machine/clock.ts';
import type { CardConnection } from '../../../main/reader/port.ts';
import { passphraseOf } from '../../../main/result/passphrase.ts';
import { createChip } from '../../../main/simulator/chip/chip.ts';
import { people } from '../../../main/simulator/documents/people.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { purposes } from '../../../main/verification/types.ts';
import { ownCountry } from '../../support/own-country.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { specimenResources } from '../../support/specimen-resources.ts';

const root = resolve(import.meta.dirname, '../../..');
const today = machineClock.today();
const country = ownCountry('SE', today, ['P', 'ID', 'I', 'AR', 'IR', 'CR']);
// The bearer of the specimen in whose chip all these documents lie: its DG11 names him.
const { goran } = people;

/** An ordinary, attended station that believes the state: nothing but the kind of the document can be in the way. */
async function believingHouse(): Promise<House> {
  const folder = temporaryFolder();
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const directory = join(folder, 'data');
  const key = ['--passphrase-file', file('passphrase', 'correct horse\n'), '--data', directory, '--json'];
  const run = async (...argv: readonly string[]): Promise<void> => {
    const end = await runHere([...argv, ...key]);
    expect(end.status, `${argv.join(' ')} ${end.stdout}`).toBe(0);
  };
  await run('trust', 'import', file('list.ml', country.masterList), '--signer', file('cer', country.listSigner));
  await run('trust', 'import', file('good.crl', country.revocationList('good')));
  await run('station', 'set', 'attended');
  const house = await openHouse({
    directory,
    kind: 'ordinary',
    version: '0.0.0-test',
    resourcesDirectory: join(root, 'resources'),
    workerUrl: pathToFileURL(join(root, 'main/inspection/worker.ts')),
    key: { kind: 'passphrase', passphrase: passphraseOf('correct horse') },
    readers: 'pcsc-mini',
  });
  onTestFinished(() => house.close());
  return house;
}

/** Reads the document of these lines, in a chip that proves everything that a chip can. */
function read(house: House, lines: readonly string[]): Promise<Inspection> {
  const card = issueSpecimen('se-id-card', today, specimenResources);
  const chip = createChip(country.issue(card, lines), {
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  const connection: CardConnection = {
    reader: 'none',
    atr: '3b80800101',
    limits: { extendedLength: true, maxCommand: 65_544, maxResponse: 65_538 },
    transmit: async (command) => chip.transmit(command) ?? new Uint8Array([0x6f, 0x00]),
    close: async () => undefined,
  };
  const { information } = parseMrz(lines.join('\n'), today);
  return house.inspect({
    connection,
    order: { accessKey: { kind: 'mrz', information } },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

const holder: Holder = { ...goran };

function verdictsOn(house: House, inspection: Inspection) {
  const face = { answer: 'same', reason: null } as const;
  const around = { face, decider: null, inspection, taps: 1, begunAt: house.now(), readAt: house.now() };
  return Object.fromEntries(
    purposes.map((purpose) => {
      const onFile = house.policy(purpose).holder === 'on-file' ? holder : null;
      return [purpose, closeCase(house, { ...around, purpose, holder: onFile }).verdict];
    }),
  );
}

const lines = (changes: Partial<MrzFields>): readonly string[] =>
  buildMrz({
    format: 'TD1',
    documentCode: 'ID',
    issuer: 'SWE',
    documentNumber: 'XA0000001',
    nationality: 'SWE',
    surname: goran.surname,
    givenNames: goran.givenNames,
    birthDate: goran.birthDate.slice(2).replaceAll('-', ''),
    sex: 'M',
    expiryDate: '350131',
    optionalData: goran.personalNumber,
    ...changes,
  });

describe('what a document is decides for every purpose, when everything else is right', () => {
  it('a national identity card is accepted for each of them', async () => {
    const house = await believingHouse();
    const verdicts = verdictsOn(house, await read(house, lines({})));
    for (const purpose of purposes)
      expect(verdicts[purpose], purpose).toMatchObject({ verdict: 'accept', reasons: [] });
  });

  // A permit says that somebody may stay, not who they are (Migrationsverket). 9303-5 leaves A, C, I and the second letter open.
  it('a residence permit for none of them, whatever card code it bears and whoever its holder is', async () => {
    const house = await believingHouse();
    for (const documentCode of ['AR', 'IR', 'CR']) {
      for (const nationality of ['SYR', 'SWE']) {
        const inspection = await read(house, lines({ documentCode, nationality }));
        expect(inspection.checks.find(({ id }) => id === 'passive-authentication.path')?.result).toBe('successful');
        const verdicts = verdictsOn(house, inspection);
        for (const purpose of purposes) {
          const told = `${documentCode} ${nationality} ${purpose}`;
          expect(verdicts[purpose]?.verdict, told).not.toBe('accept');
          expect(verdicts[purpose]?.reasons, told).toContain('document.residence-permit');
          expect(verdicts[purpose]?.decidedBy, told).toBe('document.type');
        }
      }
    }
  });

  const published = join(root, '../shared/cases/residence-permit/page.mrz');
  it.skipIf(!existsSync(published))('nor is the published case of one', async () => {
    const house = await believingHouse();
    const page = readFileSync(published, 'utf8').trim().split('\n');
    const verdicts = verdictsOn(house, await read(house, page));
    for (const purpose of purposes) {
      expect(verdicts[purpose]?.verdict, purpose).not.toBe('accept');
      expect(verdicts[purpose]?.reasons, purpose).toContain('document.residence-permit');
    }
  });
});
