import { parseCertificate, publicKeyOf } from '../../../main/trust/x509/certificate.ts';
import { computed } from '../figures.ts';
import { pairsOfList } from '../trust.ts';
import { type CertificatePair, verifiedByOpenSsl } from '../trust-openssl.ts';
import { CheckoutProcess, type Checkouts } from './checkout.ts';
import { ownRow, type SpeedRow, seconds, untold } from './row.ts';

const mostTimes = 2.5;
/** Both checkouts and OpenSSL have their turn after so many certificates. */
const block = 48;

/** The published list by the app and by OpenSSL, the same certificates in turn. */
export async function germanListRow(checkouts: Checkouts): Promise<SpeedRow> {
  const what = 'the German list against OpenSSL';
  const goal = `at most ${mostTimes} times`;
  const pairs = (await pairsOfList())?.filter(verifiedByOpenSsl) ?? null;
  if (pairs === null) return untold(what, goal, 'the published list is not beside the project');
  const all = await verifiedInTurn(checkouts, pairs);
  const times = all.here / all.openssl;
  const others = await verifiedInTurn(
    { ...checkouts, there: null },
    pairs.filter((pair) => !isBrainpool(pair)),
  );
  return ownRow({
    what: `${what} (${pairs.length} certificates)`,
    now: `${times.toFixed(1)} times (${seconds(all.here)}, OpenSSL ${seconds(all.openssl)})`,
    there: all.there === null ? null : `${(all.there / all.openssl).toFixed(1)} times`,
    goal,
    met: times <= mostTimes,
    floor: `brainpool is computed in JavaScript, for Electron's own library has none: without its certificates ${(others.here / others.openssl).toFixed(1)} times`,
  });
}

function isBrainpool({ issuer }: CertificatePair): boolean {
  const key = publicKeyOf(parseCertificate(issuer));
  return key.kind === 'EC' && key.curve.name.startsWith('brainpool');
}

async function verifiedInTurn({ here, there }: Checkouts, pairs: readonly CertificatePair[]) {
  await using ours = new CheckoutProcess(here);
  await using theirs = there === null ? null : new CheckoutProcess(there);
  const sums = { here: 0, there: 0, openssl: 0 };
  for (let from = 0; from < pairs.length; from += block) {
    const part = pairs.slice(from, from + block);
    sums.here += await ours.act('verifyPairs', part);
    sums.there += (await theirs?.act('verifyPairs', part)) ?? 0;
    const begun = computed();
    if (!part.every(verifiedByOpenSsl)) throw new Error('OpenSSL verifies no longer what it did');
    sums.openssl += computed() - begun;
  }
  return { ...sums, there: there === null ? null : sums.there };
}
