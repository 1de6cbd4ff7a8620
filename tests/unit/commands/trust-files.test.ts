import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeInteger, encodeOid } from '../../../main/document/der.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { describeWithRealData, realDataFolder } from '../../support/real-data.ts';
import { runHere, temporaryFolder } from '../../support/side-door.ts';
import { ldifEntry } from '../../support/test-ldif.ts';
import { ecTestKey, testAuthority, testDocumentSigner } from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const key = ecTestKey('P-256', 'named', 1);
const newKey = ecTestKey('P-256', 'named', 2);
const authority = testAuthority(key, scheme);
const authorityLink = testAuthority(newKey, scheme, { issuerKey: key, serialNumber: 2 });
const signer = testDocumentSigner(ecTestKey('P-256', 'named', 5), key, scheme);
const list = testRevocationList({ key, scheme });

function fileWith(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  return path;
}

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;

function sideDoor(data = temporaryFolder()) {
  return {
    data,
    trust: (...argv: string[]) => runHere(['trust', ...argv, '--data', data, '--json']),
  };
}

async function believing() {
  const door = sideDoor();
  expect((await door.trust('import', fileWith(authority), '--pin')).status).toBe(0);
  return door;
}

describe('contents decide what a file is', () => {
  it('a revocation list of a believed authority', async () => {
    const { trust } = await believing();
    const end = await trust('import', fileWith(list));
    expect(end.json()).toMatchObject({ kind: 'revocation-list', revocationLists: [{ entries: 0 }], read: 0 });
    expect((await trust('list')).json().revocationLists).toHaveLength(1);
  });

  it('a revocation list of nobody known is refused, and all that came with it', async () => {
    const { trust } = sideDoor();
    expect((await trust('import', fileWith(list))).json().error.code).toBe('revocation.issuer-unknown');
    const believed = await believing();
    const stranger = testRevocationList({ key: ecTestKey('P-256', 'named', 9), scheme });
    const end = await believed.trust('import', fileWith(authorityLink), fileWith(stranger));
    expect(end.status).toBe(2);
    expect((await believed.trust('list')).json().certificates).toHaveLength(1);
  });

  it('a directory export: each entry proves itself', async () => {
    const { trust } = await believing();
    const entry = (name: string, attribute: string, value: Uint8Array): string =>
      ldifEntry(`cn=${name},c=UT,dc=data`, [[attribute, value]]);
    const ldif = fileWith(
      entry('crl', 'certificateRevocationList;binary', list) +
        entry('link', 'cACertificate;binary', authorityLink) +
        entry('stranger', 'cACertificate;binary', testAuthority(ecTestKey('P-256', 'named', 8), scheme)) +
        entry('ds', 'userCertificate;binary', signer),
    );
    const end = await trust('import', ldif);
    expect(end.json()).toMatchObject({ kind: 'ldif', read: 4, new: 1, verified: 1, documentSigners: 1 });
    expect(end.json().refused).toMatchObject([{ code: 'trust.not-vouched' }]);
    const listed = (await trust('list')).json();
    expect(listed).toMatchObject({ documentSigners: 1, counts: { certificates: 2 } });
    const cut = fileWith(readFileSync(ldif).subarray(0, -40));
    expect((await trust('import', cut)).json().error.code).toBe('trust.file-cut');
  });

  it('several certificates in one file: those that are vouched for', async () => {
    const { trust } = sideDoor();
    const bundle = fileWith(pem(authority) + pem(authorityLink) + pem(signer));
    const unvouched = await trust('import', bundle);
    // The link waits for its issuer.
    expect(unvouched.json()).toMatchObject({ kind: 'certificate-bundle', new: 1, verified: 0, documentSigners: 1 });
    expect(unvouched.json().refused.map(({ code }: { code: string }) => code)).toContain('trust.not-vouched');
    const end = await trust('import', bundle, '--pin', '--by', 'A. Berg', '--by', 'C. Dahl');
    expect(end.json()).toMatchObject({ new: 1, known: 1, verified: 2, orphans: [], refused: [] });
  });

  it('a PKCS #7 bag that nobody signed: hundreds of certificates, and the revocation list of one of them', async () => {
    const signers = Array.from({ length: 300 }, (_, serialNumber) =>
      testDocumentSigner(ecTestKey('P-256', 'named', 5), key, scheme, {
        serialNumber: serialNumber + 100,
        signature: new Uint8Array(64),
      }),
    );
    const bag = (...certificates: Uint8Array[]): Uint8Array => {
      const empty = encodeTlv(0x31);
      const parts = [encodeTlv(0xa0, ...certificates), encodeTlv(0xa1, list)];
      const content = encodeTlv(0x30, encodeOid('1.2.840.113549.1.7.1'));
      const signedData = encodeTlv(0x30, encodeInteger(1), empty, content, ...parts, empty);
      return encodeTlv(0x30, encodeOid('1.2.840.113549.1.7.2'), encodeTlv(0xa0, signedData));
    };
    const { trust } = await believing();
    const end = await trust('import', fileWith(bag(authorityLink, ...signers)));
    expect(end.json()).toMatchObject({
      kind: 'certificate-bundle',
      read: 301,
      new: 1,
      documentSigners: 300,
      revocationLists: [{ country: 'UT' }],
      refused: [],
    });
    const tooMany = fileWith(bag(...Array.from({ length: 2_000 }, () => authority)));
    expect((await trust('import', tooMany)).json().error.code).toBe('trust.list-too-large');
    const whole = bag(authorityLink);
    expect((await trust('import', fileWith(whole.subarray(0, -9)))).json().error.code).toBe('trust.list-malformed');
    expect((await trust('list')).json()).toMatchObject({ documentSigners: 300, counts: { certificates: 2 } });
  });

  it('a link is taken where its issuer is believed', async () => {
    const { trust } = sideDoor();
    const early = await trust('import', fileWith(authorityLink));
    expect(early.json()).toMatchObject({ new: 1, verified: 0, orphans: [{ code: 'certificate.issuer-unknown' }] });
    expect((await trust('why', fileWith(authorityLink))).json()).toMatchObject({ held: true, believed: false });
    // An orphan is judged again when its issuer arrives.
    await trust('import', fileWith(authority), '--pin');
    expect((await trust('why', fileWith(authorityLink))).json()).toMatchObject({ believed: true, code: null });
    const believed = await believing();
    expect((await believed.trust('import', fileWith(authorityLink))).json()).toMatchObject({ new: 1, verified: 1 });
  });
});

