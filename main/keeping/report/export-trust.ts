import { toHex } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import type { Station, Store } from '../../store/types.ts';
import { bundleParts } from '../../trust/lists/bundle-content.ts';
import { writeBundle } from '../../trust/lists/station-bundle.ts';
import { fingerprintOf } from '../../trust/x509/fingerprint.ts';
import type { PoliciesInForce } from '../policies/policies-in-force.ts';

/** A station bundle as written, and what it holds. */
export interface ExportedBundle {
  readonly bytes: Uint8Array;
  readonly issuer: string;
  readonly number: number;
  readonly date: PlainDate;
  /** SHA-256 over the file, lower-case hex. */
  readonly digest: string;
  readonly certificates: number;
  readonly documentSigners: number;
  readonly revocationLists: number;
  readonly defectLists: number;
  readonly policies: number;
}

const settingName = 'trust/last-bundle';

/**
 * Writes what the station believes as one file that it signs. Every bundle has a higher number than the one before, so that
 * who takes them can refuse to go back.
 */
export async function exportTrust(
  store: Store,
  signer: Station,
  around: { readonly date: PlainDate; readonly policies: PoliciesInForce },
): Promise<ExportedBundle> {
  const { trust, settings } = store;
  const { date, policies } = around;
  const content = {
    certificates: trust.list(),
    documentSigners: trust.documentSignersAlone(),
    revocationLists: trust.allRevocationLists(),
    defectLists: await trust.defectLists(),
    policies: new Map(policies.all().map(({ policy, stated }) => [policy.id, stated.content])),
  };
  const last = settings.get(settingName);
  const number = (typeof last === 'number' ? last : 0) + 1;
  const bytes = writeBundle(bundleParts(content), { signer, number, date });
  settings.set(settingName, number);
  return {
    bytes,
    issuer: toHex(signer.publicKey),
    number,
    date,
    digest: fingerprintOf(bytes),
    certificates: content.certificates.filter(({ sources }) => sources.some(({ kind }) => kind !== 'training')).length,
    documentSigners: content.documentSigners.length,
    revocationLists: content.revocationLists.length,
    defectLists: content.defectLists.length,
    policies: content.policies.size,
  };
}
