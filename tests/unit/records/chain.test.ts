import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomSource } from '../../../main/crypto/random.ts';
import { newSigningKey, open, seal, sha256 } from '../../../main/crypto/sealing.ts';
import { appendToChain, emptyChain, entryHash, type RecordKeys } from '../../../main/records/chain.ts';
import { recordOf } from '../../../main/records/record.ts';
import { isRecordWhole, openRecord, recordKeyOf } from '../../../main/records/seal-record.ts';
import type { ChainHead, ChainReport, RecordEntry } from '../../../main/records/types.ts';
import { checkChain } from '../../../main/records/verify-chain.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';
import { SecretBytes } from '../../../main/result/secret-bytes.ts';
import { caseFacts } from './case-facts.ts';

const random: RandomSource = (length) => new Uint8Array(randomBytes(length));

interface Chain {
  readonly entries: RecordEntry[];
  head: ChainHead;
  readonly keys: RecordKeys;
  readonly publicKey: Uint8Array;
}

function chainOf(count: number): Chain {
  const { secretKey, publicKey } = newSigningKey(random);
  const keys = {
    stationId: 'station-1',
    signingKey: new SecretBytes(secretKey),
    sealingKey: new SecretBytes(random(32)),
  };
  const chain: Chain = { entries: [], head: emptyChain(keys), keys, publicKey };
  for (let number = 1; number <= count; number++) add(chain, `case-${number}`);
  return chain;
}

function add(chain: Chain, id: string): void {
  const content = recordOf(caseFacts(id), { id: chain.keys.stationId, appVersion: '0.1.0' });
  const { entry, head } = appendToChain(chain.head, content, chain.keys, random);
  chain.entries.push(entry);
  chain.head = head;
}

function check(chain: Chain, changes: { head?: ChainHead | null; withKey?: boolean } = {}): ChainReport {
  return checkChain({
    entries: chain.entries,
    head: changes.head === undefined ? chain.head : changes.head,
    publicKey: chain.publicKey,
    sealingKey: changes.withKey === false ? null : chain.keys.sealingKey,
  });
}

const faultsOf = (report: ChainReport) => report.broken.map(({ id, code }) => [id, code]);

function change(chain: Chain, index: number, changes: Partial<Record<keyof RecordEntry, unknown>>): void {
  const entry = chain.entries[index];
  if (entry === undefined) throw new Error('no such entry');
  chain.entries[index] = { ...entry, ...changes } as RecordEntry;
}

