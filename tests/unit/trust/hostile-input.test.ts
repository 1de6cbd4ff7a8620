import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { checkResults } from '../../../main/result/check.ts';
import { parseSignedData } from '../../../main/trust/cms/cms.ts';
import { parseLdsSecurityObject } from '../../../main/trust/cms/lds-security-object.ts';
import { readMasterList } from '../../../main/trust/lists/master-list.ts';
import { pinCertificate } from '../../../main/trust/lists/pin-certificate.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import {
  isSignedBy,
  parseCertificate,
  publicKeyOf,
  signatureAlgorithmOf,
} from '../../../main/trust/x509/certificate.ts';
import { summarise } from '../../../main/trust/x509/summarise.ts';
import { failureOf } from '../../support/failure-code.ts';
import { emptyContext, germanList, listFile, listSignerFile, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { rejection } from '../../support/rejection.ts';

/** Bytes with a few of them changed, and sometimes cut short or made longer. */
function mutationsOf(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }));
  const changes = fc.array(place, { minLength: 1, maxLength: 3 });
  const length = fc.oneof(
    { weight: 4, arbitrary: fc.constant(bytes.length) },
    { weight: 1, arbitrary: fc.nat(bytes.length + 3) },
  );
  return fc.tuple(changes, length).map(([list, end]) => {
    const copy = new Uint8Array(end);
    copy.set(bytes.subarray(0, end));
    for (const [at, value] of list) if (at < end) copy[at] = value;
    return copy;
  });
}

describe('any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((content) => encodeTlv(0x30, content)),
    fc.uint8Array({ maxLength: 200 }).map((content) => encodeTlv(0x77, encodeTlv(0x30, content))),
  );

  it('are refused with a failure by every reader', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(failureOf(() => parseCertificate(input))?.code).toBe('certificate.malformed');
        expect(failureOf(() => parseSignedData(input))?.code).toBe('security-object.malformed');
        expect(failureOf(() => parseLdsSecurityObject(input))?.code).toBe('security-object.malformed');
      }),
    );
  });

  it('as a list, a pinned certificate or a security object come to nothing', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (input) => {
        const list = await rejection(readMasterList(input, { ...emptyContext, pinnedSigner: input }));
        expect(list?.code).toMatch(/^trust\.(list-malformed|trailing-bytes)$/);
        expect((await rejection(pinCertificate(input, emptyContext)))?.code).toBe('trust.pin-not-certificate');
        const { checks } = await verifySecurityObject({
          kind: 'EF.SOD',
          securityObject: input,
          dataGroups: new Map(),
          issuer: null,
          documentCode: null,
          at: today,
          trust: new TrustStore(),
        });
        expect(checks.filter(({ result }) => result === 'successful')).toEqual([]);
      }),
    );
  });

  it('nested without end are refused', () => {
    let nested: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 200; depth++) nested = encodeTlv(0x30, nested);
    const deep = new Uint8Array(60_000);
    for (let at = 0; at < deep.length; at += 2) deep.set([0x30, 0x80], at);
    for (const input of [nested, deep, encodeTlv(0x77, deep)])
      expect(failureOf(() => parseSignedData(input))?.code).toBe('security-object.malformed');
  });
});

describeWithRealData('a real security object with bytes changed', () => {
  it.each([
    ['EF.SOD', 'sod/AT-EF.SOD.bin'],
    ['EF.SOD', 'sod/DE-EF.SOD.bin'],
    ['EF.SOD', 'sod/NZ-EF.SOD.bin'],
    ['EF.SOD', 'sod/PH-EF.SOD.bin'],
    ['EF.SOD', 'sod/US-EF.SOD.bin'],
    ['EF.CardSecurity', 'sod/DE-EF.CardSecurity.bin'],
  ] as const)('never crashes and never vouches for other content: %s %s', async (kind, file) => {
    const original = realData(file);
    const trust = new TrustStore((await germanList()).certificates);
    const verify = (securityObject: Uint8Array) =>
      verifySecurityObject({
        kind,
        securityObject,
        dataGroups: new Map(),
        issuer: null,
        documentCode: null,
        at: today,
        trust,
      });
    const { content } = await verify(original);
    expect(content).not.toBeNull();
    await fc.assert(
      fc.asyncProperty(mutationsOf(original), async (securityObject) => {
        const answer = await verify(securityObject);
        for (const check of answer.checks) {
          expect(checkResults).toContain(check.result);
          expect(check.code === null).toBe(check.result === 'successful');
          expect(check.code).not.toBe('internal.unexpected');
        }
        const signed = ['signature', 'path'].every((part) =>
          answer.checks.some(({ id, result }) => id === `passive-authentication.${part}` && result === 'successful'),
        );
        if (signed) expect(answer.content).toEqual(content);
      }),
      { numRuns: 60 },
    );
  });
});

describeWithRealData('real certificates with bytes changed', () => {
  it('are malformed, or not signed by their issuer any more', async () => {
    const { certificates } = await germanList();
    const roots = certificates.filter(({ summary }) => summary.kind === 'self-signed');
    const changed = fc
      .nat(roots.length - 1)
      .chain((index) => mutationsOf(roots[index]?.der ?? new Uint8Array()).map((bytes) => ({ index, bytes })));
    fc.assert(
      fc.property(changed, ({ index, bytes }) => {
        const root = parseCertificate(roots[index]?.der ?? new Uint8Array());
        const failure = failureOf(() => {
          const certificate = parseCertificate(bytes);
          summarise(certificate, 'link');
          signatureAlgorithmOf(certificate);
          if (isSignedBy(certificate, publicKeyOf(root))) expect(certificate.signed).toEqual(root.signed);
          publicKeyOf(certificate);
        });
        if (failure !== null) expect(failure.code).toMatch(/^certificate\./);
      }),
      { numRuns: 150 },
    );
  });
});

describeWithRealData('the German list with bytes changed', () => {
  it('is refused, or holds the same certificates', async () => {
    const { certificates: known } = await germanList();
    const original = known.map(({ summary }) => summary.fingerprint).sort();
    const bytes = realData(listFile);
    // Half of the changes hit the last 3 KB, where the signer’s certificates and the signature are.
    const end = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 255 })).map(([back, mask]) => {
      const copy = bytes.slice();
      const at = copy.length - back;
      copy[at] = (copy[at] ?? 0) ^ mask;
      return copy;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutationsOf(bytes), end), async (input) => {
        const context = { ...emptyContext, known, pinnedSigner: realData(listSignerFile) };
        try {
          const list = await readMasterList(input, context);
          expect(list.certificates.map(({ summary }) => summary.fingerprint).sort()).toEqual(original);
        } catch (thrown) {
          expect(await rejection(Promise.reject(thrown))).toMatchObject({ code: expect.stringMatching(/^trust\./) });
        }
      }),
      { numRuns: 60 },
    );
  });
});
