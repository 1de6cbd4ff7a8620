import { parseMrz } from '../../main/document/mrz.ts';
import { decodeTlv, encodeTlv } from '../../main/document/tlv.ts';
import { type Forgery, scheme, signingTime } from '../support/made-state.ts';
import { byIssuerAndSerial, ecTestKey, extensions, keyIdentifierOf, nameOf, rsaTestKey } from '../support/test-pki.ts';
import type { Attack } from './attack.ts';
import type { AttackEnd } from './attack-end.ts';
import { clockAt, finland, passport, sweden, thief, today, type Visit } from './station.ts';

interface ForgedDocument {
  readonly kind: string;
  readonly tries: string;
  readonly stopped: AttackEnd;
  readonly forgery?: Forgery;
  readonly visit?: Partial<Visit>;
}

function changed(bytes: Uint8Array | undefined, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes ?? []);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

const withFile = (name: string, change: (bytes: Uint8Array | undefined) => Uint8Array): Forgery => ({
  changedFiles: (files) => new Map([...files, [name, change(files.get(name))]]),
});
const withoutFile = (name: string): Forgery => ({
  changedFiles: (files) => new Map([...files].filter(([each]) => each !== name)),
});
const without = (number: number): Forgery => ({
  signedGroups: (groups) => new Map([...groups].filter(([each]) => each !== number)),
});

