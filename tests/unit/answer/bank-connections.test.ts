import { expect, it } from 'vitest';
import { bankAnswers } from '../../../main/answer/bank-answers.ts';
import { bankConnections } from '../../../main/answer/bank-connections.ts';
import type { StationClock } from '../../../main/machine/clock.ts';
import { limitClock } from '../../../main/machine/limit-clock.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { alone, bankFile, bankSigner, orderClaims, orderToken } from '../../support/bank-side.ts';
import { webAuthority, webCertificate } from '../../support/https-server.ts';
import { extensions } from '../../support/test-pki.ts';
import { openIn, ownKeyFileProvider, random, temporaryFolder } from '../store/support.ts';

/* Which answers a system's server is posted: its own, by no other way, however many stand before them. */

const signer = bankSigner();
const instant = '2026-11-23T09:00:00Z';
const clock: StationClock = { now: () => instant, today: () => '2026-11-23' as PlainDate };
const authority = webAuthority(51);
const client = webCertificate(authority, 52, { extensions: [extensions.digitalSignature()] });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('a system that is connected does not lose its certificates to a call that gives none', async () => {
  const store = openIn(temporaryFolder());
  const unlocked = await store.unlock(ownKeyFileProvider);
  const banks = bankAnswers(store, () => unlocked, {
    clock: limitClock(clock, store.recordedTime),
    after: () => () => undefined,
    random,
  });
  const address = 'https://127.0.0.1:4711/styrk/';
  banks.addBank(bankFile(signer, { address, ways: ['https'] }), ['A. Berg', 'C. Dahl'], alone);
  const none = { authority: null, certificate: null, key: null, passphrase: null };
  // Where its authority is generally known and it asks for no certificate, none are needed.
  banks.connect('https://bank.example/branch', none);
  banks.connect('https://bank.example/branch', { ...none, authority: bytes(authority.pem) });
  const kept = unlocked.bankServices.get('https://bank.example/branch');
  expect(() => banks.connect('https://bank.example/branch', none)).toThrow('service.unusable');
  expect(unlocked.bankServices.get('https://bank.example/branch')).toBe(kept);
});

it('its own stand behind no number of answers that went another way, or to another system', async () => {
  const store = openIn(temporaryFolder());
  const unlocked = await store.unlock(ownKeyFileProvider);
  const ground = { store, unlocked: () => unlocked, clock: limitClock(clock, store.recordedTime) };
  const banks = bankAnswers(store, () => unlocked, {
    clock: limitClock(clock, store.recordedTime),
    after: () => () => undefined,
    random,
  });
  const address = 'https://127.0.0.1:4711/styrk/';
  banks.addBank(bankFile(signer, { address, ways: ['folder', 'https'] }), ['A. Berg', 'C. Dahl'], alone);
  banks.connect('https://bank.example/branch', {
    authority: bytes(authority.pem),
    certificate: bytes(client.certificate),
    key: bytes(client.key),
    passphrase: null,
  });
  const token = orderToken(signer, orderClaims(Date.parse(instant) / 1000));
  await banks.take(token, { way: 'folder', origins: [] });
  const [sample] = unlocked.receivedOrders.unanswered(1);
  if (sample === undefined) throw new Error('no order');
  const answered = (name: string, changes: Record<string, string>): number => {
    const { order } = unlocked.receivedOrders.take(name, { ...(sample.content as object), ...changes }, instant);
    unlocked.receivedOrders.answer(order.number, `answer to ${name}`);
    return order.number;
  };
  // One transaction: there are more of them than are looked at at once.
  unlocked.atOnce(() => {
    for (let each = 0; each < 260; each += 1) {
      answered(`carried ${each}`, { way: 'native-messaging' });
      answered(`of another ${each}`, { way: 'https', system: 'https://other.example' });
    }
  });
  const own = answered('its own', { way: 'https' });
  const [connection] = bankConnections(ground);
  expect(connection?.undelivered()).toEqual([{ number: own, answer: 'answer to its own' }]);
  // What a way has carried back by itself is asked for no more.
  expect(unlocked.receivedOrders.undelivered(999, 0)).toHaveLength(261);
  connection?.delivered(own);
  expect(connection?.undelivered()).toEqual([]);
});
