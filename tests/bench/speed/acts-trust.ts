import type { PlainDate } from '../../../main/result/plain-date.ts';
import { computed } from '../figures.ts';
import type { CertificatePair } from '../trust-openssl.ts';
import { moduleOf, moduleWhereThere } from './modules.ts';

/** What a list of revocations costs: to open it, to open it again, and one look-up in it. Milliseconds of processor time. */
interface ListFigures {
  readonly openMillis: number;
  readonly againMillis: number;
  readonly lookUpMillis: number;
}

export function trustActs(checkout: string) {
  return {
    /** Reads and verifies each certificate and its issuer's. Answers with milliseconds of processor time for all of them. */
    verifyPairs: async (pairs: readonly CertificatePair[]): Promise<number> => {
      const { isSignedBy, parseCertificate, publicKeyOf } = await moduleOf(checkout, 'certificate');
      const begun = computed();
      for (const { der, issuer } of pairs)
        if (!isSignedBy(parseCertificate(der), publicKeyOf(parseCertificate(issuer))))
          throw new Error('a certificate of the list does not verify');
      return computed() - begun;
    },

    /** Imports certificates (DER) as those of a master list of that day. Milliseconds of processor time. */
    importAsList: async (certificates: readonly Uint8Array[], at: PlainDate): Promise<number> => {
      const { importCertificates } = await moduleOf(checkout, 'certificateImport');
      const context = { at, known: [], refusedPublicKeys: new Set<string>(), isRevoked: () => false };
      const begun = computed();
      const { read } = await importCertificates(
        certificates,
        { kind: 'master-list', digest: 'list', date: at },
        context,
      );
      const took = computed() - begun;
      if (read !== certificates.length) throw new Error('not all were read');
      return took;
    },

    /** A list that the station keeps, opened twice and asked for these serial numbers, as `serialKey` writes them. */
    askList: async (der: Uint8Array, serials: readonly string[]): Promise<ListFigures> => {
      const { parseRevocationList } = await moduleOf(checkout, 'revocationList');
      const { storedRevocationList } = await moduleOf(checkout, 'revocationImport');
      const opening = await moduleWhereThere(checkout, 'openRevocationList');
      const stored = storedRevocationList(parseRevocationList(der));
      // Earlier builds read a list anew whenever they need it.
      const open = () => opening?.openRevocationList(stored) ?? parseRevocationList(stored.der);
      const timed = <Value>(act: () => Value): readonly [number, Value] => {
        const begun = computed();
        const value = act();
        return [computed() - begun, value];
      };
      const [openMillis] = timed(open);
      const [againMillis, { revoked }] = timed(open);
      const [all] = timed(() => serials.map((serial) => revoked.get(serial)));
      return { openMillis, againMillis, lookUpMillis: all / serials.length };
    },
  };
}
