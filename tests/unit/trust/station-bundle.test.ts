import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyOfSeed, sign } from '../../../main/crypto/sealing.ts';
import { concat, toHex } from '../../../main/result/bytes.ts';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { bundleParts, importBundle } from '../../../main/trust/lists/bundle-content.ts';
import { recogniseTrustFile } from '../../../main/trust/lists/recognise-file.ts';
import {
  type BundlePart,
  type BundleState,
  openBundle,
  statedNumber,
  writeBundle,
} from '../../../main/trust/lists/station-bundle.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { storedRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import { fingerprintOf } from '../../../main/trust/x509/fingerprint.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { emptyContext, germanList, today } from '../../support/german-list.ts';
import { describeWithRealData } from '../../support/real-data.ts';
import { rejection } from '../../support/rejection.ts';
import { ecTestKey, testAuthority, testDocumentSigner } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { trainingIssuers } from '../../support/training-issuers.ts';

const secretKey = new Uint8Array(32).fill(3);
const publicKey = publicKeyOfSeed(secretKey);
const issuer = toHex(publicKey);
const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256');
const text = (value: string) => new TextEncoder().encode(value);
const policy: BundlePart = { kind: 'policy', name: 'document', content: text('{"id":"document"}') };
const signerOf = (key: Uint8Array) => ({
  publicKey: publicKeyOfSeed(key),
  sign: (message: Uint8Array) => sign(key, message),
});
const made = (parts: readonly BundlePart[] = [policy], number = 5, date = today) =>
  writeBundle(parts, { signer: signerOf(secretKey), number, date });
const around = (change: object = {}) => ({ pinnedKeys: [publicKey], presentOf: () => null, ...change });

const present = (part: Partial<BundleState>) => ({ number: 5, date: today, digest: 'another', ...part });
const nothing = { certificates: [], documentSigners: [], revocationLists: [], defectLists: [], policies: new Map() };

