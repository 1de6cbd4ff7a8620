import { encodeTlv } from '../../main/document/tlv.ts';
import { verifySecurityObject } from '../../main/trust/path/passive-authentication.ts';
import { TrustStore } from '../../main/trust/path/trust-store.ts';
import type { PassiveAuthentication, PassiveAuthenticationInput } from '../../main/trust/types.ts';
import { today } from './german-list.ts';
import {
  byIssuerAndSerial,
  nameOf,
  type TestCertificate,
  type TestKey,
  type TestScheme,
  type TestSignedData,
  testAuthority,
  testDocumentSigner,
  testLdsSecurityObject,
  testSignedData,
} from './test-pki.ts';
import { trainingIssuers } from './training-issuers.ts';

/** Data groups 1 and 2 of a made document. */
export const dataGroups = new Map([
  [1, Uint8Array.of(0x61, 1, 1)],
  [2, Uint8Array.of(0x75, 1, 2)],
]);
export const ldsSecurityObject = '2.23.136.1.1.1';
export const issuerName = nameOf('UT', 'Test CSCA');

/** A document of the test authority: what is not said is as it should be. */
export interface Made {
  readonly key: TestKey;
  readonly scheme: TestScheme;
  readonly issuerKey?: TestKey;
  readonly issuerScheme?: TestScheme;
  readonly signer?: Partial<TestCertificate>;
  readonly authority?: Partial<TestCertificate>;
  readonly data?: Partial<TestSignedData>;
}

/** EF.SOD, tag 77 included. */
export function securityObject(made: Made): Uint8Array {
  const { key, scheme, issuerKey = key, issuerScheme = scheme } = made;
  return encodeTlv(
    0x77,
    testSignedData({
      contentType: ldsSecurityObject,
      content: testLdsSecurityObject(scheme.hash, dataGroups),
      certificates: [testDocumentSigner(key, issuerKey, issuerScheme, made.signer)],
      key,
      scheme,
      identifier: byIssuerAndSerial(issuerName, 17),
      ...made.data,
    }),
  );
}

/** Passive authentication with the test authority as the only one that is believed. */
export async function verifyMade(
  made: Made,
  change: Partial<PassiveAuthenticationInput> = {},
): Promise<PassiveAuthentication> {
  const { key, scheme, issuerKey = key, issuerScheme = scheme } = made;
  const anchors = [testAuthority(issuerKey, issuerScheme, made.authority)];
  return verifySecurityObject({
    kind: 'EF.SOD',
    securityObject: securityObject(made),
    dataGroups,
    issuer: 'UTO',
    documentCode: 'P',
    at: today,
    trust: new TrustStore(await trainingIssuers(anchors, today)),
    ...change,
  });
}

/** Result and code by check, without revocation. */
export function results(answer: PassiveAuthentication): Record<string, string> {
  return Object.fromEntries(
    answer.checks
      .filter(({ id }) => !id.endsWith('revocation'))
      .map(({ id, result, code }) => [id.slice(id.indexOf('.') + 1), code === null ? result : `${result} ${code}`]),
  );
}

export const allSuccessful = {
  hashes: 'successful',
  signature: 'successful',
  path: 'successful',
  validity: 'successful',
  country: 'successful',
};
