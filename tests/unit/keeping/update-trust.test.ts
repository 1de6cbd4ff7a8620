import { createPrivateKey } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { publicPoint, unsignedToBytes } from '../../../main/crypto/points.ts';
import { encodeTlv } from '../../../main/document/tlv.ts';
import { restoreTrust, withdrawPin } from '../../../main/keeping/unpin.ts';
import { type FetchLimits, standardFetchLimits } from '../../../main/keeping/update/fetch.ts';
import { updateAddress, updateSource } from '../../../main/keeping/update/source.ts';
import { lastUpdate, updateTrust } from '../../../main/keeping/update/update-trust.ts';
import { Failure } from '../../../main/result/failure.ts';
import type { Store } from '../../../main/store/types.ts';
import { proposeListSigner } from '../../../main/trust/lists/pins.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { madeListSigner, madeMasterList } from '../../support/made-trust-files.ts';
import { ownPolicies } from '../../support/own-resources.ts';
import { ldifEntry } from '../../support/test-ldif.ts';
import {
  type EcTestKey,
  ecTestKey,
  extension,
  extensions,
  issueTestCertificate,
  nameOf,
  testAuthority,
} from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { openIn, recording, temporaryFolder, today } from '../store/support.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const keys = [1, 2, 3, 4].map((seed) => ecTestKey('P-256', 'named', seed));
const [signerKey = ecTestKey('P-256'), oneKey = signerKey, otherKey = signerKey, strangerKey = signerKey] = keys;
const cscaOf = (country: string, key: EcTestKey) =>
  testAuthority(key, scheme, { subject: nameOf(country, 'CSCA'), issuer: nameOf(country, 'CSCA') });
const [one, other] = [cscaOf('UT', oneKey), cscaOf('SE', otherKey)];

const first = madeMasterList('260101', [one, other]);
const second = madeMasterList('260201', [one]);
const forged = madeMasterList('260301', [one], strangerKey);

function station(): Store {
  const store = openIn(temporaryFolder());
  const at = '2026-11-23T08:00:00Z';
  const { id } = store.trust.pins.propose(proposeListSigner(madeListSigner), { sign: 'AB', at });
  store.trust.pins.confirm(id, { sign: 'CD', at });
  return store;
}

const clock = { now: () => '2026-11-23T09:00:00Z', today: () => today };
const never = (): (() => void) => () => undefined;

function run(
  store: Store,
  source: ReturnType<typeof updateSource>,
  around: {
    limits?: Partial<FetchLimits>;
    signal?: AbortSignal;
    after?: (millis: number, act: () => void) => () => void;
  } = {},
) {
  return updateTrust(source, {
    store,
    clock,
    ownPolicies,
    refusedPublicKeys: new Set(),
    onProgress: () => undefined,
    signal: around.signal ?? new AbortController().signal,
    after: around.after ?? never,
    limits: { ...standardFetchLimits, ...around.limits },
  });
}

