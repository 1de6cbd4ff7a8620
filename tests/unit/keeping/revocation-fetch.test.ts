import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restoreTrust } from '../../../main/keeping/unpin.ts';
import { readRevocationStates, writeRevocationStates } from '../../../main/keeping/update/kept-places.ts';
import { fetchRevocationLists } from '../../../main/keeping/update/revocation-fetch.ts';
import { revocationPlaces, revocationStates } from '../../../main/keeping/update/revocation-places.ts';
import { updateSource } from '../../../main/keeping/update/source.ts';
import { updateTrust } from '../../../main/keeping/update/update-trust.ts';
import { isPublicAddress, publicWeb, type WebReach } from '../../../main/keeping/update/web-reach.ts';
import type { Store } from '../../../main/store/types.ts';
import { proposeListSigner } from '../../../main/trust/lists/pins.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { madeListSigner, madeMasterList } from '../../support/made-trust-files.ts';
import { ownPolicies } from '../../support/own-resources.ts';
import { rejection } from '../../support/rejection.ts';
import {
  type EcTestKey,
  ecTestKey,
  extensions,
  keyIdentifierOf,
  nameOf,
  testAuthority,
} from '../../support/test-pki.ts';
import { testRevocationList } from '../../support/test-revocation-list.ts';
import { openIn, recording, temporaryFolder, today } from '../store/support.ts';

const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const [swedish, german, stranger] = [21, 22, 23].map((seed) => ecTestKey('P-256', 'named', seed));
if (swedish === undefined || german === undefined || stranger === undefined) throw new Error('no keys');
const clock = { now: () => '2026-11-23T09:00:00Z', today: () => today };
const never = (): (() => void) => () => undefined;

// Names are made up and lead to this machine, which the open internet would not: what tests reach is what they name here.
const loopback: WebReach = { resolve: async () => [{ address: '127.0.0.1', family: 4 }], isOpen: () => true };

async function server(listener: RequestListener): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const listening = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => void listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return { port: (listening.address() as AddressInfo).port, asked };
}

const serving = (files: Readonly<Record<string, Uint8Array | number | string>>): RequestListener => {
  return (request, response) => {
    const found = files[request.url ?? ''] ?? 404;
    if (typeof found === 'number') response.writeHead(found).end();
    else if (typeof found === 'string') response.writeHead(302, { location: found }).end();
    else response.end(found);
  };
};

const authority = (country: string, key: EcTestKey, ...addresses: string[]) =>
  testAuthority(key, scheme, {
    subject: nameOf(country, 'CSCA'),
    issuer: nameOf(country, 'CSCA'),
    extensions: [
      extensions.authority(),
      extensions.certificateSigning(),
      extensions.subjectKeyIdentifier(keyIdentifierOf(key)),
      ...(addresses.length === 0 ? [] : [extensions.distributionPoints(...addresses)]),
    ],
  });
const listOf = (country: string, key: EcTestKey) =>
  testRevocationList({ key, scheme, issuer: nameOf(country, 'CSCA'), revoked: [5] });

async function stationBelieving(...certificates: Uint8Array[]): Promise<Store> {
  const store = openIn(temporaryFolder());
  const at = '2026-11-23T08:00:00Z';
  const { id } = store.trust.pins.propose(proposeListSigner(madeListSigner), { sign: 'AB', at });
  store.trust.pins.confirm(id, { sign: 'CD', at });
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.ml'), madeMasterList('260101', certificates));
  expect((await update(store, updateSource([folder], null))).outcome).toBe('changed');
  return store;
}

function update(store: Store, source: ReturnType<typeof updateSource> | null = null, web = loopback) {
  const signal = new AbortController().signal;
  return updateTrust(source, {
    store,
    clock,
    ownPolicies,
    refusedPublicKeys: new Set(),
    onProgress: () => undefined,
    signal,
    after: never,
    web,
  });
}