describe('a station bundle', () => {
  it('is opened as it was written', () => {
    expect(recogniseTrustFile(made())).toBe('station-bundle');
    const { state, parts } = openBundle(made(), around());
    expect(state).toMatchObject({ issuer, number: 5, date: today });
    expect(parts).toEqual([policy]);
    expect(made()).toEqual(made());
  });

  it('has a manifest in the canonical form of RFC 8785', () => {
    const [first, manifest = ''] = new TextDecoder().decode(made()).split('\n');
    expect(first).toBe('styrk-station-bundle 2');
    expect(manifest).toBe(new TextDecoder().decode(canonicalBytes(JSON.parse(manifest))));
    expect(statedNumber(made())).toBe(5);
  });

  // As stations wrote it before: the fields in the order of the code, each form under its own first line.
  it('is read in its first form too, and in no mixture of both', () => {
    const { content, kind, name } = policy;
    const part = { kind, name, length: content.length, sha256: fingerprintOf(content) };
    const manifest = { issuer, number: 5, date: today, parts: [part] };
    const written = (version: 1 | 2, line: string) => {
      const signed = text(`styrk-station-bundle ${version}\n${line}\n`);
      return concat(signed, text(`${toHex(sign(secretKey, signed))}\n`), content);
    };
    const first = written(1, JSON.stringify(manifest));
    expect(openBundle(first, around())).toMatchObject({ state: { issuer, number: 5, date: today }, parts: [policy] });
    expect(statedNumber(first)).toBe(5);
    const canonical = new TextDecoder().decode(canonicalBytes(manifest));
    expect(written(2, canonical)).toEqual(made());
    const more = new TextDecoder().decode(canonicalBytes({ ...manifest, zone: 'more' }));
    for (const mixed of [written(1, canonical), written(2, JSON.stringify(manifest)), written(2, more)])
      expect(failureCodeOf(() => openBundle(mixed, around()))).toBe('bundle.malformed');
  });

  it('is refused with any byte changed, added or missing', () => {
    const whole = made([policy, { ...policy, name: 'other' }]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = whole.slice();
        altered[at] = (altered[at] ?? 0) ^ change;
        expect(failureCodeOf(() => openBundle(altered, around()))).toMatch(/^bundle\.(?!older)/);
        expect(failureCodeOf(() => openBundle(whole.slice(0, at), around()))).toMatch(/^bundle\.(?!older)/);
      }),
      { numRuns: 300 },
    );
    expect(failureCodeOf(() => openBundle(concat(whole, text('x')), around()))).toBe('bundle.part-differs');
  });

  it('is refused with one byte changed anywhere, a letter’s case included', () => {
    const whole = made();
    for (let at = 0; at < whole.length; at++)
      for (const change of [0x01, 0x20, 0x80]) {
        const altered = whole.slice();
        altered[at] = (altered[at] ?? 0) ^ change;
        expect(
          failureCodeOf(() => openBundle(altered, around())),
          `${at} ${change}`,
        ).toMatch(/^bundle\.(?!older)/);
      }
  });

  it.each([
    [
      'of a signer that nobody pinned',
      { pinnedKeys: [publicKeyOfSeed(new Uint8Array(32).fill(4))] },
      'bundle.signer-not-pinned',
    ],
    ['without any pin', { pinnedKeys: [] }, 'bundle.signer-not-pinned'],
    ['that was here already', { presentOf: () => present({ digest: fingerprintOf(made()) }) }, 'bundle.older'],
    ['of a number that was given to other content', { presentOf: () => present({}) }, 'bundle.number-reused'],
    ['before the present one', { presentOf: () => present({ number: 6 }) }, 'bundle.older'],
    ['of an earlier day', { presentOf: () => present({ number: 4, date: '2026-11-24' as PlainDate }) }, 'bundle.older'],
    ['after the present one', { presentOf: () => present({ number: 4 }) }, 'none'],
    [
      'after nothing of this issuer',
      { presentOf: (of: string) => (of === issuer ? null : present({ number: 9 })) },
      'none',
    ],
  ])('%s', (_what, change, code) => {
    expect(failureCodeOf(() => openBundle(made(), around(change)))).toBe(code);
  });

  it('is not written where no station could read it', () => {
    const large = { ...policy, content: new Uint8Array(64 * 1024 * 1024) };
    const many = Array.from({ length: 5001 }, () => policy);
    for (const parts of [[large], many]) expect(failureCodeOf(() => made(parts))).toBe('bundle.too-large');
  });

  it('is signed by its pinned key, not by the one it names', () => {
    const other = new Uint8Array(32).fill(4);
    const forged = writeBundle([policy], { signer: signerOf(other), number: 5, date: today });
    const digits = new TextDecoder('latin1').decode(forged).replace(toHex(publicKeyOfSeed(other)), issuer);
    expect(failureCodeOf(() => openBundle(text(digits), around()))).toBe('bundle.signature-wrong');
  });

  it('carries what a station believes, proved again on arrival', async () => {
    const certificates = await trainingIssuers([testAuthority(key, scheme)], today);
    const believed = certificates.map((each) => ({
      ...each,
      sources: [{ kind: 'pinned', digest: each.summary.fingerprint, date: null } as const],
    }));
    const good = storedRevocationList(parseRevocationList(testRevocationList({ key, scheme })));
    const bad = storedRevocationList(
      parseRevocationList(testRevocationList({ key, scheme, number: 9, signature: text('no') })),
    );
    const content = {
      certificates: [...believed, ...certificates.slice(1)],
      revocationLists: [good, bad],
    };
    const parts = bundleParts({ ...nothing, ...content, policies: new Map([['document', policy.content]]) });
    const arrived = await importBundle(openBundle(made(parts), around()), { ...emptyContext, trust: new TrustStore() });
    expect(arrived.certificates).toEqual(believed);
    expect(arrived.revocationLists).toEqual([good]);
    expect(arrived.remarks).toMatchObject([{ code: 'revocation.signature-wrong' }]);
    expect(arrived.policies).toEqual(new Map([['document', policy.content]]));
  });

  // Whatever is signed with a date is taken on a day that is not before it (RFC 5280 §5.1.2.4 for revocation lists).
  it('is not taken where it, or what it carries, is dated after the clock', async () => {
    const arrive = async (parts: Parameters<typeof made>[0], at: PlainDate) =>
      (
        await rejection(
          importBundle(openBundle(made(parts), around()), { ...emptyContext, at, trust: new TrustStore() }),
        )
      )?.code ?? 'none';
    const listed = async (day: string) =>
      (await trainingIssuers([testAuthority(key, scheme)], today)).map((each) => ({
        ...each,
        sources: [{ kind: 'master-list', digest: each.summary.fingerprint, date: day as PlainDate } as const],
      }));
    const later = { ...nothing, certificates: await listed('2026-11-25') };
    expect(await arrive(bundleParts(nothing), today)).toBe('none');
    expect(await arrive(bundleParts(nothing), '2026-11-21' as PlainDate)).toBe('trust.list-ahead');
    expect(await arrive(bundleParts({ ...nothing, certificates: await listed('2026-11-24') }), today)).toBe('none');
    expect(await arrive(bundleParts(later), today)).toBe('trust.list-ahead');
  });

  it('carries document signers; what may sign others, or is no certificate, is left aside with a reason', async () => {
    const one = testDocumentSigner(ecTestKey('P-256', 'named', 5), key, scheme);
    const documentSigners = [one, testAuthority(key, scheme), text('no certificate')];
    const parts = bundleParts({ ...nothing, documentSigners });
    const arrived = await importBundle(openBundle(made(parts), around()), { ...emptyContext, trust: new TrustStore() });
    expect(arrived.documentSigners.map(({ der }) => toHex(der))).toEqual([toHex(one)]);
    expect(arrived.remarks.map(({ code }) => code).sort()).toEqual([
      'certificate.malformed',
      'certificate.usage-wrong',
    ]);
    const broken = openBundle(made([{ kind: 'document-signers', name: '', content: text('[1]') }]), around());
    const failure = await rejection(importBundle(broken, { ...emptyContext, trust: new TrustStore() }));
    expect(failure?.code).toBe('bundle.malformed');
  });

  it('does not hand on the issuers of specimens', async () => {
    const certificates = await trainingIssuers([testAuthority(key, scheme)], today);
    const parts = bundleParts({ ...nothing, certificates });
    expect(new TextDecoder().decode(parts[0]?.content)).toBe('[]');
  });

  it.each(['{', '[{}]', '[null]', '[{"der":"","sources":[{"kind":"training","digest":"","date":null}]}]', '{}'])(
    'that holds %s for certificates is refused',
    async (content) => {
      const parts: BundlePart[] = [{ kind: 'certificates', name: 'certificates', content: text(content) }];
      const opened = openBundle(made(parts), around());
      const failure = await rejection(importBundle(opened, { ...emptyContext, trust: new TrustStore() }));
      expect(failure?.code).toBe('bundle.malformed');
    },
  );
});

describeWithRealData('the German list', () => {
  it('goes from one station to another as it is', async () => {
    const { certificates } = await germanList();
    const parts = bundleParts({ ...nothing, certificates });
    const arrived = await importBundle(openBundle(made(parts), around()), { ...emptyContext, trust: new TrustStore() });
    const byName = (list: typeof certificates) => new Map(list.map((each) => [each.summary.fingerprint, each]));
    expect(byName(arrived.certificates)).toEqual(byName(certificates));
    expect(arrived.remarks).toHaveLength(12);
  }, 60_000);
});
