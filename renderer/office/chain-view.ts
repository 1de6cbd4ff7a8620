import type { TrustCertificateView } from '../../preload/contract.ts';
import { nameInShort } from './trust-view.ts';

/** One certificate as the picture and the table show it. */
export interface ChainRow {
  readonly certificate: TrustCertificateView;
  /** From 1, the same in the picture and in the table. */
  readonly number: number;
  readonly name: string;
  /** A for the key that came first; certificates with the same letter carry the same key. */
  readonly keyLetter: string;
  readonly standing: 'root' | 'link' | 'orphan';
  /** The number of the certificate that verified it; null for a root, an orphan, and where that one is elsewhere. */
  readonly verifiedBy: number | null;
}

/** All that one certificate's key has verified, drawn down one lane beside the rows. */
export interface ChainBranch {
  readonly issuer: number;
  readonly verified: readonly number[];
  readonly lane: number;
}

export interface Chain {
  readonly rows: readonly ChainRow[];
  readonly branches: readonly ChainBranch[];
  readonly lanes: number;
  readonly keys: number;
}

function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** A country's certificates, in the order given, as rows and the arrows between them. */
export function chainOf(certificates: readonly TrustCertificateView[]): Chain {
  const numbers = new Map(certificates.map(({ fingerprint }, index) => [fingerprint, index + 1]));
  const letters = new Map<string, string>();
  for (const { publicKeyFingerprint: key } of certificates)
    if (!letters.has(key)) letters.set(key, letterOf(letters.size));
  const rows = certificates.map((certificate, index): ChainRow => {
    const { fingerprint, publicKeyFingerprint, subject, verifiedBy } = certificate;
    const standing = verifiedBy === null ? 'orphan' : verifiedBy === fingerprint ? 'root' : 'link';
    return {
      certificate,
      number: index + 1,
      name: nameInShort(subject),
      keyLetter: letters.get(publicKeyFingerprint) ?? '',
      standing,
      verifiedBy: standing === 'link' && verifiedBy !== null ? (numbers.get(verifiedBy) ?? null) : null,
    };
  });
  const branches = branchesOf(rows);
  return { rows, branches, lanes: Math.max(0, ...branches.map(({ lane }) => lane + 1)), keys: letters.size };
}

// Short branches lie nearest to the rows; two that pass the same row never share a lane.
function branchesOf(rows: readonly ChainRow[]): readonly ChainBranch[] {
  const verified = Map.groupBy(
    rows.filter(({ verifiedBy }) => verifiedBy !== null),
    ({ verifiedBy }) => verifiedBy ?? 0,
  );
  const spans = [...verified]
    .map(([issuer, children]) => {
      const numbers = children.map(({ number }) => number);
      return { issuer, verified: numbers, from: Math.min(issuer, ...numbers), to: Math.max(issuer, ...numbers) };
    })
    .sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
  const taken: { from: number; to: number }[][] = [];
  return spans.map(({ issuer, verified: numbers, from, to }) => {
    const free = taken.findIndex((lane) => lane.every((other) => other.to < from || other.from > to));
    const lane = free === -1 ? taken.length : free;
    const spansOfLane = taken[lane] ?? [];
    spansOfLane.push({ from, to });
    taken[lane] = spansOfLane;
    return { issuer, verified: numbers, lane };
  });
}

/** The years of the time axis: from before the first day to after the last, and a step that leaves room for the words. */
export interface YearAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

const mostTicks = 11;
// A certificate may say that it holds for thousands of years: beyond this its bar runs off the picture.
const farthest = 40;

/** A day as a year with its fraction. */
export function yearOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return year + (month - 1) / 12 + (date - 1) / 372;
}

export function yearAxis(certificates: readonly TrustCertificateView[], today: string): YearAxis {
  const now = yearOf(today);
  const within = (year: number): number => Math.min(Math.max(year, now - farthest), now + farthest);
  const from = Math.floor(Math.min(now, ...certificates.map(({ notBefore }) => within(yearOf(notBefore)))));
  const to = Math.ceil(Math.max(now + 0.1, ...certificates.map(({ notAfter }) => within(yearOf(notAfter)))));
  const step = [1, 2, 5, 10].find((years) => (to - from) / years <= mostTicks) ?? 20;
  const ticks: number[] = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) ticks.push(year);
  return { from, to, ticks };
}
