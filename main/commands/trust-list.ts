import { sameCountry } from '../trust/country-codes.ts';
import type { StoredCertificate } from '../trust/types.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withFolder } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { country: { kind: 'value', value: 'CODE', help: 'only those of one country: SWE, D or SE' } },
  description: [
    'The country signing certificates (CSCA) and link certificates that this station believes.',
    'With --json: { "certificates": [ { "country", "subject", "issuer", "serialNumber", "keyIdentifier", "keyKind", ' +
      '"signatureAlgorithm", "notBefore", "notAfter", "kind": "self-signed" | "link", "verifiedBy", "sources", ' +
      '"fingerprint" } ] }; verifiedBy is the fingerprint of the certificate whose key verified this one, null where none did.',
  ],
  examples: ['styrk trust list --country SWE', 'styrk trust list --json'],
  run: async (call) => {
    const country = call.given.value('country');
    if (country !== null && !/^[A-Za-z]{1,3}$/.test(country))
      throw unusable('one to three letters', { option: '--country' });
    const all = await withFolder(call, async ({ trust }) => trust.list());
    const certificates = all.filter(({ summary }) => country === null || isOf(summary.country, country)).map(described);
    call.answer({ certificates }, () => {
      if (certificates.length === 0) return 'No certificate. Import one: styrk trust import --help\n';
      const rows = certificates.map(({ country, subject, keyKind, notAfter, kind, verifiedBy }) => [
        country,
        `until ${notAfter}`,
        keyKind,
        verifiedBy === null ? `${kind}, verified by none` : kind,
        printable(subject),
      ]);
      return `${[...columns(rows), `${certificates.length} certificates`].join('\n')}\n`;
    });
    return 0;
  },
};

function isOf(certificateCountry: string, wanted: string): boolean {
  const same = sameCountry(wanted, certificateCountry);
  return same ?? wanted.toUpperCase() === certificateCountry;
}

function described({ summary, verifiedBy, sources }: StoredCertificate) {
  const { country, subject, issuer, serialNumber, subjectKeyIdentifier: keyIdentifier, keyKind } = summary;
  const { signatureAlgorithm, notBefore, notAfter, kind, fingerprint } = summary;
  return {
    country,
    subject,
    issuer,
    serialNumber,
    keyIdentifier,
    keyKind,
    signatureAlgorithm,
    notBefore,
    notAfter,
    kind,
    verifiedBy,
    sources,
    fingerprint,
  };
}
