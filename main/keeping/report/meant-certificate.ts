import { openInputFile } from '../../machine/input-file.ts';
import type { TrustRepository } from '../../store/types.ts';
import { recognisableHead } from '../../trust/lists/recognise-file.ts';
import { type Certificate, parseCertificate } from '../../trust/x509/certificate.ts';
import { certificateOfFile, isFingerprint, refuseOtherKinds, storedCertificate } from './explain-certificate.ts';

const largestCertificate = 64 * 1024;

/**
 * The certificate that someone means: a file, or the fingerprint of a stored one or its beginning. Fails with
 * `certificate.not-held`, `input.unreadable`, and as `certificateOfFile` does.
 */
export function meantCertificate(text: string, trust: Pick<TrustRepository, 'list'>): Certificate {
  if (isFingerprint(text)) return parseCertificate(storedCertificate(trust, text).der);
  const file = openInputFile(text);
  try {
    // A list is far longer: its beginning says what it is.
    if (file.bytes > largestCertificate) refuseOtherKinds(file.head(recognisableHead));
    return certificateOfFile(file.whole(largestCertificate));
  } finally {
    file.close();
  }
}
