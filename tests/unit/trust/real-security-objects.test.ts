import { expect, it } from 'vitest';
import type { CheckId } from '../../../main/result/check.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { verifySecurityObject } from '../../../main/trust/path/passive-authentication.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import type { PassiveAuthentication, PassiveAuthenticationInput } from '../../../main/trust/types.ts';
import { germanList, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';

type Part = 'hashes' | 'signature' | 'path' | 'revocation' | 'validity' | 'country';

const resultOf = (answer: PassiveAuthentication, part: Part): string => {
  const found = answer.checks.find(({ id }) => id === (`passive-authentication.${part}` satisfies CheckId));
  return found === undefined ? 'none' : [found.result, found.code].filter((word) => word !== null).join(' ');
};

const detailOf = (answer: PassiveAuthentication, part: Part): Readonly<Record<string, unknown>> =>
  answer.checks.find(({ id }) => id === `passive-authentication.${part}`)?.detail ?? {};

async function verify(change: Partial<PassiveAuthenticationInput>): Promise<PassiveAuthentication> {
  return verifySecurityObject({
    kind: 'EF.SOD',
    securityObject: new Uint8Array(),
    dataGroups: new Map(),
    issuer: null,
    documentCode: 'P',
    at: today,
    trust: new TrustStore((await germanList()).certificates),
    ...change,
  });
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
}

// Issuing state and data groups of each real EF.SOD, its signature and its issuer's.
const passports = [
  ['AT', 'AUT', [1, 2, 3, 11, 12, 14], 'ECDSA SHA-256', 'ECDSA SHA-384'],
  ['DE', 'D', [1, 2, 3, 14], 'ECDSA SHA-384', 'ECDSA SHA-512'],
  ['FR', 'FRA', [1, 2, 3, 11, 12, 13, 14], 'RSASSA-PKCS1-v1_5 SHA-256', 'RSASSA-PKCS1-v1_5 SHA-256'],
  ['NZ', 'NZL', [1, 2, 12, 13, 14, 15], 'RSASSA-PKCS1-v1_5', 'RSASSA-PKCS1-v1_5 SHA-256'],
  ['PH', 'PHL', [1, 2, 7, 11, 12, 15], 'RSASSA-PSS SHA-256', 'RSASSA-PSS SHA-256'],
  ['US', 'USA', [1, 2, 11, 12], 'RSASSA-PKCS1-v1_5', 'RSASSA-PKCS1-v1_5 SHA-256'],
] as const;

describeWithRealData('EF.SOD of real passports', () => {
  it.each(passports)(
    'of %s is genuine up to its country signing certificate',
    async (state, issuer, groups, own, signerOwn) => {
      const answer = await verify({ securityObject: realData(`sod/${state}-EF.SOD.bin`), issuer });
      expect(answer.listedDataGroups).toEqual(groups);
      expect(resultOf(answer, 'signature')).toBe('successful');
      expect(resultOf(answer, 'path')).toBe('successful');
      expect(resultOf(answer, 'validity')).toBe('successful');
      expect(resultOf(answer, 'country')).toBe('successful');
      expect(resultOf(answer, 'revocation')).toBe(
        `undetermined revocation.${state === 'NZ' ? 'not-published' : 'no-list'}`,
      );
      expect(resultOf(answer, 'hashes')).toBe('undetermined data-group.missing');
      expect(detailOf(answer, 'signature').algorithm).toBe(own);
      expect(detailOf(answer, 'path')).toMatchObject({ training: false, names: 'same' });
      expect(answer.certificatePath).toHaveLength(2);
      expect(answer.certificatePath[0]?.signatureAlgorithm).toBe(signerOwn);
      expect(answer.certificatePath[1]?.country).toBe(state);
    },
  );

  it.each(passports)('of %s is not genuine with a byte of the signed data changed', async (state, issuer) => {
    const bytes = realData(`sod/${state}-EF.SOD.bin`);
    const { content } = await verify({ securityObject: bytes, issuer });
    // The last byte of the last hash: the structure stays as it is.
    const at = Buffer.from(bytes).indexOf(content ?? 'none') + (content?.length ?? 0) - 1;
    const answer = await verify({ securityObject: changed(bytes, at), issuer });
    expect(resultOf(answer, 'signature')).toBe('failed security-object.digest-wrong');
  });

  it.each(passports)(
    'of %s is not genuine with a byte of the signed attributes or the signature changed',
    async (state, issuer) => {
      const bytes = realData(`sod/${state}-EF.SOD.bin`);
      const digestAttribute = Buffer.from(bytes).lastIndexOf(Buffer.from('06092a864886f70d010904', 'hex'));
      const digest = await verify({ securityObject: changed(bytes, digestAttribute + 20), issuer });
      expect(resultOf(digest, 'signature')).toBe('failed security-object.digest-wrong');
      // The US object ends with end-of-contents bytes, the others with the signature.
      const signature = await verify({ securityObject: changed(bytes, bytes.length - 20), issuer });
      expect(resultOf(signature, 'signature')).toBe('failed security-object.signature-wrong');
    },
  );

  it.each(passports)('of %s has no path in an empty store', async (state, issuer) => {
    const answer = await verify({
      securityObject: realData(`sod/${state}-EF.SOD.bin`),
      issuer,
      trust: new TrustStore(),
    });
    expect(resultOf(answer, 'signature')).toBe('successful');
    expect(resultOf(answer, 'path')).toBe('undetermined trust.empty');
    expect(resultOf(answer, 'validity')).toBe('undetermined trust.empty');
    expect(answer.certificatePath).toHaveLength(1);
  });

  it.each(passports)('of %s has an unknown issuer where the store knows other states only', async (state, issuer) => {
    const others = (await germanList()).certificates.filter(({ summary }) => summary.country !== state);
    const answer = await verify({
      securityObject: realData(`sod/${state}-EF.SOD.bin`),
      issuer,
      trust: new TrustStore(others),
    });
    expect(resultOf(answer, 'path')).toBe('undetermined certificate.issuer-unknown');
  });

  it.each(passports)(
    'of %s cannot speak for another state, and none is told where DG1 was not read',
    async (state, issuer) => {
      const securityObject = realData(`sod/${state}-EF.SOD.bin`);
      expect(resultOf(await verify({ securityObject, issuer: 'SWE' }), 'country')).toBe(
        'failed certificate.country-differs',
      );
      expect(resultOf(await verify({ securityObject, issuer: 'QQQ' }), 'country')).toBe(
        'undetermined certificate.country-unknown',
      );
      expect(resultOf(await verify({ securityObject, issuer: null }), 'country')).toBe('undetermined file.not-read');
      expect(issuer).not.toBe('SWE');
    },
  );

  it.each(passports)('of %s is out of date long before and long after', async (state, issuer) => {
    const securityObject = realData(`sod/${state}-EF.SOD.bin`);
    const late = await verify({ securityObject, issuer, at: '2060-01-01' as PlainDate });
    expect(resultOf(late, 'validity')).toBe('failed certificate.expired');
    expect(resultOf(late, 'path')).toBe('undetermined trust.list-stale');
    const early = await verify({ securityObject, issuer, at: '2001-01-01' as PlainDate });
    expect(resultOf(early, 'validity')).toBe('failed certificate.not-yet-valid');
  });

  it('is bound to the document types of its signer, where that names them', async () => {
    const german = realData('sod/DE-EF.SOD.bin');
    for (const documentCode of ['P', 'PP', 'PD', null])
      expect(resultOf(await verify({ securityObject: german, documentCode }), 'path')).toBe('successful');
    expect(resultOf(await verify({ securityObject: german, documentCode: 'ID' }), 'path')).toBe(
      'failed certificate.usage-wrong',
    );
    const austrian = realData('sod/AT-EF.SOD.bin');
    expect(resultOf(await verify({ securityObject: austrian, documentCode: 'ID' }), 'path')).toBe('successful');
    expect(resultOf(await verify({ securityObject: austrian, documentCode: 'IR' }), 'path')).toBe(
      'failed certificate.usage-wrong',
    );
    // New Zealand's names none.
    const newZealand = realData('sod/NZ-EF.SOD.bin');
    expect(resultOf(await verify({ securityObject: newZealand, documentCode: 'ID' }), 'path')).toBe('successful');
  });

  it('fails its path where a byte of the signer’s certificate was changed', async () => {
    const bytes = realData('sod/DE-EF.SOD.bin');
    // The serial number in the subject: `152` of the signer, behind the issuer’s name.
    const at = Buffer.from(bytes).indexOf('Document Signer');
    const answer = await verify({ securityObject: changed(bytes, at) });
    expect(resultOf(answer, 'signature')).toBe('successful');
    expect(resultOf(answer, 'path')).toBe('failed certificate.signature-wrong');
  });

  it('with its issuer’s name changed is still judged by the key that it names', async () => {
    const bytes = realData('sod/DE-EF.SOD.bin');
    const answer = await verify({ securityObject: changed(bytes, Buffer.from(bytes).indexOf('csca-germany')) });
    expect(resultOf(answer, 'signature')).toBe('successful');
    expect(detailOf(answer, 'signature').signerNamed).toBe(false);
    expect(resultOf(answer, 'path')).toBe('failed certificate.signature-wrong');
  });

  it('marks a path that rests on a training issuer', async () => {
    const training = (await germanList()).certificates.map((stored) => ({
      ...stored,
      sources: [{ kind: 'training', digest: stored.summary.fingerprint, date: null } as const],
    }));
    const answer = await verify({ securityObject: realData('sod/AT-EF.SOD.bin'), trust: new TrustStore(training) });
    expect(resultOf(answer, 'path')).toBe('successful');
    expect(detailOf(answer, 'path').training).toBe(true);
  });
});

describeWithRealData('EF.CardSecurity of a German passport', () => {
  const file = () => realData('sod/DE-EF.CardSecurity.bin');

  it('is genuine, and has no hashes', async () => {
    const answer = await verify({ kind: 'EF.CardSecurity', securityObject: file(), issuer: 'D' });
    expect(
      ['hashes', 'signature', 'path', 'validity', 'country'].map((part) => resultOf(answer, part as Part)),
    ).toEqual(['none', 'successful', 'successful', 'successful', 'successful']);
    // SecurityInfos: a SET.
    expect(answer.content?.[0]).toBe(0x31);
  });

  it('is not genuine with its last byte of content changed', async () => {
    const { content } = await verify({ kind: 'EF.CardSecurity', securityObject: file() });
    const at = Buffer.from(file()).indexOf(content ?? 'none') + (content?.length ?? 0) - 1;
    const answer = await verify({ kind: 'EF.CardSecurity', securityObject: changed(file(), at) });
    expect(resultOf(answer, 'signature')).toBe('failed security-object.digest-wrong');
  });

  it('and EF.SOD do not pass for each other', async () => {
    const wrapped = new Uint8Array([0x77, 0x82, file().length >> 8, file().length & 0xff, ...file()]);
    const asSod = await verify({ securityObject: wrapped });
    expect(resultOf(asSod, 'signature')).toBe('failed security-object.content-type-wrong');
    expect(resultOf(asSod, 'hashes')).toBe('undetermined security-object.content-type-wrong');
    const unwrapped = realData('sod/DE-EF.SOD.bin').subarray(4);
    const asCardSecurity = await verify({ kind: 'EF.CardSecurity', securityObject: unwrapped });
    expect(resultOf(asCardSecurity, 'signature')).toBe('failed security-object.content-type-wrong');
  });
});

describeWithRealData('the specimen of a German passport', () => {
  const group = (number: number) => realData(`lds/DE-specimen/EF_DG${number}.bin`);
  const securityObject = () => realData('lds/DE-specimen/EF_SOD.bin');
  const groups = (...numbers: number[]) => new Map(numbers.map((number) => [number, group(number)]));

  it('has the data groups that were signed, with SHA-1 and explicit parameters, by nobody known', async () => {
    const answer = await verify({ securityObject: securityObject(), dataGroups: groups(1, 2, 14), issuer: 'D' });
    expect(resultOf(answer, 'hashes')).toBe('successful');
    expect(detailOf(answer, 'hashes').dataGroups).toEqual({
      DG1: 'identical',
      DG2: 'identical',
      DG3: 'not present',
      DG14: 'identical',
    });
    expect(resultOf(answer, 'signature')).toBe('successful');
    expect(answer.certificatePath[0]?.keyKind).toBe('EC brainpoolP224r1 (explicit)');
    expect(resultOf(answer, 'path')).toBe('undetermined certificate.issuer-unknown');
    expect(resultOf(answer, 'validity')).toBe('failed certificate.expired');
  });

  it('says of groups that are not listed that nothing vouches for them', async () => {
    const answer = await verify({ securityObject: securityObject(), dataGroups: groups(1, 2, 11, 15) });
    expect(resultOf(answer, 'hashes')).toBe('successful');
    expect(detailOf(answer, 'hashes').notListed).toEqual(['DG11', 'DG15']);
    expect(answer.listedDataGroups).toEqual([1, 2, 3, 14]);
  });

  it.each([1, 2, 14])('fails where DG%i was changed by one bit', async (number) => {
    const dataGroups = groups(1, 2, 14).set(number, changed(group(number), 30));
    const answer = await verify({ securityObject: securityObject(), dataGroups });
    expect(resultOf(answer, 'hashes')).toBe('failed data-group.hash-differs');
    expect(detailOf(answer, 'hashes').dataGroups).toMatchObject({ [`DG${number}`]: 'not identical' });
    expect(resultOf(answer, 'signature')).toBe('successful');
  });

  it('cannot tell where DG1 or DG2 was not read', async () => {
    const withoutPhoto = await verify({ securityObject: securityObject(), dataGroups: groups(1, 14) });
    expect(resultOf(withoutPhoto, 'hashes')).toBe('undetermined data-group.missing');
    const present = new Map<number, Uint8Array | 'present'>(groups(2, 14)).set(1, 'present');
    const unread = await verify({ securityObject: securityObject(), dataGroups: present });
    expect(resultOf(unread, 'hashes')).toBe('undetermined data-group.missing');
    expect(detailOf(unread, 'hashes').dataGroups).toMatchObject({ DG1: 'present' });
  });
});
