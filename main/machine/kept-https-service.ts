import * as v from 'valibot';
import type { Detail } from '../result/check.ts';
import type { HttpsService } from './https-service.ts';

// A PKCS#12 file becomes base64 on its way into JSON.
const keptSchema = v.strictObject({
  address: v.string(),
  authority: v.nullable(v.string()),
  identity: v.nullable(
    v.variant('kind', [
      v.strictObject({
        kind: v.literal('pem'),
        certificate: v.string(),
        key: v.string(),
        passphrase: v.nullable(v.string()),
      }),
      v.strictObject({ kind: v.literal('pkcs12'), file: v.string(), passphrase: v.nullable(v.string()) }),
    ]),
  ),
});

/** A service as JSON holds it, for whoever keeps it sealed: its key is in it. */
export function serviceToKeep({ address, authority, identity }: HttpsService): Detail {
  if (identity?.kind !== 'pkcs12') return { address, authority, identity };
  return { address, authority, identity: { ...identity, file: Buffer.from(identity.file).toString('base64') } };
}

/** The service that was kept so. Throws valibot's error where it was not: what is sealed was written by us. */
export function serviceFromKept(content: unknown): HttpsService {
  const { address, authority, identity } = v.parse(keptSchema, content);
  if (identity?.kind !== 'pkcs12') return { address, authority, identity };
  return { address, authority, identity: { ...identity, file: new Uint8Array(Buffer.from(identity.file, 'base64')) } };
}