const rsa1024 = rsaTestKey(1024);
const rsaCube = rsaTestKey(2048, 3);
const p192 = ecTestKey('P-192', 'named', 7401);
const pkcs1 = { scheme: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const self = { key: thief.signerKey, issuerKey: thief.key } as const;
const reject = (stoppedBy: string): AttackEnd => ({ end: 'reject', stoppedBy });
const refer = (stoppedBy: string): AttackEnd => ({ end: 'refer', stoppedBy });

const forged: readonly ForgedDocument[] = [
  {
    kind: 'another photo',
    tries: 'exchanges the portrait in DG2; EF.SOD stays',
    stopped: reject('passive-authentication.hashes: data-group.hash-differs'),
    forgery: withFile('EF.DG2', (bytes) => changed(bytes, -1)),
  },
  {
    kind: 'another name in DG1',
    tries: 'changes a letter of the machine readable zone in the chip; EF.SOD stays',
    stopped: reject('passive-authentication.hashes: data-group.hash-differs'),
    forgery: withFile('EF.DG1', (bytes) => changed(bytes, 12)),
  },
  {
    kind: 'another chip key in DG14',
    tries: 'exchanges the key of chip authentication for one of the thief; EF.SOD stays',
    stopped: reject('passive-authentication.hashes: data-group.hash-differs'),
    forgery: withFile('EF.DG14', (bytes) => changed(bytes, -1)),
  },
  {
    kind: 'no EF.SOD',
    tries: 'leaves the signed file out',
    stopped: refer('passive-authentication.hashes: security-object.missing'),
    forgery: withoutFile('EF.SOD'),
  },
  {
    kind: 'no DG2',
    tries: 'leaves the portrait out, so that none contradicts the bearer',
    stopped: refer('passive-authentication.hashes: data-group.missing'),
    forgery: withoutFile('EF.DG2'),
  },
  {
    kind: 'DG2 not signed for',
    tries: 'EF.SOD, rightly signed, lists no hash of DG2; the thief puts a portrait there',
    stopped: refer('common-data.consistency: common-data.groups-differ'),
    forgery: without(2),
  },
  {
    kind: 'DG1 not signed for',
    tries: 'EF.SOD, rightly signed, lists no hash of DG1',
    stopped: refer('common-data.consistency: common-data.groups-differ'),
    forgery: without(1),
  },
  {
    kind: 'a PKI of the thief',
    tries: 'signs everything anew under a CSCA of the same names that nobody believes',
    stopped: refer('passive-authentication.path: certificate.issuer-unknown'),
    visit: { specimen: thief.issue(passport()) },
  },
  {
    kind: 'a signer of the thief under the real names',
    tries: 'a document signer that claims to be of the real CSCA, key identifier included, signed by the thief',
    stopped: reject('passive-authentication.path: certificate.signature-wrong'),
    forgery: {
      signer: { ...self },
      signedData: { key: thief.signerKey },
    },
  },
  {
    kind: 'the real certificate, another signature',
    tries: "puts the state's document signer beside a signature of the thief's key",
    stopped: reject('passive-authentication.signature: security-object.signature-wrong'),
    forgery: { signedData: { key: thief.signerKey } },
  },
  {
    kind: 'a self-signed document signer',
    tries: 'a document signer that vouches for itself',
    stopped: reject('passive-authentication.path: certificate.signature-wrong'),
    forgery: {
      signer: { issuerKey: sweden.signerKey, issuer: nameOf('SE', 'Document Signer'), key: sweden.signerKey },
    },
  },
  {
    kind: 'the CSCA as document signer',
    tries: 'signs EF.SOD with the key of the CSCA itself, as nobody may',
    stopped: reject('passive-authentication.path: certificate.usage-wrong'),
    forgery: {
      signedData: {
        key: sweden.key,
        certificates: [sweden.authority],
        identifier: byIssuerAndSerial(sweden.name, 1),
      },
    },
  },
  {
    kind: 'another believed state signs',
    tries: 'a signer of one believed state signs a passport of another',
    stopped: reject('passive-authentication.country: certificate.country-differs'),
    visit: { specimen: finland.issue(passport()) },
  },
  {
    kind: 'a document signer for other documents',
    tries: 'a signer for identity cards signs a passport (9303-12 §7.1.1.6)',
    stopped: reject('passive-authentication.path: certificate.usage-wrong'),
    forgery: { signer: { extensions: sweden.signerExtensions('I') } },
  },
  {
    kind: 'an expired document signer',
    tries: 'a signer whose certificate ran out signs a new document',
    stopped: refer('passive-authentication.validity: certificate.expired'),
    forgery: { signer: { notAfter: sweden.day(-10) } },
  },
  {
    kind: 'a document signer that is not yet valid',
    tries: 'a signer whose certificate begins tomorrow',
    stopped: refer('passive-authentication.validity: certificate.not-yet-valid'),
    forgery: { signer: { notBefore: sweden.day(1) } },
  },
  {
    kind: 'a document signer that may not sign',
    tries: 'a certificate of the state for signing lists (key usage cRLSign) signs a document',
    stopped: reject('passive-authentication.path: certificate.usage-wrong'),
    forgery: {
      signer: {
        extensions: [extensions.keyUsage(0x02), extensions.authorityKeyIdentifier(keyIdentifierOf(sweden.key))],
      },
    },
  },
  {
    kind: 'an unknown critical extension',
    tries: 'a document signer with a critical extension that nobody knows (RFC 5280 §4.2)',
    stopped: refer('passive-authentication.path: certificate.usage-wrong'),
    forgery: {
      signer: {
        extensions: [
          ...sweden.signerExtensions(),
          encodeTlv(
            0x30,
            new Uint8Array([
              ...encodeTlv(0x06, Uint8Array.of(0x2a, 0x03, 0x04)),
              ...encodeTlv(0x01, Uint8Array.of(0xff)),
              ...encodeTlv(0x04, Uint8Array.of(5, 0)),
            ]),
          ),
        ],
      },
    },
  },
  {
    kind: 'a message digest of something else',
    tries: 'the signed attributes name the digest of another content',
    stopped: reject('passive-authentication.signature: security-object.digest-wrong'),
    forgery: { signedData: { messageDigest: new Uint8Array(32).fill(7) } },
  },
  {
    kind: 'a content type that was not signed',
    tries: 'the signed attributes name another content type than the content has',
    stopped: reject('passive-authentication.signature: security-object.content-type-wrong'),
    forgery: { signedData: { attributeContentType: '1.2.840.113549.1.7.1' } },
  },
  {
    kind: 'a signature in another encoding',
    tries: 'needless zeros in an ECDSA signature, which loose readers take (X.690 §8.3.2)',
    stopped: refer('passive-authentication.signature: security-object.signature-misencoded'),
    forgery: { signedData: { rewrite: withNeedlessZero } },
  },
  {
    kind: 'a signature of zeros',
    tries: 'r and s are zero (CVE-2022-21449)',
    stopped: reject('passive-authentication.signature: security-object.signature-wrong'),
    forgery: { signedData: { rewrite: () => Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0) } },
  },
  {
    kind: 'a master list signer signs a document',
    tries: 'a certificate for signing master lists, of the state itself, signs EF.SOD',
    stopped: reject('passive-authentication.path: certificate.usage-wrong'),
    forgery: {
      signer: { extensions: [...sweden.signerExtensions(), extensions.extendedKeyUsage('2.23.136.1.1.3')] },
    },
  },
  {
    kind: 'no signed attributes',
    tries: 'EF.SOD signs its content without attributes (RFC 5652 §5.3)',
    stopped: refer('passive-authentication.signature: security-object.attributes-missing'),
    forgery: { signedData: { signedAttributes: false } },
  },
  {
    kind: 'RSA of 1024 bits',
    tries: 'a new document signed with RSA of 1024 bits',
    stopped: refer('passive-authentication.signature: signature.key-short'),
    forgery: { signer: { key: rsa1024 }, signedData: { key: rsa1024, scheme: pkcs1 } },
  },
  {
    kind: 'RSA with exponent 3',
    tries: 'a new document signed with RSA and e = 3',
    stopped: refer('passive-authentication.signature: signature.exponent-small'),
    forgery: { signer: { key: rsaCube }, signedData: { key: rsaCube, scheme: pkcs1 } },
  },
  {
    kind: 'P-192',
    tries: 'a new document signed over a curve of 192 bits',
    stopped: refer('passive-authentication.signature: signature.key-short'),
    forgery: { signer: { key: p192 }, signedData: { key: p192 } },
  },
  {
    kind: 'SHA-1',
    tries: 'a new document whose signature rests on SHA-1',
    stopped: refer('passive-authentication.signature: signature.hash-broken'),
    forgery: { signedData: { scheme: { ...scheme, hash: 'SHA-1' } } },
  },
  {
    kind: 'signed tomorrow',
    tries: 'EF.SOD says that it was signed on a day to come',
    stopped: refer('passive-authentication.validity: security-object.signed-ahead'),
    forgery: { signedData: { moreAttributes: [signingTime(sweden.day(30))] } },
  },
  {
    kind: 'signed before its signer',
    tries: "EF.SOD says that it was signed before its signer's certificate began",
    stopped: refer('passive-authentication.validity: security-object.signed-out-of-time'),
    forgery: { signedData: { moreAttributes: [signingTime(sweden.day(-395))] } },
  },
  {
    kind: 'bytes behind the signature',
    tries: 'adds bytes behind the signed object',
    stopped: reject('passive-authentication.signature: security-object.malformed'),
    forgery: withFile('EF.SOD', (bytes) => {
      const { value } = decodeTlv(bytes ?? new Uint8Array());
      return encodeTlv(0x77, Uint8Array.from([...value, 0x04, 1, 7]));
    }),
  },
  {
    kind: 'an expired passport',
    tries: 'comes with the document after its last day',
    stopped: reject('document.expiry: document.expired'),
    visit: { clock: clockAt(366 * 6) },
  },
  {
    kind: "another person's passport",
    tries: "a genuine passport of somebody else for this person's BankID",
    stopped: reject('holder.name: holder.name-differs'),
    visit: { specimen: sweden.issue(passport('no-personal-number')) },
  },
  {
    kind: 'a residence permit',
    tries: 'a genuine residence permit card as proof of identity',
    stopped: reject('document.type: document.residence-permit'),
    visit: permit(),
  },
  {
    kind: 'a page of another document',
    tries: 'a chip laid behind a printed page whose optional data differs from DG1',
    stopped: refer('document.mrz: mrz.differs'),
    visit: { mrz: otherPage() },
  },
  {
    kind: 'nobody compared',
    tries: 'a genuine passport, and no answer to the face question',
    stopped: refer('face.comparison: face.not-compared'),
    visit: { face: null },
  },
  {
    kind: 'a specimen',
    tries: 'a document of the simulator, whose keys everybody has',
    stopped: refer('passive-authentication.path: certificate.issuer-unknown'),
    visit: { specimen: passport() },
  },
];