function fetching(addresses: readonly string[], web: WebReach, signal = new AbortController().signal) {
  return fetchRevocationLists([{ state: 'SWE', addresses }], { folder: temporaryFolder(), signal, after: never, web });
}

describe('the revocation lists of the states that an administrator names', () => {
  it('are asked for by nobody until then', async () => {
    const { port, asked } = await server(serving({ '/se': listOf('SE', swedish) }));
    const store = await stationBelieving(authority('SE', swedish, `http://crl.example:${port}/se`));
    expect([await update(store), asked, readRevocationStates(store.settings)]).toMatchObject([
      { outcome: 'nothing-new' },
      [],
      [],
    ]);
  });

  it('are fetched from where believed certificates say, known again, and left aside when they were taken back, which revokes nothing less', async () => {
    const { port, asked } = await server(serving({ '/se': listOf('SE', swedish), '/de': listOf('DE', german) }));
    const at = `http://crl.example:${port}`;
    const store = await stationBelieving(authority('SE', swedish, `${at}/se`), authority('DE', german, `${at}/de`));
    writeRevocationStates(store.settings, revocationStates(['swe']));
    const first = await update(store);
    expect(first).toMatchObject({
      outcome: 'changed',
      code: null,
      places: ['CRL: SWE'],
      files: [{ name: `crl.example:${port}/se`, outcome: 'taken' }],
    });
    expect(asked).toEqual(['/se']);
    expect(store.trust.allRevocationLists()).toMatchObject([{ country: 'SE', entries: 1 }]);
    expect(await update(store)).toMatchObject({ outcome: 'nothing-new', files: [{ outcome: 'known' }] });
    restoreTrust(store, recording(store), ['AB', 'CD'], clock.now());
    expect(await update(store)).toMatchObject({ outcome: 'nothing-new', files: [{ outcome: 'set-aside' }] });
    // What a state revoked stays so, whoever takes the import back.
    expect(store.trust.allRevocationLists()).toMatchObject([{ country: 'SE', entries: 1 }]);
  });

  it('each stand for themselves: a forged one, one that is none and a dead server keep nobody from the others', async () => {
    const { port } = await server(
      serving({
        '/se': listOf('SE', swedish),
        '/de': testRevocationList({ key: stranger, scheme, issuer: nameOf('DE', 'CSCA') }),
        '/no': madeMasterList('260601', [authority('UT', stranger)]),
        '/fi': 500,
      }),
    );
    const at = `http://crl.example:${port}`;
    const keys = [24, 25].map((seed) => ecTestKey('P-256', 'named', seed));
    const store = await stationBelieving(
      authority('SE', swedish, `${at}/se`),
      authority('DE', german, `${at}/de`),
      authority('NO', keys[0] ?? stranger, `${at}/no`),
      authority('FI', keys[1] ?? stranger, `${at}/fi`),
    );
    writeRevocationStates(store.settings, revocationStates(['FIN', 'NOR', 'D', 'SWE']));
    const ended = await update(store);
    expect(ended.outcome).toBe('changed');
    expect(
      Object.fromEntries(ended.files.map(({ name, outcome, code }) => [name.slice(-2), `${outcome} ${code}`])),
    ).toEqual({
      no: 'refused trust.file-unknown',
      de: 'refused revocation.signature-wrong',
      se: 'taken null',
      fi: 'refused update.answer-refused',
    });
    expect(store.trust.allRevocationLists().map(({ country }) => country)).toEqual(['SE']);
    // Nothing but lists comes in by these addresses: the master list of a pinned signer that lay there was not taken.
    expect(store.trust.list('UT')).toEqual([]);
  });

  it('come from the next address where the first gives nothing, by a redirect as well', async () => {
    const { port } = await server(serving({ '/moved': '/se', '/se': listOf('SE', swedish) }));
    const at = `http://crl.example:${port}`;
    const { files, missed } = await fetching([`${at}/gone`, `${at}/moved`], loopback);
    expect([files.map(({ name }) => name), missed]).toEqual([[`crl.example:${port}/moved`], []]);
  });

  it('are bounded: size, redirects, encodings, and a person’s wish to end it', async () => {
    const { port } = await server((request, response) => {
      if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
      else response.end(new Uint8Array(8 * 1024 * 1024 + 1));
    });
    const at = `http://crl.example:${port}`;
    const codes = async (path: string) => (await fetching([at + path], loopback)).missed.map(({ code }) => code);
    expect(await codes('/large')).toEqual(['update.too-large']);
    expect(await codes('/round')).toEqual(['update.answer-refused']);
    expect(await codes('/packed')).toEqual(['update.answer-refused']);
    const ended = new AbortController();
    ended.abort();
    expect((await rejection(fetching([`${at}/large`], loopback, ended.signal)))?.code).toBe('update.cancelled');
  });

  it('are named by codes of the page, forty at most', () => {
    expect(revocationStates(['swe', 'D ', 'SWE'])).toEqual(['SWE', 'D']);
    for (const codes of [[], ['SE'], ['XXX'], ['../..']])
      expect(failureCodeOf(() => revocationStates(codes))).toBe('update.source-unusable');
  });

  it('lie where believed certificates of the state say: an orphan names nothing, another state’s nothing for it', async () => {
    const store = await stationBelieving(
      authority('SE', swedish, 'http://a.example/1', 'http://b.example/1'),
      authority('DE', german, 'http://c.example/1'),
    );
    const all = store.trust.list();
    expect(revocationPlaces(['SWE'], all)).toEqual([
      { state: 'SWE', addresses: ['http://a.example/1', 'http://b.example/1'] },
    ]);
    expect(
      revocationPlaces(
        ['SWE'],
        all.map((each) => ({ ...each, verifiedBy: null })),
      ),
    ).toEqual([]);
  });
});

