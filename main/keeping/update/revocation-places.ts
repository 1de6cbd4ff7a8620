import { Failure } from '../../result/failure.ts';
import { allCountries, sameCountry } from '../../trust/country-codes.ts';
import { isBelieved } from '../../trust/path/belief.ts';
import type { StoredCertificate } from '../../trust/types.ts';
import { parseCertificate } from '../../trust/x509/certificate.ts';

const mostStates = 40;
const mostPlacesOfState = 8;

/** Where one authority's list lies: the same list at each address. */
export interface RevocationPlace {
  /** Code of the MRZ, as an administrator named it. */
  readonly state: string;
  readonly addresses: readonly string[];
}

/** States as an administrator names them: codes of the MRZ. Fails with `update.source-unusable`. */
export function revocationStates(codes: readonly string[]): readonly string[] {
  const states = [...new Set(codes.map((code) => code.trim().toUpperCase()))];
  const unknown = states.find(
    (code) => !allCountries.some(({ alpha3, alpha2 }) => alpha3 === code && alpha2.length > 0),
  );
  if (unknown !== undefined || states.length === 0 || states.length > mostStates)
    throw new Failure('update.source-unusable', {
      reason: `1 to ${mostStates} codes of states as a passport prints them`,
    });
  return states;
}

/**
 * Where believed country signing certificates of these states say that their lists lie (RFC 5280 §4.2.1.13), the newest
 * certificate first, at most eight places of a state.
 */
export function revocationPlaces(
  states: readonly string[],
  certificates: readonly StoredCertificate[],
): readonly RevocationPlace[] {
  const newestFirst = certificates
    .filter(isBelieved)
    .toSorted((a, b) => (a.summary.notBefore < b.summary.notBefore ? 1 : -1));
  return states.flatMap((state) => {
    const places = new Map<string, RevocationPlace>();
    for (const { der, summary } of newestFirst) {
      if (sameCountry(state, summary.country) !== true) continue;
      const addresses = parseCertificate(der).extensions.revocationAddresses ?? [];
      const key = addresses.toSorted().join('\n');
      if (addresses.length > 0 && !places.has(key)) places.set(key, { state, addresses });
      if (places.size >= mostPlacesOfState) break;
    }
    return [...places.values()];
  });
}
