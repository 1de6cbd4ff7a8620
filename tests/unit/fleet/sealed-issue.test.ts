import { expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { isSealedIssue, openSealedIssue, sealIssue } from '../../../main/fleet/sealed-issue.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { random } from '../store/support.ts';

it('an issue that names people opens with the stations’ key, as its kind, unchanged, and else not', () => {
  const [ours, others] = [newRecipientKey(random), newRecipientKey(random)];
  const plain = new TextEncoder().encode('id,name');
  const sealed = sealIssue('roster', plain, ours.publicKey, random);
  const opened = (kind: 'roster' | 'blocked', bytes: Uint8Array, key = ours) =>
    openSealedIssue(kind, bytes, new SecretBytes(key.secretKey.slice()));
  expect(opened('roster', sealed)).toEqual(plain);
  expect(isSealedIssue('blocked', sealed)).toBe(false);
  expect(Buffer.from(sealed).includes('id,name')).toBe(false);
  expect(failureCodeOf(() => opened('blocked', sealed))).toBe('fleet.malformed');
  expect(failureCodeOf(() => opened('roster', sealed, others))).toBe('fleet.malformed');
  for (let at = 0; at < sealed.length; at += 5) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(failureCodeOf(() => opened('roster', changed))).toBe('fleet.malformed');
  }
  expect(failureCodeOf(() => opened('roster', sealed.subarray(0, 40)))).toBe('fleet.malformed');
});