describe('links and revocation lists', () => {
  const otherKey = ecTestKey('P-256', 'named', 3);
  const other = testAuthority(otherKey, scheme, { serialNumber: 5 });
  const revoking = (...revoked: number[]) => fileWith(testRevocationList({ key: otherKey, scheme, revoked }));
  const ofLink = testDocumentSigner(ecTestKey('P-256', 'named', 5), newKey, scheme);

  // RFC 5280 §6.1.3(a)(3): belief in a link is derived anew at every change.
  it.each([
    ['the link', 2],
    ['the key that signed it', 1],
  ])('take belief of what hangs on %s away, whichever comes first', async (_what, serial) => {
    const issuedByLink = fileWith(ofLink);
    const { trust } = await believing();
    await trust('import', fileWith(other), '--pin');
    await trust('import', fileWith(authorityLink));
    expect((await trust('why', issuedByLink)).json()).toMatchObject({ believed: true });
    expect((await trust('import', revoking(serial))).status).toBe(0);
    const why = (await trust('why', fileWith(authorityLink))).json();
    expect(why).toMatchObject({ held: true, believed: false, code: 'certificate.revoked' });
    expect((await trust('why', issuedByLink)).json()).toMatchObject({ believed: false });
    // And where the list was there before.
    const later = await believing();
    await later.trust('import', fileWith(other), '--pin');
    await later.trust('import', revoking(serial));
    const refused = await later.trust('import', fileWith(authorityLink));
    expect([refused.status, refused.json().error.code]).toEqual([2, 'certificate.revoked']);
    expect((await later.trust('why', issuedByLink)).json()).toMatchObject({ believed: false });
  });
});

describeWithRealData('Lithuania’s certificates', () => {
  const folder = join(realDataFolder ?? '', 'pki');
  const files = ['LT-link-002-to-004', 'LT-link-002-to-003', 'LT-CSCA-002'].map((name) => join(folder, `${name}.cer`));

  // What two administrators answer for, they compare by eye.
  it('tell whose certificate vouched for a list, by its fingerprint', async () => {
    const list = join(folder, 'DE_ML_2026-05-28-08-28-45.ml');
    const vouching = join(folder, 'DE_ROOT_CA_CSCA07.cer');
    const end = await runHere(['trust', 'import', list, '--signer', vouching, '--data', temporaryFolder()]);
    const fingerprint = new X509Certificate(readFileSync(vouching)).fingerprint256.replaceAll(':', '').toLowerCase();
    expect(end.stdout).toContain(`SHA-256 ${fingerprint.match(/.{4}/g)?.join(' ')}\n`);
  });

  it.each([
    ['one after the other', true],
    ['at once', false],
  ])('are two links and their issuer, verified, %s and in any order', async (_what, apart) => {
    for (const order of [files, files.toReversed()]) {
      const { trust } = sideDoor();
      if (apart) for (const file of order) expect((await trust('import', file, '--pin')).status).toBe(0);
      else
        expect((await trust('import', ...order, '--pin')).json()).toMatchObject({
          verified: 3,
          orphans: [],
          refused: [],
        });
      const { counts, certificates } = (await trust('list')).json();
      expect(counts).toMatchObject({ certificates: 3, verified: 3, orphans: 0, links: 2 });
      expect(certificates.map(({ country }: { country: string }) => country)).toEqual(['LT', 'LT', 'LT']);
    }
  });
});