function folderWith(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const believed = (store: Store) => store.trust.list().map(({ summary }) => summary.country);

describe('an update from a folder', () => {
  it('follows no link: not one that stands for the folder, nor one that lies in it', async () => {
    const store = station();
    const real = folderWith({ 'a.ml': first });
    const around = temporaryFolder();
    symlinkSync(real, join(around, 'folder'));
    const refused = await run(store, updateSource([join(around, 'folder')], null));
    expect(refused).toMatchObject({ outcome: 'failed', code: 'update.source-unusable' });
    const holding = temporaryFolder();
    symlinkSync(join(real, 'a.ml'), join(holding, 'a.ml'));
    expect(await run(store, updateSource([holding], null))).toMatchObject({ code: 'update.nothing-found' });
    expect(believed(store)).toEqual([]);
  });

  it('takes lists, passes over what is none of ours, and knows them again', async () => {
    const store = station();
    const folder = folderWith({ 'a.ml': first, 'root.cer': madeListSigner, 'readme.txt': 'lists', 'old.bin': second });
    mkdirSync(join(folder, 'more'));
    const update = await run(store, updateSource([folder], null));
    expect(update).toMatchObject({ outcome: 'changed', code: null, failingSince: null });
    const again = await run(store, updateSource([folder], null));
    expect(again.outcome).toBe('nothing-new');
    expect(again.files.map(({ name, outcome }) => [name, outcome])).toContainEqual(['readme.txt', 'passed-over']);
    expect(again.files.map(({ name, outcome }) => [name, outcome])).toContainEqual(['root.cer', 'known']);
    expect(lastUpdate(store)).toEqual(again);
  });

  it('is all or nothing, with the reason of each file', async () => {
    const store = station();
    const folder = folderWith({
      '1.ml': first,
      '2.ml': forged,
      '3.crl': testRevocationList({ key: strangerKey, scheme }),
    });
    const update = await run(store, updateSource([folder], null));
    expect(update).toMatchObject({ outcome: 'failed', code: 'update.refused', failingSince: clock.now() });
    expect(update.files).toMatchObject([
      { outcome: 'taken' },
      { outcome: 'refused', code: 'trust.signer-not-pinned' },
      { outcome: 'refused' },
    ]);
    expect([believed(store), store.trust.history()]).toEqual([[], []]);
  });

  it('follows the publisher, refuses to go back, is restored, and leaves aside what was taken back', async () => {
    const store = station();
    await run(store, updateSource([folderWith({ l: first })], null));
    const newer = updateSource([folderWith({ l: second })], null);
    expect(await run(store, newer)).toMatchObject({ outcome: 'changed', removedCertificates: 1 });
    expect(believed(store)).toEqual(['UT']);
    const older = await run(store, updateSource([folderWith({ l: madeMasterList('251201', [other]) })], null));
    expect(older).toMatchObject({ outcome: 'nothing-new', files: [{ outcome: 'older', code: 'trust.list-older' }] });
    expect(failureCodeOf(() => restoreTrust(store, recording(store), ['AB', 'a b'], clock.now()))).toBe(
      'trust.pin-same-person',
    );
    restoreTrust(store, recording(store), ['AB', 'CD'], clock.now());
    expect(believed(store)).toEqual(['SE', 'UT']);
    expect(await run(store, newer)).toMatchObject({ outcome: 'nothing-new', files: [{ outcome: 'set-aside' }] });
  });

  it('refuses to go back also where an export brings the editions, which nobody signs', async () => {
    const store = station();
    const exported = (list: Uint8Array) => ldifEntry('cn=list,c=DE', [['pkdMasterListContent', list]]);
    await run(store, updateSource([folderWith({ l: first })], null));
    await run(store, updateSource([folderWith({ 'newer.ldif': exported(second) })], null));
    expect(believed(store)).toEqual(['UT']);
    const between = madeMasterList('260115', [one, other]);
    await run(store, updateSource([folderWith({ 'old.ldif': exported(between) })], null));
    expect(believed(store)).toEqual(['UT']);
    expect(store.trust.history()[0]?.remarks).toMatchObject([{ code: 'trust.list-older' }]);
    const alone = await run(store, updateSource([folderWith({ l: between })], null));
    expect(alone).toMatchObject({ outcome: 'nothing-new', files: [{ outcome: 'older', code: 'trust.list-older' }] });
    expect(believed(store)).toEqual(['UT']);
  });

  it('withdraws a pin together with what it vouched for, or not at all', async () => {
    const store = station();
    await run(store, updateSource([folderWith({ l: first })], null));
    const fingerprint = store.trust.pins.list()[0]?.fingerprint ?? '';
    const withdraw = (): never => {
      throw new Failure('storage.full');
    };
    const full = { ...store, trust: { ...store.trust, withdraw } };
    expect(
      failureCodeOf(() =>
        withdrawPin(full, recording(full), { beginning: fingerprint, names: ['AB', 'CD'], at: clock.now() }),
      ),
    ).toBe('storage.full');
    expect(store.trust.pins.standing('list-signer')).toHaveLength(1);
    withdrawPin(store, recording(store), { beginning: fingerprint, names: ['AB', 'CD'], at: clock.now() });
    expect([store.trust.pins.standing('list-signer'), believed(store)]).toEqual([[], []]);
  });

  it('no longer believes the lists of a signer that two administrators withdrew', async () => {
    const store = station();
    const source = updateSource([folderWith({ l: first })], null);
    await run(store, source);
    const [pin] = store.trust.pins.list();
    const fingerprint = pin?.fingerprint ?? '';
    expect(
      withdrawPin(store, recording(store), { beginning: fingerprint, names: ['AB'], at: clock.now() }).entry,
    ).toBeNull();
    expect(believed(store)).toEqual(['SE', 'UT']);
    expect(
      withdrawPin(store, recording(store), { beginning: fingerprint, names: ['CD'], at: clock.now() }).entry?.counts
        .removedCertificates,
    ).toBe(2);
    expect(believed(store)).toEqual([]);
    expect(failureCodeOf(() => restoreTrust(store, recording(store), ['AB', 'CD'], clock.now()))).toBe(
      'trust.nothing-to-restore',
    );
    expect(await run(store, source)).toMatchObject({ outcome: 'failed', files: [{ code: 'trust.signer-not-pinned' }] });
  });

  it('names a folder that is gone, empty, without lists, or too full', async () => {
    const store = station();
    const gone = temporaryFolder();
    rmSync(gone, { recursive: true });
    for (const [folder, code] of [
      [gone, 'update.unreachable'],
      [temporaryFolder(), 'update.nothing-found'],
      [folderWith({ a: 'text' }), 'update.nothing-found'],
    ] as const)
      expect((await run(store, updateSource([folder], null))).code).toBe(code);
    const full = updateSource([folderWith({ a: first, b: second })], null);
    expect((await run(store, full, { limits: { files: 1 } })).code).toBe('update.too-large');
    expect((await run(store, full, { limits: { fileBytes: 100 } })).code).toBe('update.too-large');
    expect((await run(store, full, { limits: { totalBytes: first.length } })).code).toBe('update.too-large');
    expect(believed(store)).toEqual([]);
  });
});

const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')}\n-----END ${label}-----\n`;

async function serving(listener: RequestListener) {
  const authorityKey = ecTestKey('P-256', 'named', 21);
  const serverKey = ecTestKey('P-256', 'named', 22);
  const authority = testAuthority(authorityKey, scheme, { subject: nameOf('SE', 'CA'), issuer: nameOf('SE', 'CA') });
  const certificate = issueTestCertificate({
    subject: nameOf('SE', 'localhost'),
    issuer: nameOf('SE', 'CA'),
    key: serverKey,
    issuerKey: authorityKey,
    scheme,
    extensions: [
      extensions.digitalSignature(),
      extension('2.5.29.17', encodeTlv(0x30, encodeTlv(0x82, new TextEncoder().encode('localhost')))),
    ],
  });
  const { x, y } = publicPoint(serverKey.curve, serverKey.privateKey);
  const text = (value: bigint): string => Buffer.from(unsignedToBytes(value, 32)).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', d: text(serverKey.privateKey), x: text(x), y: text(y) };
  const key = createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ key, cert: pem('CERTIFICATE', certificate) }, listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const ca = new TextEncoder().encode(pem('CERTIFICATE', authority));
  const place = `https://localhost:${port}/list.ml`;
  return { place, source: updateSource([place], ca), unproved: updateSource([place], null) };
}