// The first INTEGER of the signature gets a leading zero that it does not need.
function withNeedlessZero(signature: Uint8Array): Uint8Array {
  const length = signature[3] ?? 0;
  const [r, rest] = [signature.subarray(4, 4 + length), signature.subarray(4 + length)];
  return encodeTlv(0x30, Uint8Array.from([...encodeTlv(0x02, Uint8Array.from([0, 0, ...r])), ...rest]));
}

// The letters of the document code stand in no check digit (9303-5 §4.2.4).
function permit(): Partial<Visit> {
  const card = passport('se-id-card', {
    dataGroup: (number, contents) => (number === 1 ? replaced(contents, 'I<SWE', 'ARSWE') : contents),
  });
  const mrz = card.mrz.map((line) => line.replace(/^I<SWE/, 'ARSWE'));
  return { specimen: sweden.issue(card, { signer: { extensions: sweden.signerExtensions('A') } }), mrz };
}

function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to), 'latin1'));
}

// Another name on the page than in the chip: neither check digit nor key depend on it.
function otherPage(): readonly string[] {
  const lines = passport().mrz.map((line, index) => (index === 0 ? line.replace(/[A-Z](?=<<)/, 'X') : line));
  parseMrz(lines.join('\n'), today);
  return lines;
}

export const documentAttacks: readonly Attack[] = forged.map(({ kind, tries, stopped, forgery, visit }) => ({
  kind,
  area: 'documents',
  tries,
  stopped,
  leavesStation: visit?.clock === undefined,
  run: (station) => station.attempt({ specimen: sweden.issue(passport(), forgery), ...visit }),
}));