describe('what the store makes of a certificate', () => {
  it('show and why by fingerprint and by file', async () => {
    const { trust } = await believing();
    const path = fileWith(authority);
    const shown = (await trust('show', path)).json();
    expect((await trust('show', shown.fingerprint.slice(0, 12))).json()).toEqual(shown);
    const why = await trust('why', shown.fingerprint.slice(0, 8));
    expect(why.json()).toMatchObject({
      held: true,
      believed: true,
      code: null,
      path: [{ verifiedBy: shown.fingerprint }],
    });
    expect(why.status).toBe(0);
    const bySigner = await trust('why', fileWith(signer));
    expect(bySigner.json()).toMatchObject({ held: false, believed: true });
    const stranger = await trust('why', fileWith(testAuthority(ecTestKey('P-256', 'named', 8), scheme)));
    expect(stranger.json()).toMatchObject({ held: false, believed: false, path: [] });
    expect(stranger.status).toBe(1);
    // What is no certificate is told as such, by what it is instead.
    const master = encodeTlv(0x30, encodeOid('1.2.840.113549.1.7.2'), new Uint8Array(70_000));
    for (const [bytes, kind] of [
      [list, 'revocation-list'],
      ['not a certificate', 'unknown'],
      [pem(authority) + pem(authorityLink), 'certificate-bundle'],
      [master, 'unknown'],
    ] as const) {
      const none = await trust('why', fileWith(bytes));
      expect(none.status).toBe(2);
      expect(none.json().error).toEqual({ code: 'trust.not-certificate', fields: { kind } });
    }
    const cut = (await trust('why', fileWith(authority.subarray(0, -9)))).json().error;
    expect(cut).toMatchObject({ code: 'certificate.malformed', fields: { country: 'UT' } });
    expect((await trust('show', 'ffffffffffff')).json().error.code).toBe('certificate.not-held');
  });
});

describe('a station bundle', () => {
  it('goes to a station that pins its signer; not back, and not with a byte changed', async () => {
    const passphrase = fileWith('correct horse\n');
    const issuing = await believing();
    await issuing.trust('import', fileWith(list));
    await issuing.trust('import', fileWith(signer));
    const [first, second, keyFile] = [1, 2, 3].map((number) => join(temporaryFolder(), `out-${number}`));
    if (first === undefined || second === undefined || keyFile === undefined) throw new Error('no path');
    const key = ['--passphrase-file', passphrase];
    const exported = (await issuing.trust('export', first, ...key, '--key-to', keyFile)).json();
    expect(exported).toMatchObject({ number: 1, certificates: 1, documentSigners: 1, revocationLists: 1 });
    expect((await issuing.trust('export', first, ...key)).json().error.code).toBe('output.unwritable');
    expect((await issuing.trust('export', second)).json().error.code).toBe('storage.locked');
    expect((await issuing.trust('export', second, ...key)).json().number).toBe(3);

    const taking = sideDoor();
    expect((await taking.trust('import', first)).json().error.code).toBe('bundle.signer-not-pinned');
    const changed = readFileSync(first);
    changed[changed.length - 30] = (changed[changed.length - 30] ?? 0) ^ 1;
    expect((await taking.trust('import', fileWith(changed), '--signer', keyFile)).json().error.code).toBe(
      'bundle.part-differs',
    );
    const proposed = await taking.trust('import', first, '--signer', keyFile, '--by', 'A. Berg');
    expect(proposed.json().error.code).toBe('trust.signer-proposed');
    const same = await taking.trust('import', first, '--signer', keyFile, '--by', 'a. berg');
    expect(same.json().error.code).toBe('trust.signer-proposed');
    const taken = await taking.trust('import', first, '--signer', exported.issuer, '--by', 'C. Dahl');
    expect(taken.json()).toMatchObject({
      kind: 'station-bundle',
      new: 1,
      documentSigners: 1,
      revocationLists: [{}],
      bundle: { number: 1 },
    });
    const [here, there] = [await taking.trust('list'), await issuing.trust('list')];
    expect(here.json().certificates).toEqual(there.json().certificates);
    expect(here.json().documentSigners).toBe(1);
    expect(here.json().pins).toMatchObject([{ proposedBy: 'A. Berg', confirmedBy: 'C. Dahl', stands: true }]);
    expect((await taking.trust('import', second)).json()).toMatchObject({ known: 1, new: 0 });
    expect((await taking.trust('import', first)).json().error.code).toBe('bundle.older');
  });

  it('two administrators are two people', async () => {
    const { trust } = sideDoor();
    const end = await trust('import', fileWith(list), '--signer', '00'.repeat(32), '--by', 'Anna', '--by', ' ANNA ');
    expect(end.json().error.code).toBe('trust.pin-same-person');
    expect((await trust('import', fileWith(list), '--by', 'Anna')).json().error.code).toBe('arguments.unusable');
  });
});

it('the faults of the simulator are listed', async () => {
  const { faults } = (await runHere(['chip', '--faults', '--json'])).json();
  expect(faults.length).toBeGreaterThanOrEqual(120);
  expect(faults[0]).toMatchObject({
    name: expect.any(String),
    layer: expect.any(String),
    description: expect.any(String),
  });
});
