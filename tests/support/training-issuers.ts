import type { PlainDate } from '../../main/result/plain-date.ts';
import { importCertificates } from '../../main/trust/lists/certificate-import.ts';
import { nothingRevoked } from '../../main/trust/path/link-belief.ts';
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
