import { parseCertificate, publicKeyOf } from '../../../main/trust/x509/certificate.ts';
import { computed } from '../figures.ts';
import { pairsOfList } from '../trust.ts';
import { type CertificatePair, verifiedByOpenSsl } from '../trust-openssl.ts';
import { CheckoutProcess, type Checkouts } from './checkout.ts';
import { ownRow, type SpeedRow, seconds, untold } from './row.ts';

const mostTimes = 2.5;
/** Both checkouts and OpenSSL have their turn after so many certificates. */
const block = 24;

/** Milliseconds of processor time; 0 of another checkout where none is named. */
interface Took {
  readonly here: number;
  readonly there: number;
  readonly openssl: number;
}

/** The published list by the app and by OpenSSL, the same certificates in turn. */
export async function germanListRow({ here, there }: Checkouts): Promise<SpeedRow> {
  const what = 'the German list against OpenSSL';
  const goal = `at most ${mostTimes} times`;
  const pairs = (await pairsOfList())?.filter(verifiedByOpenSsl) ?? null;
  if (pairs === null) return untold(what, goal, 'the published list is not beside the project');
  await using ours = new CheckoutProcess(here);
  await using theirs = there === null ? null : new CheckoutProcess(there);
  // Both have read their modules, and compiled them once, before anything counts.
  for (const process of [ours, theirs]) await process?.act('verifyPairs', pairs.slice(0, block));
  const kinds = Map.groupBy(pairs, kindOfKey);
  const took = new Map<string, Took>();
  for (const [kind, ofKind] of kinds) took.set(kind, await verifiedInTurn(ours, theirs, ofKind));
  const sum = (part: keyof Took): number => [...took.values()].reduce((all, each) => all + each[part], 0);
  const times = sum('here') / sum('openssl');
  const parts = [...took].map(([kind, each]) => {
    return `${kinds.get(kind)?.length} of ${kind} ${(each.here / each.openssl).toFixed(1)} times (${seconds(each.here)})`;
  });
  return ownRow({
    what: `${what} (${pairs.length} certificates)`,
    now: `${times.toFixed(1)} times (${seconds(sum('here'))}, OpenSSL ${seconds(sum('openssl'))})`,
    there: theirs === null ? null : `${(sum('there') / sum('openssl')).toFixed(1)} times`,
    goal,
    met: times <= mostTimes,
    floor: `${parts.join(', ')}: brainpool is computed in JavaScript, for Electron's own library has none of it`,
  });
}

function kindOfKey({ issuer }: CertificatePair): string {
  const key = publicKeyOf(parseCertificate(issuer));
  if (key.kind !== 'EC') return key.kind;
  return key.curve.name.startsWith('brainpool') ? 'brainpool' : 'other curves';
}

async function verifiedInTurn(
  ours: CheckoutProcess,
  theirs: CheckoutProcess | null,
  pairs: readonly CertificatePair[],
): Promise<Took> {
  const sums = { here: 0, there: 0, openssl: 0 };
  for (let from = 0; from < pairs.length; from += block) {
    const part = pairs.slice(from, from + block);
    sums.here += await ours.act('verifyPairs', part);
    sums.there += (await theirs?.act('verifyPairs', part)) ?? 0;
    const begun = computed();
    if (!part.every(verifiedByOpenSsl)) throw new Error('OpenSSL verifies no longer what it did');
    sums.openssl += computed() - begun;
  }
  return sums;
}