// CWE-918: an address that comes out of a file must not make the station ask a machine of its own network.
describe('addresses that certificates name', () => {
  it.each([
    ['1.1.1.1', true],
    ['2606:4700::1', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.31.0.1', false],
    ['192.168.0.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['ff02::1', false],
    ['crl.example', false],
  ])('%s is of the open internet: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });

  it('are not asked where they lead to this machine or its network, however they are written', async () => {
    const { port, asked } = await server(serving({ '/': listOf('SE', swedish) }));
    const named: WebReach = { ...publicWeb, resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
    const half: WebReach = {
      ...publicWeb,
      resolve: async () => [
        { address: '1.1.1.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    };
    for (const [address, web] of [
      [`http://127.0.0.1:${port}/`, publicWeb],
      [`http://2130706433:${port}/`, publicWeb],
      ['http://[::1]/', publicWeb],
      ['http://169.254.169.254/latest', publicWeb],
      ['http://crl.example/', named],
      ['http://crl.example/', half],
      ['http://1.1.1.1:22/', publicWeb],
    ] as const)
      expect((await fetching([address], web)).missed).toMatchObject([{ code: 'update.address-closed' }]);
    expect(asked).toEqual([]);
  });

  it('lead nowhere else by a redirect', async () => {
    const inside = await server(serving({ '/': listOf('SE', swedish) }));
    const outside = await server(
      serving({
        '/1': `http://127.0.0.1:${inside.port}/`,
        '/2': 'file:///etc/passwd',
        '/3': 'http://a:b@crl.example/',
      }),
    );
    const web: WebReach = { ...loopback, isOpen: (_address, port) => port === outside.port };
    for (const path of ['1', '2', '3'])
      expect((await fetching([`http://crl.example:${outside.port}/${path}`], web)).missed).toMatchObject([
        { code: 'update.address-closed' },
      ]);
    expect([outside.asked.length, inside.asked]).toEqual([3, []]);
  });
});
