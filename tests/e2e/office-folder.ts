import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newRecipientKey } from '../../main/crypto/recipient.ts';
import { newSigningKey, sign } from '../../main/crypto/sealing.ts';
import { newHeadquartersKeys } from '../../main/fleet/headquarters-keys.ts';
import { type Referral, referralText } from '../../main/house/referral.ts';
import { trustStation } from '../../main/house/travel/known-stations.ts';
import { writeCard } from '../../main/house/travel/station-card.ts';
import { operatorKeeping } from '../../main/keeping/operators/operator-keeping.ts';
import { writeSource } from '../../main/keeping/update/kept-places.ts';
import { updateSource } from '../../main/keeping/update/source.ts';
import { machineClock } from '../../main/machine/clock.ts';
import { machineRandom } from '../../main/machine/random.ts';
import { toHex } from '../../main/result/bytes.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import type { Role } from '../../main/result/roles.ts';
import { openStore } from '../../main/store/open-store.ts';
import { noAnswers } from '../../main/verification/errand-checks.ts';
import { webAuthority, webCertificate } from '../support/https-server.ts';
import { caseFacts } from '../unit/records/case-facts.ts';

/* A branch at work, as the office's spec finds it: its operators, records of years ago and of today, a case that waits. */

/** Who signs in here; T2 is whom the others see to. */
export const people = {
  AB: { name: 'Anna Berg', role: 'administrator' },
  CD: { name: 'Carl Dahl', role: 'administrator' },
  TE: { name: 'Tova Ek', role: 'teller' },
  SU: { name: 'Sven Urberg', role: 'supervisor' },
  AU: { name: 'Alma Udd', role: 'auditor' },
  T2: { name: 'Tage Ytter', role: 'teller' },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly role: Role }>>;
export type Sign = keyof typeof people;

export const secretOf = (sign: string): string => `a long secret for ${[...sign].reverse().join('-')}`;

// As weak as can be: how long a secret takes to compute is not what is tried here.
const signIn = { costs: { cost: 2, blockSize: 8, parallelization: 1 }, millis: () => performance.now() };

/** Makes the folder, whose lists are fetched from `lists`. */
export async function makeOfficeFolder(directory: string, lists: string): Promise<void> {
  const store = openStore({ directory, kind: 'training', create: true, random: machineRandom });
  const unlocked = await store.unlock({ kind: 'key-file', path: null });
  const open = () => unlocked;
  // Four of them are so old that their years are over once the bank has said from when they run.
  for (const number of [1, 2, 3, 4]) {
    const day = `2019-03-0${number}`;
    const then = { begunAt: `${day}T09:00:00Z`, readAt: `${day}T09:01:40Z`, endedAt: `${day}T09:03:12Z` };
    unlocked.records.append(caseFacts(`case-${number}`, then), '0.1.0');
  }
  const now = machineClock.now();
  unlocked.records.append(caseFacts('case-5', { begunAt: now, readAt: now, endedAt: now }), '0.1.0');
  const operators = operatorKeeping(store, { open, unlocked: open, clock: machineClock, signIn });
  for (const [sign, { name, role }] of Object.entries(people)) {
    const by = operators.list().filter((each) => each.role === 'administrator');
    const person = { sign, name, role, competentUntil: '2099-12-31' as PlainDate, secret: secretOf(sign) };
    await operators.add(person, by.length === 0 ? { names: [] } : { operators: by });
  }
  const colleague = operators.show('T2').operator;
  const waiting = referredBy(colleague, now);
  unlocked.referrals.put({ id: 'referred', at: now, text: referralText(waiting) });
  const another = { ...waiting, id: 'sent', holder: { id: 'customer-2', ...person, surname: 'Zetterlund' } };
  unlocked.referrals.put({ id: 'sent', at: now, text: referralText(another) });
  trustStation(unlocked, otherCard('Kiosk 2').card, { names: ['A. Berg', 'C. Dahl'], at: now });
  writeSource(store.settings, updateSource([lists], null));
  // It was left where the reader is tried.
  store.settings.set('set-up', {
    ...{ over: false, step: 'reader', skipped: [], saidCase: false, draft: null, reader: null },
  });
  store.close();
}

const person = {
  personalNumber: '199006022397',
  givenNames: 'Åsa Linnéa',
  surname: 'Öberg',
  birthDate: '1990-06-02' as PlainDate,
} as const;

function referredBy({ id, sign }: { readonly id: string; readonly sign: string }, at: string): Referral {
  const by = { sign, source: 'operator', operatorId: id } as const;
  return {
    ...{ id: 'referred', at, by, handledBy: [by], reason: 'The customer hesitates', purpose: 'renew-bankid' },
    verdict: { verdict: 'refer', reasons: ['document.not-read'], decidedBy: null, passedOver: [], conditions: [] },
    holder: { id: 'customer-1', ...person },
    ...{ holderNotOnFile: false, keyKind: null, face: null, confirmed: null, answers: noAnswers, order: null },
    ...{ readAt: null, taps: 0, inspection: null },
  };
}

/** Another station's card, and the file of it. */
export function otherCard(name: string) {
  const keys = newSigningKey(machineRandom);
  const card = {
    station: `station-${toHex(machineRandom(8))}`,
    name,
    publicKey: toHex(keys.publicKey),
    receivingKey: toHex(newRecipientKey(machineRandom).publicKey),
  };
  return { card, bytes: writeCard(card, (message) => sign(keys.secretKey, message)) };
}

/** What headquarters gives a station, written into this folder. */
export function writeHeadquartersFiles(folder: string): void {
  const authority = webAuthority(51);
  const { certificate, key } = webCertificate(authority, 52);
  const given = ['sealing.pub', 'issuing.pub', 'receiving.key'];
  for (const { name, bytes } of newHeadquartersKeys(machineRandom).filter((key) => given.includes(key.name)))
    writeFileSync(join(folder, name), bytes);
  for (const [name, text] of Object.entries({ 'ca.pem': authority.pem, 'me.pem': certificate, 'me.key': key }))
    writeFileSync(join(folder, name), text);
}
