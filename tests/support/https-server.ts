import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';
import { publicPoint, unsignedToBytes } from '../../main/crypto/points.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import {
  type EcTestKey,
  ecTestKey,
  extension,
  extensions,
  issueTestCertificate,
  keyIdentifierOf,
  nameOf,
  type TestCertificate,
  testAuthority,
} from './test-pki.ts';

/*
 * A real https server of the machine itself, for tests of what asks one: its authority, its certificate and those of its
 * clients are made here.
 */
const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;

export const pem = (label: string, der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
};

/** An authority that issues certificates of servers and clients. */
export interface TestWebAuthority {
  readonly key: EcTestKey;
  readonly name: Uint8Array;
  readonly pem: string;
}

export function webAuthority(seed: number, commonName = 'Test web authority'): TestWebAuthority {
  const key = ecTestKey('P-256', 'named', seed);
  const name = nameOf('SE', commonName);
  return { key, name, pem: pem('CERTIFICATE', testAuthority(key, scheme, { subject: name, issuer: name })) };
}

/** A certificate for `localhost`, and its key. */
export function webCertificate(authority: TestWebAuthority, seed: number, change: Partial<TestCertificate> = {}) {
  const key = ecTestKey('P-256', 'named', seed);
  const der = issueTestCertificate({
    subject: nameOf('SE', 'localhost'),
    issuer: authority.name,
    key,
    issuerKey: authority.key,
    scheme,
    serialNumber: seed,
    extensions: [
      extensions.digitalSignature(),
      extensions.authorityKeyIdentifier(keyIdentifierOf(authority.key)),
      extension('2.5.29.17', encodeTlv(0x30, encodeTlv(0x82, new TextEncoder().encode('localhost')))),
    ],
    ...change,
  });
  const secret = nodeKey(key);
  return {
    der,
    certificate: pem('CERTIFICATE', der),
    secret,
    key: String(secret.export({ type: 'pkcs8', format: 'pem' })),
  };
}

function nodeKey(key: EcTestKey): KeyObject {
  const { x, y } = publicPoint(key.curve, key.privateKey);
  const text = (value: bigint): string => Buffer.from(unsignedToBytes(value, 32)).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: text(key.privateKey), x: text(x), y: text(y) };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

/** Starts a server on a free port of this machine, until the test has ended. */
export async function httpsServer(options: TlsOptions, listener: RequestListener): Promise<{ address: string }> {
  const server = createServer(options, listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `https://localhost:${(server.address() as AddressInfo).port}/` };
}
