import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { newSigningKey, sign } from '../../../main/crypto/sealing.ts';
import { keyFileText } from '../../../main/fleet/headquarters.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { writeBundle } from '../../../main/trust/lists/station-bundle.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { random } from '../store/support.ts';

/*
 * What headquarters signs for its stations is read first as a station would read it: what none could take is not signed. No database
 * is there: a file that passes is asked for the key that signs it.
 */

const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
};
const receivingKey = keyFileText('receiving', 'public', newRecipientKey(random).publicKey);
const refusalOf = async (kind: string, file: string) => {
  const receiving = fileOf('receiving.pub', receivingKey);
  return (await runHere(['fleet', 'publish', kind, file, '--receiving-key', receiving, '--json'])).json().error;
};
const passed = { code: 'arguments.unusable', fields: { option: '--issuing-key' } };

const keys = newSigningKey(random);
const bundle = writeBundle([], {
  signer: { publicKey: keys.publicKey, sign: (message) => sign(keys.secretKey, message) },
  number: 3,
  date: '2026-11-28' as PlainDate,
});

it('a bundle is one, whole and signed by whom it names', async () => {
  expect(await refusalOf('trust', fileOf('all.bundle', bundle))).toMatchObject(passed);
  expect(await refusalOf('trust', fileOf('no.bundle', 'certificates'))).toMatchObject({ code: 'bundle.malformed' });
  const changed = bundle.slice();
  const digit = bundle.lastIndexOf(0x0a) - 1;
  changed[digit] = changed[digit] === 0x30 ? 0x31 : 0x30;
  expect(await refusalOf('trust', fileOf('changed.bundle', changed))).toMatchObject({ code: 'bundle.signature-wrong' });
});

it('a roster is read whole, its header and each row', async () => {
  const good = 'id,givenNames,surname,birthDate\n1,Åsa,Berg,1980-01-02\n';
  expect(await refusalOf('roster', fileOf('good.csv', good))).toMatchObject(passed);
  expect(await refusalOf('roster', fileOf('header.csv', 'what,ever\n1,2\n'))).toMatchObject({
    code: 'holder.import-malformed',
    fields: { reason: 'header' },
  });
  expect(await refusalOf('roster', fileOf('row.csv', `${good}2,Bo,Dahl,no day\n3,Eva,Ek,no day\n`))).toMatchObject({
    code: 'holder.import-malformed',
    fields: { line: 3, rejected: 2 },
  });
});
