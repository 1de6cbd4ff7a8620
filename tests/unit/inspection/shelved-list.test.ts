import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { type RevocationShelf, serveTrust, trustOverPort } from '../../../main/inspection/trust-channel.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import { ecTestKey } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

// A worker keeps the bytes of a list from one document to the next; what a second reading says of it may come in between.
it('a list that the worker has on its shelf is in dispute as soon as the store says so', async () => {
  const key = ecTestKey('P-256');
  const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
  const list = storedRevocationList(parseRevocationList(testRevocationList({ key, scheme })));
  const store = new TrustStore();
  store.addRevocationList(list);
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const shelf: RevocationShelf = new Map();
  serveTrust(store, port1);
  const trust = trustOverPort(port2, shelf);
  const held = async () => (await trust.revocationLists?.('UT'))?.[0];
  const first = await held();
  expect(first).toMatchObject({ fingerprint: list.fingerprint });
  expect(first?.readingsDiffer).toBeUndefined();
  // The same object, so that what was read of it is kept with it.
  expect(await held()).toBe(first);
  store.addRevocationList({ ...list, readingsDiffer: ['revoked'] });
  const disputed = await held();
  expect(disputed?.readingsDiffer).toEqual(['revoked']);
  expect(disputed?.der).toEqual(first?.der);
  expect(await held()).toBe(disputed);
});
