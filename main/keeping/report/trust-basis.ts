import type { PlainDate } from '../../result/plain-date.ts';
import type { CertificateOrigin, ListOrigin } from '../../store/trust-origins.ts';
import type { TrustRepository } from '../../store/types.ts';
import { type FreshnessFact, freshness } from '../../trust/path/freshness.ts';
import type { TrustLimits } from '../../trust/types.ts';
import { parseCertificate } from '../../trust/x509/certificate.ts';
import { type SignerCertificate, shownCertificate } from './list-signers.ts';

/** A state's certificate that stands here by somebody's word for it alone, or by that word too. */
export interface VouchedAuthority extends Pick<FreshnessFact, 'until' | 'daysLeft' | 'freshness'> {
  readonly certificate: SignerCertificate;
  /** The day of the word. */
  readonly since: PlainDate | null;
  /** Whether it is this station's people's word; else a bundle's, which goes with the pin of its station. */
  readonly own: boolean;
  /** Whether a list or a directory holds it as well: then it stays without the word. */
  readonly alsoHeld: boolean;
}

/** Where a part of what is believed came from: everything of one source that rests on one word, counted. */
export interface Origin extends Pick<CertificateOrigin, 'takenAt' | 'takenAs' | 'vouchedBy' | 'date'> {
  readonly kind: CertificateOrigin['kind'] | ListOrigin['kind'];
  /** Whose it is, for people; null where that is not known, or where there are several. */
  readonly name: string | null;
  /** Certificates that it holds, or lists. */
  readonly count: number;
}

type Held = Pick<TrustRepository, 'origins' | 'listOrigins' | 'list' | 'bundleOf'>;

/** The certificates that people here, or at a station that sends bundles, vouched for one by one; those that end first come first. */
export function vouchedAuthorities(trust: Held, day: PlainDate, limits: TrustLimits): readonly VouchedAuthority[] {
  const origins = trust.origins();
  const pinned = origins.filter(({ kind }) => kind === 'pinned');
  if (pinned.length === 0) return [];
  const wordsFor = Map.groupBy(pinned, ({ fingerprint }) => fingerprint);
  const found = trust.list().flatMap(({ summary, der }) => {
    const words = wordsFor.get(summary.fingerprint) ?? [];
    const [word] = words;
    if (word === undefined) return [];
    const dated = { kind: 'certificate', name: '', date: word.date, nextUpdate: null } as const;
    const [fact] = freshness([dated], day, limits);
    if (fact === undefined) return [];
    const { until, daysLeft, freshness: state } = fact;
    return [
      {
        certificate: shownCertificate(parseCertificate(der), day),
        since: word.date,
        until,
        daysLeft,
        freshness: state,
        own: words.some(({ vouchedBy }) => trust.bundleOf(vouchedBy) === null),
        alsoHeld: origins.some(({ fingerprint, kind }) => fingerprint === summary.fingerprint && kind !== 'pinned'),
      },
    ];
  });
  return found.toSorted((a, b) => (a.daysLeft ?? 0) - (b.daysLeft ?? 0));
}

/** Where everything came from, the newest first. */
export function originsOf(trust: Held): readonly Origin[] {
  const of = (all: readonly (Omit<Origin, 'count'> & { readonly group: string })[]): readonly Origin[] =>
    [...Map.groupBy(all, ({ group }) => group).values()].flatMap((each) => {
      const [first] = each;
      if (first === undefined) return [];
      const { group: _, ...told } = first;
      const same = each.every(({ name, date }) => name === first.name && date === first.date);
      return [{ ...told, ...(same ? {} : { name: null, date: null }), count: each.length }];
    });
  const certificates = trust.origins().map(({ publisher, digest, fingerprint: _, ...told }) => ({
    ...told,
    name: publisher,
    // Single certificates are shown one by one elsewhere: here they are one line for each import.
    group: JSON.stringify([told.kind, told.kind === 'pinned' ? told.takenAt : digest, told.vouchedBy]),
  }));
  const lists = trust.listOrigins().map((told) => ({
    ...told,
    group: JSON.stringify([told.kind, told.takenAt, told.vouchedBy]),
  }));
  return [...of(certificates), ...of(lists)].toSorted((a, b) => ((a.takenAt ?? '') < (b.takenAt ?? '') ? 1 : -1));
}
