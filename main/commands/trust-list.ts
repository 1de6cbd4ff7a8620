import type { StoredCertificate } from '../trust/types.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { dayOption, judgingDay } from './day-option.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';
import { countsText } from './trust-reread.ts';

// As many as tell certificates apart by eye; `trust why` and `trust unpin` take a beginning.
const shownDigits = 12;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { country: { kind: 'value', value: 'CODE', help: 'only those of one country: SWE, D or SE' }, ...dayOption },
  description: [
    'The country signing certificates (CSCA) and link certificates that this station believes.',
    'With --json: { "certificates": [ { "country", "subject", "issuer", "serialNumber", "keyIdentifier", "keyKind", ' +
      '"signatureAlgorithm", "notBefore", "notAfter", "kind": "self-signed" | "link", "verifiedBy", "sources", ' +
      '"readingsDiffer": fields that a second reading has otherwise, "fingerprint" } ] }; verifiedBy is the fingerprint of the certificate whose key verified this one, null where none did. "counts": { "certificates", ' +
      '"countries", "selfIssued", "links", "verified", "orphans", "keys", "selfSigned", "expired" } count self-issued and link ' +
      'certificates by their names, and self-signed ones by the key that verified them; "byCountry": [ { "country", ' +
      '"certificates", "keys", "links", "orphans", "validUntil" } ] and "orphans": [ { "country", "year", "subject", ' +
      '"fingerprint" } ] count the same certificates; "documentSigners" (their number), "revocationLists", "defectLists", ' +
      '"pins" (who vouched for which signer, and when), "limits" (how old each kind may be, in days) and "secondReading" (how many certificates and revocation lists of the whole store a second reader reads alike, otherwise, not at all, or has yet to read) tell the rest.',
  ],
  examples: ['styrk trust list --country SWE', 'styrk trust list --json'],
  asFound: true,
  run: async (call) => {
    const country = call.given.value('country');
    if (country !== null && !/^[A-Za-z]{1,3}$/.test(country))
      throw unusable('one to three letters', { option: '--country' });
    const on = judgingDay(call);
    const { held, limits, secondReading } = await withKeeping(call, async ({ holdings, station }) => ({
      limits: station.limits(),
      held: await holdings.all({ country, on }),
      secondReading: holdings.secondReading(),
    }));
    const { documentSigners } = held;
    const revocationLists = held.revocationLists.map(({ country, issuer, thisUpdate, nextUpdate, entries }) => ({
      country,
      issuer,
      thisUpdate,
      nextUpdate,
      entries,
    }));
    const defectLists = held.defectLists.map(({ kind, signer, date, digest }) => ({ kind, signer, date, digest }));
    const pins = held.pins.map(({ content: _, ...told }) => told);
    const certificates = held.certificates.map(describedCertificate);
    const { counts, byCountry, orphans: orphanFacts } = held.census;
    const lists = { revocationLists, defectLists, pins, limits, secondReading };
    call.answer({ certificates, counts, byCountry, orphans: orphanFacts, documentSigners, ...lists }, () => {
      if (certificates.length === 0) return 'No certificate. Import one: styrk trust import --help\n';
      const rows = certificates.map(
        ({ country, fingerprint, subject, keyKind, notAfter, kind, verifiedBy, readingsDiffer }) => [
          country,
          fingerprint.slice(0, shownDigits),
          `until ${notAfter}`,
          keyKind,
          `${kind}${verifiedBy === null ? ', verified by none' : ''}${readingsDiffer.length === 0 ? '' : ', readers differ'}`,
          printable(subject),
        ],
      );
      const { countries, selfIssued, links, verified, orphans, keys } = counts;
      const sum =
        `${certificates.length} certificates of ${countries} countries: ${selfIssued} self-issued, ${links} links; ` +
        `${keys} keys; ${verified} verified, ${orphans} orphans`;
      const pinned = held.pins
        .filter(({ withdrawnAt }) => withdrawnAt === null)
        .map((pin) => [
          `${pin.stands ? 'pinned' : 'proposed'} ${pin.kind}`,
          pin.fingerprint.slice(0, shownDigits),
          pin.subject,
        ]);
      const twice = countsText(secondReading);
      return `${[...columns(rows), sum, twice, ...columns(pinned)].join('\n')}\n`;
    });
    return 0;
  },
};

/** A certificate as lists of the side door answer it. */
export function describedCertificate({ summary, verifiedBy, sources, readingsDiffer = [] }: StoredCertificate) {
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
    readingsDiffer,
    fingerprint,
  };
}
