import {
  certificateOfFile,
  isFingerprint,
  refuseOtherKinds,
  storedCertificate,
} from '../keeping/report/explain-certificate.ts';
import { readSource } from '../keeping/update/source.ts';
import { lastUpdate } from '../keeping/update/update-trust.ts';
import { openInputFile } from '../machine/input-file.ts';
import type { Store } from '../store/types.ts';
import { recognisableHead } from '../trust/lists/recognise-file.ts';
import type { CertificateSummary, StoredCertificate } from '../trust/types.ts';
import { type Certificate, parseCertificate } from '../trust/x509/certificate.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { policiesOf, withFolder } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { policyAnswer, policyText } from './policy-text.ts';
import { describedCertificate } from './trust-list.ts';
import { updateText } from './trust-update.ts';

const largestCertificate = 64 * 1024;

/** The certificate that someone means: a file, or the fingerprint of a stored one or its beginning. */
export function meantCertificate(text: string, { trust }: Store): Certificate {
  if (isFingerprint(text)) return parseCertificate(storedCertificate(trust, text).der);
  const file = openInputFile(text);
  // A list is far longer: its beginning says what it is.
  if (file.bytes > largestCertificate) refuseOtherKinds(file.head(recognisableHead));
  return certificateOfFile(file.whole(largestCertificate));
}

export const command: Command = {
  positionals: '[CERT]',
  fewest: 0,
  most: 1,
  options: {},
  description: [
    'Everything about one certificate of the trust store. CERT is its fingerprint (SHA-256), the first six digits of it or ' +
      'more, or a certificate file, DER or PEM. Why it is believed: trust why. Without CERT: how much the store holds, from ' +
      'where lists are fetched, which policies are in force and where they came from, and how the last update ended, with ' +
      'the reason for each file that was refused.',
    'With --json: with CERT the object of trust list, and "publicKeyFingerprint", "authorityKeyIdentifier", "sameKey": ' +
      '[fingerprint, ..], "der": base64. Exit status 2 (certificate.not-held) where the store does not hold it. ' +
      'Without CERT: { "certificates", "documentSigners", "places": [..] | null, "last": as trust update answers | null, ' +
      '"policies": [ { "id", "version", "digest": as records name it, "stated": of what its author wrote, "from": { "issuer", ' +
      '"bundleNumber", "addedAt" } | null, "ownVersion": the app\'s } ] }.',
  ],
  examples: ['styrk trust show', 'styrk trust show 6bc76f', 'styrk trust show DE_ROOT_CA_CSCA07.cer --json'],
  run: async (call) => {
    const [text] = call.given.positionals;
    if (text === undefined) return showStore(call);
    const { stored, sameKey } = await withFolder(call, async (store) => {
      const found = storedCertificate(store.trust, meantCertificate(text, store).fingerprint);
      const key = found.summary.publicKeyFingerprint;
      const others = store.trust.list().filter(({ summary }) => summary.publicKeyFingerprint === key);
      return { stored: found, sameKey: others.filter((other) => other.summary !== found.summary) };
    });
    const { publicKeyFingerprint, authorityKeyIdentifier } = stored.summary;
    const others = sameKey
      .map(({ summary }) => summary.fingerprint)
      .filter((fingerprint) => fingerprint !== stored.summary.fingerprint);
    const answer = {
      ...describedCertificate(stored),
      publicKeyFingerprint,
      authorityKeyIdentifier,
      sameKey: others,
      der: Buffer.from(stored.der).toString('base64'),
    };
    call.answer(answer, () => `${columns(rowsOf(stored, others)).join('\n')}\n`);
    return 0;
  },
};

async function showStore(call: CommandCall): Promise<ExitStatus> {
  const { source, inForce, ...shown } = await withFolder(call, async (store) => ({
    certificates: store.trust.count(),
    documentSigners: store.trust.countDocumentSigners(),
    source: readSource(store.settings),
    last: lastUpdate(store),
    inForce: policiesOf(call, store.trust).all(),
  }));
  const places = source?.places ?? null;
  call.answer({ ...shown, places, policies: inForce.map(policyAnswer) }, () => {
    const rows = [
      ['Certificates:', String(shown.certificates)],
      ['Document signers:', String(shown.documentSigners)],
      ['Fetched from:', places === null ? 'no place is set (trust source)' : places.map(printable).join(', ')],
      ...inForce.map((each) => ['Policy:', policyText(each)]),
      ['Last update:', shown.last === null ? 'none yet' : ''],
    ];
    return `${columns(rows).join('\n')}\n${shown.last === null ? '' : updateText(shown.last)}`;
  });
  return 0;
}

function rowsOf({ summary, verifiedBy, sources }: StoredCertificate, sameKey: readonly string[]): string[][] {
  return [
    ...summaryRows(summary),
    ['Key identifier:', summary.subjectKeyIdentifier ?? 'none'],
    ['Issuer key:', summary.authorityKeyIdentifier ?? 'not named'],
    ['Signature:', summary.signatureAlgorithm],
    ['Verified by:', verifiedBy === summary.fingerprint ? 'itself' : (verifiedBy ?? 'none: an orphan')],
    ...sources.map(({ kind, date, digest }) => ['From:', `${kind} ${date ?? ''} ${digest.slice(0, 16)}`]),
    ...sameKey.map((fingerprint) => ['Same key:', fingerprint]),
  ];
}

/** What a certificate says of itself, as rows. */
export function summaryRows(summary: CertificateSummary): string[][] {
  return [
    ['Subject:', printable(summary.subject)],
    ['Issuer:', printable(summary.issuer)],
    ['Serial:', summary.serialNumber],
    ['Kind:', summary.kind],
    ['Valid:', `${summary.notBefore} to ${summary.notAfter}`],
    ['Key:', summary.keyKind],
    ['Fingerprint:', summary.fingerprint],
  ];
}
