import type { PlainDate } from '../../main/result/plain-date.ts';
import { trainingAnchors } from '../../main/simulator/issuing/issuers.ts';
import { revocationLists } from '../../main/simulator/issuing/revocation-lists.ts';
import { listsDay } from '../../main/simulator/training.ts';
import { importCertificates } from '../../main/trust/lists/certificate-import.ts';
import { nothingRevoked } from '../../main/trust/path/link-belief.ts';
import { TrustStore } from '../../main/trust/path/trust-store.ts';
import { storedRevocationList } from '../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../main/trust/revocation/revocation-list.ts';
import type { StoredCertificate } from '../../main/trust/types.ts';
import { fingerprintOf } from '../../main/trust/x509/fingerprint.ts';

/** The issuers of the specimens (DER) as a training store holds them: what they vouch for is marked as training. */
export async function trainingIssuers(anchors: readonly Uint8Array[], at: PlainDate): Promise<StoredCertificate[]> {
  const context = { at, known: [], refusedPublicKeys: new Set<string>(), isRevoked: nothingRevoked };
  const imported = await Promise.all(
    anchors.map((der) =>
      importCertificates([der], { kind: 'training', digest: fingerprintOf(der), date: null }, context),
    ),
  );
  return imported.flatMap(({ certificates }) => certificates);
}

/** What a training folder holds on a day: the specimens' issuers and their revocation lists. */
export async function trainingFolderTrust(today: PlainDate): Promise<TrustStore> {
  return withTrainingLists(await trainingIssuers(trainingAnchors(), today), today);
}

/** These certificates with the revocation lists that a training folder holds on a day. */
export function withTrainingLists(certificates: readonly StoredCertificate[], today: PlainDate): TrustStore {
  const trust = new TrustStore(certificates);
  for (const der of revocationLists(listsDay(today)))
    trust.addRevocationList(storedRevocationList(parseRevocationList(der)));
  return trust;
}
