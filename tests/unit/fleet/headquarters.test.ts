import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newRecipientKey } from '../../../main/crypto/recipient.ts';
import { databaseNamed, databaseWith, keyFileText, keyInFile } from '../../../main/fleet/headquarters.ts';
import { newHeadquartersKeys } from '../../../main/fleet/headquarters-keys.ts';
import { isHeadOf, openSealed, sealFor } from '../../../main/fleet/sealed-for-headquarters.ts';
import { sqlFailure } from '../../../main/fleet/sql-failure.ts';
import { random, temporaryFolder, unlockedIn } from '../store/support.ts';

const failing = expect.objectContaining({ code: 'service.unusable' });
const files = { authority: null, certificate: null, key: null, passphrase: null, password: null };

describe('the address of headquarters', () => {
  it.each([
    ['postgresql://hq.bank.example/styrk', { host: 'hq.bank.example', port: 5432, database: 'styrk', user: 'me' }],
    ['postgres://a@hq:5433/s%C3%A4kert', { host: 'hq', port: 5433, database: 'säkert', user: 'a' }],
    ['postgresql://[::1]/styrk', { host: '::1', port: 5432, database: 'styrk', user: 'me' }],
    [
      'postgresql:///styrk?host=/run/postgresql',
      { host: '/run/postgresql', port: 5432, database: 'styrk', user: 'me' },
    ],
  ])('%s', (text, expected) => {
    expect(databaseNamed(text, 'me')).toEqual(expected);
    expect(databaseWith(databaseNamed(text, 'me'), files)).toMatchObject(expected);
  });

  it.each([
    'https://hq/styrk',
    'postgresql://a:secret@hq/styrk',
    'postgresql://hq/',
    'postgresql://hq/styrk?sslmode=disable',
    'postgresql://hq/styrk?options=-c%20x=y',
    'postgresql://hq/styrk#x',
    'postgresql:///styrk',
    'postgresql://hq/a%00b',
    'postgresql://hq/%E0%A4%A',
    'styrk',
  ])('%s is refused', (text) => {
    expect(() => databaseNamed(text, 'me')).toThrow(failing);
  });
});

describe('keys of headquarters', () => {
  it('lie in files that say which they are, and are read as nothing else', () => {
    const made = new Map(newHeadquartersKeys(random).map(({ name, bytes }) => [name, bytes]));
    expect([...made.keys()]).toEqual([
      ...['sealing.key', 'sealing.pub', 'issuing.key', 'issuing.pub', 'receiving.key', 'receiving.pub'],
    ]);
    const sealing = made.get('sealing.pub') ?? random(0);
    expect(keyInFile('sealing', 'public', sealing)).toHaveLength(32);
    const malformed = expect.objectContaining({ code: 'fleet.malformed' });
    expect(() => keyInFile('issuing', 'public', sealing)).toThrow(malformed);
    expect(() => keyInFile('sealing', 'secret', sealing)).toThrow(malformed);
    expect(() => keyInFile('sealing', 'public', new Uint8Array(300))).toThrow(malformed);
    // A point of small order: anybody could open what is sealed for it (RFC 7748 §6.1).
    const small = new TextEncoder().encode(keyFileText('sealing', 'public', new Uint8Array(32)));
    expect(() => keyInFile('sealing', 'public', small)).toThrow(malformed);
  });
});

describe('what is sealed for headquarters', () => {
  it('opens with its key, in its place, unchanged, and else not', async () => {
    const { station } = await unlockedIn(temporaryFolder());
    const [ours, theirs] = [newRecipientKey(random), newRecipientKey(random)];
    const place = { part: 'records', station: station.id, number: 7, digest: 'ab' } as const;
    const plain = new TextEncoder().encode('a key');
    using sealing = sealFor(ours.publicKey, station, random);
    const sealed = sealing.seal(place, plain);
    const { head } = sealing;
    expect(openSealed(ours.secretKey, head, place, sealed)).toEqual(plain);
    expect(isHeadOf(station, ours.publicKey, head)).toBe(true);
    expect(isHeadOf(station, theirs.publicKey, head)).toBe(false);
    expect(isHeadOf({ ...station, id: 'station-other' }, ours.publicKey, head)).toBe(false);
    expect(openSealed(theirs.secretKey, head, place, sealed)).toBeNull();
    for (const other of [{ number: 8 }, { digest: 'ac' }, { station: 'x' }, { part: 'answers' as const }])
      expect(openSealed(ours.secretKey, head, { ...place, ...other }, sealed), JSON.stringify(other)).toBeNull();
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openSealed(ours.secretKey, head, place, changed)).toBeNull();
    }
    expect(openSealed(ours.secretKey, { ephemeral: new Uint8Array(32) }, place, sealed)).toBeNull();
    // Another batch shares nothing with it.
    using again = sealFor(ours.publicKey, station, random);
    expect(openSealed(ours.secretKey, again.head, place, sealed)).toBeNull();
  });
});

describe('failures of the database', () => {
  it('name a code and nothing that was sent', () => {
    const thrown = Object.assign(new Error('duplicate key (id)=(19121212-1212)'), {
      code: '23505',
      severity: 'ERROR',
      detail: 'Key (id)=(19121212-1212)',
    });
    const failure = sqlFailure(thrown, 'hq');
    expect(failure.code).toBe('service.broken');
    expect(failure.fields).toEqual({ host: 'hq', reason: '23505' });
    expect(JSON.stringify(failure.fields) + failure.message).not.toContain('19121212');
    expect(inspect(failure.fields)).not.toContain('19121212');
  });
});