function flipped(bytes: Uint8Array | undefined, at = 40): Uint8Array {
  const copy = new Uint8Array(bytes ?? []);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function altered(value: RecordEntry[keyof RecordEntry], at: number, by: number): unknown {
  if (typeof value === 'number') return value + by;
  if (value instanceof Uint8Array) return value.map((byte, index) => (index === at % value.length ? byte ^ by : byte));
  const place = at % value.length;
  return `${value.slice(0, place)}${String.fromCharCode(value.charCodeAt(place) ^ by)}${value.slice(place + 1)}`;
}

describe('the forms that are hashed', () => {
  // Written without the general serialiser, for speed: they must be what it writes.
  it('are canonical (RFC 8785), whatever stands in the fields', () => {
    const text = fc.string({ unit: 'grapheme' });
    const fields = fc.record({
      number: fc.integer({ min: -1 }),
      id: text,
      stationId: text,
      writtenAt: text,
      sealedHash: text,
      commitment: text,
      previousHash: text,
    });
    fc.assert(
      fc.property(fields, (entry) => {
        const form = { format: 'styrk-record-chain', version: 1, ...entry };
        expect(entryHash(entry)).toBe(toHex(sha256(canonicalBytes(form))));
      }),
    );
  });

  it('are committed to with their salt, and sealed in the same form', () => {
    const chain = chainOf(1);
    const [entry] = chain.entries;
    if (entry === undefined) throw new Error('no entry');
    const content = recordOf(caseFacts('case-1'), { id: 'station-1', appVersion: '0.1.0' });
    const key = recordKeyOf(entry, chain.keys.sealingKey.reveal())?.reveal() ?? new Uint8Array();
    const place = { number: 1, id: 'case-1', stationId: 'station-1' };
    const context = canonicalBytes({ format: 'styrk-record-seal', schemaVersion: 1, part: 'content', ...place });
    const plain = open(key, entry.sealed, context) ?? new Uint8Array();
    const { salt } = JSON.parse(new TextDecoder().decode(plain)) as { salt: string };
    expect(toHex(plain)).toBe(toHex(canonicalBytes({ salt, content })));
    expect(entry.commitment).toBe(toHex(sha256(canonicalBytes({ format: 'styrk-record-commitment', salt, content }))));
    expect(openRecord(entry, chain.keys.sealingKey.reveal())).toEqual(content);
    expect(isRecordWhole(entry, chain.keys.sealingKey.reveal())).toBe(true);
    // Sealed by who has the record's key, and committed to nothing of it.
    for (const other of ['{"content":', '', `{"content":{"id":"case-1"},"salt":"${salt}"}`, `{"salt":"${salt}"}`]) {
      const sealed = seal(key, new TextEncoder().encode(other), context, random);
      expect(isRecordWhole({ ...entry, sealed }, chain.keys.sealingKey.reveal())).toBe(false);
      expect(openRecord({ ...entry, sealed }, chain.keys.sealingKey.reveal())).toBeNull();
    }
  });
});

describe('a whole chain', () => {
  it('is intact with and without the sealing key', () => {
    const chain = chainOf(4);
    expect(check(chain)).toEqual({ records: 4, erased: 0, intact: true, broken: [] });
    expect(check(chain, { withKey: false })).toEqual({ records: 4, erased: 0, intact: true, broken: [] });
  });

  it('may be empty', () => {
    expect(check(chainOf(0))).toEqual({ records: 0, erased: 0, intact: true, broken: [] });
  });

  it('gives its contents back', () => {
    const chain = chainOf(1);
    const entry = chain.entries[0] as RecordEntry;
    expect(openRecord(entry, chain.keys.sealingKey.reveal())).toEqual(
      recordOf(caseFacts('case-1'), { id: 'station-1', appVersion: '0.1.0' }),
    );
    expect(openRecord(entry, random(32))).toBeNull();
  });

  it('holds without the sealed bytes of an erased record: its hash does not reach into them', () => {
    const [entry] = chainOf(1).entries as [RecordEntry];
    const { sealed: _sealed, wrappedKey: _key, ...rest } = entry;
    expect(entryHash(rest)).toBe(entry.hash);
  });

  it('seals equal contents differently each time', () => {
    const [a, b] = [chainOf(1).entries[0], chainOf(1).entries[0]];
    expect(a?.sealedHash).not.toBe(b?.sealedHash);
    expect(a?.commitment).not.toBe(b?.commitment);
  });
});

describe('tampering', () => {
  it.each(['sealed', 'wrappedKey'] as const)('one byte of %s names the record alone', (field) => {
    const chain = chainOf(3);
    change(chain, 1, { [field]: flipped(chain.entries[1]?.[field]) });
    expect(faultsOf(check(chain))).toEqual([['case-2', 'record.seal-broken']]);
    expect(faultsOf(check(chain, { withKey: false }))).toEqual([['case-2', 'record.seal-broken']]);
  });

  it.each([
    ['sealed', 'text instead of bytes'],
    ['sealed', null],
    ['wrappedKey', 7],
  ])('%s of another kind (%j) is a broken seal', (field, value) => {
    const chain = chainOf(2);
    change(chain, 0, { [field]: value });
    expect(faultsOf(check(chain))).toEqual([['case-1', 'record.seal-broken']]);
  });

  it.each([
    ['stationId', 'station-2'],
    ['writtenAt', '2020-01-01T00:00:00Z'],
    ['commitment', 'ab'.repeat(32)],
    ['writtenAt', new Uint8Array(3)],
  ])('a changed %s (%j) no longer fits the hash', (field, value) => {
    const chain = chainOf(3);
    change(chain, 1, { [field]: value });
    const faults = faultsOf(check(chain, { withKey: false }));
    expect(faults).toEqual([['case-2', 'record.hash-wrong']]);
  });

  it('a changed hash is wrong where it stands and nowhere else', () => {
    const chain = chainOf(3);
    change(chain, 1, { hash: 'cd'.repeat(32) });
    expect(faultsOf(check(chain))).toEqual([['case-2', 'record.hash-wrong']]);
  });

  it('a changed signature is wrong', () => {
    const chain = chainOf(2);
    change(chain, 0, { signature: flipped(chain.entries[0]?.signature, 3) });
    expect(faultsOf(check(chain))).toEqual([['case-1', 'record.signature-wrong']]);
  });

  it('an entry rewritten whole, hashes and all, lacks the signature', () => {
    const chain = chainOf(3);
    const entry = chain.entries[1] as RecordEntry;
    const forged = { ...entry, writtenAt: '2020-01-01T00:00:00Z' };
    change(chain, 1, { ...forged, hash: entryHash(forged) });
    const faults = faultsOf(check(chain));
    expect(faults).toContainEqual(['case-2', 'record.signature-wrong']);
    expect(faults).toContainEqual(['case-3', 'record.chain-broken']);
  });

  it('a deleted record in the middle is missing by its number', () => {
    const chain = chainOf(4);
    chain.entries.splice(1, 1);
    expect(faultsOf(check(chain))).toEqual([['#2', 'record.missing']]);
  });

  it('the first record deleted is missing', () => {
    const chain = chainOf(2);
    chain.entries.shift();
    expect(faultsOf(check(chain))).toEqual([['#1', 'record.missing']]);
  });

  it('the last records cut off are missing by the signed head', () => {
    const chain = chainOf(4);
    chain.entries.splice(2);
    expect(faultsOf(check(chain))).toEqual([
      ['#3', 'record.missing'],
      ['#4', 'record.missing'],
    ]);
  });

  it('everything deleted, and the head with it, shows', () => {
    const chain = chainOf(2);
    chain.entries.splice(0);
    expect(check(chain, { head: null })).toMatchObject({
      erased: 0,
      intact: false,
      broken: [{ id: '#head', code: 'record.missing' }],
    });
  });

  it('the head of another chain does not pass', () => {
    const chain = chainOf(2);
    expect(faultsOf(check(chain, { head: chainOf(2).head }))).toEqual([['#head', 'record.signature-wrong']]);
  });

  it('an old head behind newer records shows', () => {
    const chain = chainOf(2);
    const old = chain.head;
    add(chain, 'case-3');
    expect(faultsOf(check(chain, { head: old }))).toEqual([['case-3', 'record.number-wrong']]);
  });

  it('two records that changed places are both named', () => {
    const chain = chainOf(3);
    const [first, second] = chain.entries as [RecordEntry, RecordEntry];
    chain.entries.splice(0, 2, { ...second, number: 1 }, { ...first, number: 2 });
    const names = new Set(faultsOf(check(chain)).map(([id]) => id));
    expect(names).toContain('case-1');
    expect(names).toContain('case-2');
  });

  it('sealed bytes that changed places are both named', () => {
    const chain = chainOf(3);
    const [first, second] = chain.entries as [RecordEntry, RecordEntry];
    change(chain, 0, { sealed: second.sealed, wrappedKey: second.wrappedKey, sealedHash: second.sealedHash });
    change(chain, 1, { sealed: first.sealed, wrappedKey: first.wrappedKey, sealedHash: first.sealedHash });
    const faults = faultsOf(check(chain));
    for (const id of ['case-1', 'case-2']) expect(faults).toContainEqual([id, 'record.seal-broken']);
  });

  it('an old row replayed under a new number is named', () => {
    const chain = chainOf(3);
    const first = chain.entries[0] as RecordEntry;
    chain.entries.push({ ...first, number: 4, id: 'case-4' });
    expect(faultsOf(check(chain)).map(([id]) => id)).toContain('case-4');
  });

  it('any one byte of any field of any record is found, and the record is named', () => {
    const whole = chainOf(3);
    const fields = Object.keys(whole.entries[0] ?? {}) as (keyof RecordEntry)[];
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.constantFrom(...fields),
        fc.nat(),
        fc.integer({ min: 1, max: 127 }),
        (index, field, at, by) => {
          const entry = whole.entries[index] as RecordEntry;
          const changed: Chain = { ...whole, entries: [...whole.entries] };
          change(changed, index, { [field]: altered(entry[field], at, by) });
          const report = check(changed, { withKey: false });
          expect(report.intact).toBe(false);
          expect(report.broken.map(({ id }) => id)).toContain(changed.entries[index]?.id);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a number far ahead does not hold the check up', () => {
    const chain = chainOf(2);
    change(chain, 1, { number: Number.MAX_SAFE_INTEGER - 1 });
    const report = check(chain);
    expect(report.intact).toBe(false);
    expect(report.broken.length).toBeLessThan(300);
  });

  it('what only an outside anchor shows: an older state of the whole folder passes', () => {
    const chain = chainOf(2);
    const older = { ...chain, entries: [...chain.entries], head: chain.head };
    add(chain, 'case-3');
    expect(check(older).intact).toBe(true);
  });
});
