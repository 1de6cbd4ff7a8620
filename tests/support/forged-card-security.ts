import { parseSecurityInfos } from '../../main/chip/security-infos.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { addYears } from '../../main/result/plain-date.ts';
import type { ChipFaults } from '../../main/simulator/faults/faults.ts';
import type { CertificateContent } from '../../main/simulator/issuing/certificate-content.ts';
import { chipCurveKey } from '../../main/simulator/issuing/chip-keys.ts';
import { agreementKey, publicKeyInfo } from '../../main/simulator/issuing/clone-protection.ts';
import type { DocumentSignerId } from '../../main/simulator/issuing/document-signers.ts';
import { documentSignerCertificate } from '../../main/simulator/issuing/issuers.ts';
import { cardSecurity } from '../../main/simulator/issuing/security-object.ts';
import { parseSignedData } from '../../main/trust/cms/cms.ts';

/** How an EF.CardSecurity is made otherwise than the issuer of the passport made it. */
export interface ForgedCardSecurity {
  readonly signer: DocumentSignerId;
  readonly certificate?: (content: CertificateContent) => CertificateContent;
  /** Holds the keys of another chip, which is the one that answers. */
  readonly ofAnotherChip?: boolean;
}

const curve = 'brainpoolP256r1';
/** Its standardised domain parameters (9303-11 §9.5.1). */
const parameterId = 13;
const otherChip = 'another genuine chip';

const validity = (today: PlainDate) => ({ issued: today, expires: addYears(today, 10) });

/** The certificate of the forger's signer, as `forgedCardSecurity` puts it in. */
export function forgedSigner({ signer, certificate }: ForgedCardSecurity, today: PlainDate): CertificateContent {
  const { issued, expires } = validity(today);
  const usual = documentSignerCertificate(signer, issued, expires);
  return certificate?.(usual) ?? usual;
}

/** The faults of a `mapping-passport` whose EF.CardSecurity is made so, rightly signed with the key of that signer. */
export function forgedCardSecurity(forged: ForgedCardSecurity, today: PlainDate): ChipFaults {
  const { signer, ofAnotherChip = false } = forged;
  const made = { signer, ...validity(today), certificate: () => forgedSigner(forged, today) };
  const changed = (contents: Uint8Array): Uint8Array => {
    const { content } = parseSignedData(contents);
    return cardSecurity(made, ofAnotherChip ? withOtherKey(content) : content);
  };
  const { curve: group, privateKey } = chipCurveKey(otherChip, curve);
  const mappingKey = { domain: { kind: 'ECDH', curve: group }, privateKey } as const;
  return {
    issue: [
      {
        file: (name, contents) => (name === 'EF.CardSecurity' ? changed(contents) : contents),
        ...(ofAnotherChip ? { profile: (profile) => ({ ...profile, mappingKey }) } : {}),
      },
    ],
  };
}

function withOtherKey(content: Uint8Array): Uint8Array {
  const kept = parseSecurityInfos(content).filter(({ kind }) => kind === 'PACEInfo');
  const key = publicKeyInfo(agreementKey(otherChip, curve), 'standardised', parameterId);
  return encodeTlv(0x31, ...kept.map(({ raw }) => raw), key);
}
