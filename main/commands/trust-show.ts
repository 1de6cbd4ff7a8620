import type { KeptReading } from '../store/second-readings.ts';
import type { CertificateSummary, StoredCertificate } from '../trust/types.ts';
import type { Command, CommandCall, ExitStatus } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { policyAnswer, policyText } from './policy-text.ts';
import { describedCertificate } from './trust-list.ts';
import { updateText } from './trust-update.ts';

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
      '[fingerprint, ..], "secondReading": { "result": "agree" | "differ" | "unread", "differences": [ { "field", "ours", "theirs" } ] } | null, "der": base64. Exit status 2 (certificate.not-held) where the store does not hold it. ' +
      'Without CERT: { "certificates", "documentSigners", "places": [..] | null, "last": as trust update answers | null, ' +
      '"policies": [ { "id", "version", "digest": as records name it, "stated": of what its author wrote, "from": { "issuer", ' +
      '"bundleNumber", "addedAt" } | null, "ownVersion": the app\'s } ] }.',
  ],
  examples: ['styrk trust show', 'styrk trust show 6bc76f', 'styrk trust show DE_ROOT_CA_CSCA07.cer --json'],
  asFound: true,
  run: async (call) => {
    const [text] = call.given.positionals;
    if (text === undefined) return showStore(call);
    const { stored, sameKey, reading } = await withKeeping(call, ({ holdings }) => holdings.certificate(text));
    const { publicKeyFingerprint, authorityKeyIdentifier } = stored.summary;
    const others = sameKey.map(({ summary }) => summary.fingerprint);
    const answer = {
      ...describedCertificate(stored),
      publicKeyFingerprint,
      authorityKeyIdentifier,
      sameKey: others,
      secondReading: reading === null ? null : { result: reading.result, differences: reading.differences },
      der: Buffer.from(stored.der).toString('base64'),
    };
    call.answer(answer, () => `${columns([...rowsOf(stored, others), ...readingRows(reading)]).join('\n')}\n`);
    return 0;
  },
};

async function showStore(call: CommandCall): Promise<ExitStatus> {
  const { source, inForce, ...shown } = await withKeeping(call, ({ holdings, upkeep, policies }) => ({
    ...holdings.counts(),
    source: upkeep.source(),
    last: upkeep.last(),
    inForce: policies.all(),
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

const outcomes: Readonly<Record<KeptReading['result'], string>> = {
  agree: 'alike',
  differ: 'otherwise: no check that rests on it is successful',
  unread: 'the second reader cannot read it',
};

function readingRows(reading: KeptReading | null): string[][] {
  if (reading === null) return [['Read twice:', 'not yet']];
  const differences = reading.differences.map(({ field, ours, theirs }) => [
    `  ${field}:`,
    `${printable(ours)} / ${printable(theirs)}`,
  ]);
  return [['Read twice:', outcomes[reading.result]], ...differences];
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
