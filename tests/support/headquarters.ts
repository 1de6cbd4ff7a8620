import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { publicKeyOfSeed, sign } from '../../main/crypto/sealing.ts';
import { toHex } from '../../main/result/bytes.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import { bundleParts } from '../../main/trust/lists/bundle-content.ts';
import { writeBundle } from '../../main/trust/lists/station-bundle.ts';

const resources = resolve(import.meta.dirname, '../../resources');

/** One of the app's own policies as its file states it, to be altered. */
export function policyFile(id: string): { version: number; rules: { check: string }[] } & Record<string, unknown> {
  return JSON.parse(readFileSync(resolve(resources, 'policies', `${id}.json`), 'utf8'));
}

/** A station that sends policies and nothing else. */
export function headquarters(seed = 7) {
  const key = new Uint8Array(32).fill(seed);
  const signer = { publicKey: publicKeyOfSeed(key), sign: (message: Uint8Array) => sign(key, message) };
  return {
    issuer: toHex(signer.publicKey),
    bundle: (number: number, policies: Readonly<Record<string, unknown>>): Uint8Array => {
      const files = Object.entries(policies).map(([id, policy]) => {
        const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
        return [id, new TextEncoder().encode(text)] as const;
      });
      const content = { certificates: [], documentSigners: [], revocationLists: [], defectLists: [] };
      const parts = bundleParts({ ...content, policies: new Map(files) });
      return writeBundle(parts, { signer, number, date: '2026-11-23' as PlainDate });
    },
  };
}
