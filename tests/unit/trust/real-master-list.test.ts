import { type Set as Asn1Set, fromBER, type Sequence } from 'asn1js';
import { Certificate as PkijsCertificate } from 'pkijs';
import { expect, it } from 'vitest';
import { decodeTlv } from '../../../main/document/tlv.ts';
import { equal, toHex } from '../../../main/result/bytes.ts';
import { parseSignedData } from '../../../main/trust/cms/cms.ts';
import { readMasterList } from '../../../main/trust/lists/master-list.ts';
import { pinCertificate } from '../../../main/trust/lists/pin-certificate.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { emptyContext, germanList, listFile, listSignerFile, today } from '../../support/german-list.ts';
import { describeWithRealData, realData } from '../../support/real-data.ts';
import { rejection } from '../../support/rejection.ts';

const withSigner = (pinnedSigner = realData(listSignerFile)) => ({ ...emptyContext, pinnedSigner });

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
}

describeWithRealData('the German master list of 28 May 2026', () => {
  it('holds 588 certificates of 112 countries, nearly all verified', async () => {
    const list = await germanList();
    expect(list).toMatchObject({ read: 588, new: 588, known: 0, verified: 576, refused: [], listDate: '2026-05-28' });
    expect(new Set(list.certificates.map(({ summary }) => summary.country)).size).toBe(112);
    expect(list.signer).toEqual({
      subject: 'CN=CSCA Master List Signer,serialNumber=0039,OU=bsi,O=bund,C=DE',
      issuer: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
      fingerprint: '3305905a014daeb0eabd8449875508f4611a992db331c08117f35654a6e4fc81',
      pinned: '2084aed7a991b3158e63ad750d3dc38bc6c9dcf5958f28d1162f49884e91ada8',
    });
  });

  it('names as orphans exactly the link certificates whose issuer is nowhere in it', async () => {
    const { orphans, certificates } = await germanList();
    const found = orphans.map(({ country, fingerprint }) => {
      const stored = certificates.find(({ summary }) => summary.fingerprint === fingerprint);
      expect(stored?.verifiedBy).toBeNull();
      return `${country} ${stored?.summary.notBefore.slice(0, 4)}`;
    });
    // UZ has its issuer in the Dutch list, the others nowhere.
    const expected = 'AE 2017,AT 2011,BG 2014,CY 2014,HU 2018,LB 2018,LV 2015,MA 2021,MD 2017,PH 2017,TR 2013,UZ 2020';
    expect(found.sort().join()).toBe(expected);
    expect(new Set(orphans.map(({ code }) => code))).toEqual(new Set(['certificate.issuer-unknown']));
  });

  it('has 504 certificates whose names agree, among them links that only the key tells from roots', async () => {
    const { certificates } = await germanList();
    const read = certificates.map(({ der }) => decodeTlv(der).children[0]?.children ?? []);
    expect(
      read.filter((fields) => equal(fields[3]?.raw ?? new Uint8Array(), fields[5]?.raw ?? new Uint8Array(1))),
    ).toHaveLength(504);
    expect(certificates.filter(({ summary }) => summary.kind === 'self-signed')).toHaveLength(375);
    for (const { summary, verifiedBy } of certificates)
      expect(verifiedBy === summary.fingerprint).toBe(summary.kind === 'self-signed');
  });

  it('has five Swedish certificates under one name: RSA, EC with explicit parameters, and links between them', async () => {
    const { certificates } = await germanList();
    const swedish = certificates.filter(({ summary }) => summary.country === 'SE');
    expect(new Set(swedish.map(({ summary }) => summary.subjectKey)).size).toBe(1);
    const shown = swedish.map(({ summary }) =>
      [
        summary.notBefore,
        summary.kind,
        summary.keyKind,
        summary.signatureAlgorithm,
        summary.subjectKeyIdentifier?.slice(0, 8),
        summary.notAfter,
      ].join(' '),
    );
    expect(shown.sort()).toEqual([
      '2018-01-29 self-signed RSA 4096 RSASSA-PSS SHA-256 e02a80f7 2032-01-26',
      '2021-09-14 link RSA 4096 RSASSA-PSS SHA-256 371203cf 2032-01-26',
      '2021-09-14 self-signed RSA 4096 RSASSA-PSS SHA-256 371203cf 2035-09-11',
      '2024-11-05 link EC brainpoolP512r1 (explicit) RSASSA-PSS SHA-256 efbc1248 2035-09-11',
      '2024-11-05 self-signed EC brainpoolP512r1 (explicit) ECDSA SHA-512 efbc1248 2038-11-02',
    ]);
  });

  it('is read as an independent library reads it', () => {
    const { content } = parseSignedData(realData(listFile));
    const list = fromBER(new Uint8Array(content), { maxNodes: 1_000_000, parseEmbedded: false }).result as Sequence;
    const others = (list.valueBlock.value[1] as Asn1Set).valueBlock.value;
    expect(others).toHaveLength(588);
    for (const node of others) {
      const ours = parseCertificate(new Uint8Array(node.valueBeforeDecodeView));
      const theirs = new PkijsCertificate({ schema: node });
      const day = (date: Date) => date.toISOString().slice(0, 10);
      expect(ours.signed).toEqual(new Uint8Array(theirs.tbsView));
      expect(ours.signature).toEqual(new Uint8Array(theirs.signatureValue.valueBlock.valueHexView));
      expect(ours.serialNumber).toBe(toHex(new Uint8Array(theirs.serialNumber.valueBlock.valueHexView)));
      expect([ours.notBefore, ours.notAfter]).toEqual([day(theirs.notBefore.value), day(theirs.notAfter.value)]);
      const country = theirs.subject.typesAndValues.find(({ type }) => type === '2.5.4.6')?.value.valueBlock.value;
      expect(ours.subject.country).toBe(String(country).toUpperCase());
    }
  });

  it('is known the second time, and nothing is verified again', async () => {
    const first = await germanList();
    let steps = 0;
    const again = await readMasterList(realData(listFile), {
      ...withSigner(),
      known: first.certificates,
      onProgress: () => {
        steps++;
      },
    });
    expect(again).toMatchObject({ read: 588, new: 0, known: 588, verified: 576, refused: [] });
    // Only the orphans are looked at again, and the end is told.
    expect(steps).toBe(13);
    expect(again.certificates.every(({ sources }) => sources.length === 1)).toBe(true);
  });

  it('tells its progress to the end', async () => {
    const seen: number[] = [];
    const onProgress = (done: number, total: number) => {
      expect(total).toBe(588);
      seen.push(done);
    };
    await readMasterList(realData(listFile), { ...withSigner(), onProgress });
    expect(seen.at(-1)).toBe(588);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('is refused with bytes after it', async () => {
    const longer = new Uint8Array([...realData(listFile), 0]);
    expect((await rejection(readMasterList(longer, withSigner())))?.code).toBe('trust.trailing-bytes');
  });

  it('is refused with one byte of a certificate changed, wherever it is', async () => {
    const bytes = realData(listFile);
    for (const at of [5_000, 450_000, 890_000])
      expect((await rejection(readMasterList(changed(bytes, at), withSigner())))?.code).toBe('trust.signature-wrong');
  });

  it('is refused with another content type, in the content or in the attributes', async () => {
    const bytes = realData(listFile);
    // 2.23.136.1.1.2 becomes 2.23.136.1.1.3: first in encapContentInfo, then in the signed attributes.
    const identifier = '0606678108010102';
    const text = toHex(bytes);
    const first = text.indexOf(identifier) / 2;
    const last = text.lastIndexOf(identifier) / 2;
    expect(last).toBeGreaterThan(first);
    for (const at of [first, last])
      expect((await rejection(readMasterList(changed(bytes, at + 7), withSigner())))?.code).toBe(
        'trust.content-type-wrong',
      );
  });

  it('is refused with a signer that nobody pinned, and names that signer', async () => {
    const { certificates } = await germanList();
    const swedish = certificates.find(({ summary }) => summary.country === 'SE');
    const failure = await rejection(readMasterList(realData(listFile), withSigner(swedish?.der)));
    expect(failure?.code).toBe('trust.signer-not-pinned');
    expect(failure?.fields).toMatchObject({
      issuer: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
      fingerprint: '3305905a014daeb0eabd8449875508f4611a992db331c08117f35654a6e4fc81',
    });
  });

  it('is taken with its signer pinned instead of the signer’s issuer, and with a PEM file', async () => {
    const [signer] = parseSignedData(realData(listFile)).certificates;
    const byItself = await readMasterList(realData(listFile), {
      ...withSigner(signer),
      known: (await germanList()).certificates,
    });
    expect(byItself.signer.pinned).toBe(byItself.signer.fingerprint);
    const base64 = Buffer.from(realData(listSignerFile)).toString('base64').replace(/.{64}/g, '$&\r\n');
    const pem = new TextEncoder().encode(`-----BEGIN CERTIFICATE-----\r\n${base64}\r\n-----END CERTIFICATE-----\r\n`);
    const byPem = await readMasterList(realData(listFile), {
      ...withSigner(pem),
      known: (await germanList()).certificates,
    });
    expect(byPem.verified).toBe(576);
  });

  it('gives up certificates whose keys are never believed, and nothing else', async () => {
    const { certificates } = await germanList();
    const swedish = certificates.filter(({ summary }) => summary.country === 'SE');
    const refusedPublicKeys = new Set(swedish.map(({ summary }) => summary.publicKeyFingerprint));
    const list = await readMasterList(realData(listFile), { ...withSigner(), refusedPublicKeys, known: certificates });
    expect(list.refused.map(({ country, code }) => `${country} ${code}`)).toEqual(
      swedish.map(() => 'SE certificate.training-issuer'),
    );
    expect(list.certificates).toHaveLength(588 - 5);
  });

  it('has a pinned certificate that is itself a root, and can be pinned as one', async () => {
    const pinned = await pinCertificate(realData(listSignerFile), emptyContext);
    expect(pinned).toMatchObject({ read: 1, new: 1, known: 0, verified: 1, orphans: [], refused: [], signer: null });
    expect(pinned.certificates[0]?.sources).toEqual([{ kind: 'pinned', digest: pinned.digest, date: today }]);
    const { certificates } = await germanList();
    const again = await pinCertificate(realData(listSignerFile), { ...emptyContext, at: today, known: certificates });
    expect(again).toMatchObject({ new: 0, known: 1 });
    expect(again.certificates[0]?.sources.map(({ kind }) => kind)).toEqual(['master-list', 'pinned']);
    const link = certificates.find(({ summary }) => summary.kind === 'link' && summary.country === 'SE');
    const failure = await rejection(pinCertificate(link?.der ?? new Uint8Array(), emptyContext));
    expect(failure?.code).toBe('trust.not-self-signed');
  });
});