describe('an update from an address', () => {
  it('takes the list, also where the server sends us on within https', async () => {
    const store = station();
    const { source } = await serving((request, response) => {
      if (request.url === '/list.ml') response.writeHead(302, { location: '/newest?x=1' }).end();
      else response.end(first);
    });
    expect(await run(store, source)).toMatchObject({ outcome: 'changed', files: [{ outcome: 'taken' }] });
    expect(believed(store)).toEqual(['SE', 'UT']);
  });

  const answers: Readonly<Record<string, readonly [RequestListener, string, string | null]>> = {
    'not found': [(_, response) => response.writeHead(404).end(), 'update.answer-refused', null],
    'sent on to http': [
      (_, response) => response.writeHead(301, { location: 'http://localhost/' }).end(),
      'update.answer-refused',
      null,
    ],
    'sent on with credentials': [
      (_, response) => response.writeHead(301, { location: 'https://a:b@localhost/' }).end(),
      'update.answer-refused',
      null,
    ],
    'sent round in a circle': [
      (_, response) => response.writeHead(307, { location: '/list.ml' }).end(),
      'update.answer-refused',
      null,
    ],
    'a page': [
      (_, response) => response.end('<html><body>Sign in</body></html>'),
      'update.refused',
      'trust.file-unknown',
    ],
    'another coding': [
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'update.answer-refused',
      null,
    ],
    'more than was allowed, said before': [
      (_, response) => response.writeHead(200, { 'content-length': 9_000_000 }).end(),
      'update.too-large',
      null,
    ],
    'more than was allowed, without a word': [
      (_, response) => response.end(new Uint8Array(200_000)),
      'update.too-large',
      null,
    ],
    'half of it': [
      (_, response) => {
        response.writeHead(200, { 'content-length': first.length });
        response.write(first.subarray(0, 300), () => response.destroy());
      },
      'update.cut',
      null,
    ],
    'half of it as a whole': [
      (_, response) => response.end(first.subarray(0, 300)),
      'update.refused',
      'trust.list-malformed',
    ],
  };
  it.each(Object.entries(answers))('fails by name and changes nothing: %s', async (_, [listener, code, fileCode]) => {
    const store = station();
    const { source } = await serving(listener);
    const update = await run(store, source, { limits: { fileBytes: 100_000 } });
    expect([update.outcome, update.code, update.files[0]?.code ?? null]).toEqual(['failed', code, fileCode]);
    expect([believed(store), store.trust.history()]).toEqual([[], []]);
  });

  it('does not believe a server of an unknown authority', async () => {
    const { unproved } = await serving((_, response) => response.end(first));
    expect((await run(station(), unproved)).code).toBe('update.not-trusted');
  });

  it('ends a slow drip, and when somebody cancels', async () => {
    const { source } = await serving((_, response) => void response.writeHead(200).write('x'));
    const acts: (() => void)[] = [];
    const after = (_: number, act: () => void): (() => void) => {
      acts.push(act);
      // The clock runs out as soon as the first part is there.
      if (acts.length === 3) act();
      return () => undefined;
    };
    expect((await run(station(), source, { after })).code).toBe('update.too-slow');
    const controller = new AbortController();
    controller.abort();
    expect((await run(station(), source, { signal: controller.signal })).code).toBe('update.cancelled');
  });

  it.each([
    'http://a/',
    'https://user@a/',
    'https://u:p@a/x',
    'ftp://a/',
    'https://a/#b',
    `https://a/${'x'.repeat(700)}`,
  ])('is not set to %s', (text) => {
    expect(failureCodeOf(() => updateAddress(text))).toBe('update.source-unusable');
    expect(failureCodeOf(() => updateSource([text], null))).toBe('update.source-unusable');
  });
});
