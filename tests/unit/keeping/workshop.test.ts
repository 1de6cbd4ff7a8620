import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeSource } from '../../../main/keeping/update/kept-places.ts';
import { updateSource } from '../../../main/keeping/update/source.ts';
import { trustUpkeep } from '../../../main/keeping/update/upkeep.ts';
import type { TrustProgress } from '../../../main/keeping/workshop/worker-messages.ts';
import { trustWorkshop } from '../../../main/keeping/workshop/workshop.ts';
import type { After } from '../../../main/result/after.ts';
import { asFailure } from '../../../main/result/failure.ts';
import { proposeListSigner } from '../../../main/trust/lists/pins.ts';
import { secondHand } from '../../../main/trust/second-reading/kinds.ts';
import { fingerprintOf } from '../../../main/trust/x509/fingerprint.ts';
import {
  importClock,
  importInto,
  madeAuthorities,
  madeDirectoryEntry,
  madeDocumentSigner,
  madeListSigner,
  madeMasterList,
} from '../../support/made-trust-files.ts';
import { ecTestKey, misreadAuthority } from '../../support/test-pki.ts';
import { openIn, temporaryFolder } from '../store/support.ts';

// The worker as it runs in the product, with a connection of its own beside the desk's.
const root = resolve(import.meta.dirname, '../../..');
const workerUrl = pathToFileURL(join(root, 'main/house/trust-worker.ts'));
const scheme = { scheme: 'ECDSA', hash: 'SHA-256' } as const;
const authorities = madeAuthorities(30);
const list = madeMasterList('260101', authorities);

function station() {
  const directory = temporaryFolder();
  const store = openIn(directory, 'ordinary');
  const act = { at: '2026-11-23T08:00:00Z' };
  const { id } = store.trust.pins.propose(proposeListSigner(madeListSigner), { ...act, sign: 'AB' });
  store.trust.pins.confirm(id, { ...act, sign: 'CD' });
  const workshop = trustWorkshop(workerUrl, {
    directory,
    kind: 'ordinary',
    resourcesDirectory: join(root, 'resources'),
  });
  const lists = temporaryFolder();
  const put = (name: string, bytes: Uint8Array): string => {
    const path = join(lists, name);
    writeFileSync(path, bytes);
    return path;
  };
  return {
    directory,
    store,
    workshop,
    lists,
    put,
    upkeep: trustUpkeep(
      store,
      importClock,
      () => importInto(store),
      () => undefined,
    ),
  };
}

function heard(signal = new AbortController().signal) {
  const progress: TrustProgress[] = [];
  return { signal, progress, onProgress: (told: TrustProgress) => void progress.push(told) };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => asFailure(thrown),
  );

function altered(bytes: Uint8Array): Uint8Array {
  const wrong = Uint8Array.from(bytes);
  wrong[bytes.length - 3] = (wrong[bytes.length - 3] ?? 0) ^ 1;
  return wrong;
}

describe('the trust worker', () => {
  it('takes chosen files and tells how far it came, by their size', async () => {
    const { store, workshop, put } = station();
    const around = heard();
    const { files, change } = await workshop.importFiles([put('de.ml', list)], around);
    expect(files).toEqual([{ name: 'de.ml', kind: 'master-list', read: 30, new: 30 }]);
    expect(change).toMatchObject({ kind: 'master-list', counts: { newCertificates: 30 } });
    expect(store.trust.count()).toBe(30);
    const parts = around.progress.map(({ part }) => part ?? -1);
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect(new Set(parts).size).toBeGreaterThan(2);
    expect(parts.at(-1)).toBe(1);
    expect(around.progress.every(({ file }) => file === 'de.ml')).toBe(true);
  });

  // Read a second time after the answer, beside everything else: the import is told as if there were no such reading.
  it('reads what it took a second time, and lowers belief where the hands differ', async () => {
    const { store, workshop, put } = station();
    const misread = misreadAuthority(ecTestKey('P-256', 'named', 90), scheme);
    const bytes = madeMasterList('260101', [...authorities.slice(0, 5), misread]);
    const { change } = await workshop.importFiles([put('de.ml', bytes)], heard());
    expect(change).toMatchObject({ kind: 'master-list', counts: { newCertificates: 6 }, remarks: [] });
    const { secondReadings } = store.trust;
    await expect.poll(() => secondReadings.count(secondHand), { timeout: 60_000 }).toMatchObject({ waiting: 0 });
    expect(secondReadings.count(secondHand)).toEqual({ agree: 5, differ: 1, unread: 0, waiting: 0 });
    expect(secondReadings.of(fingerprintOf(bytes))).toMatchObject({ kind: 'master-list', result: 'agree' });
    const fields = store.trust.list().flatMap(({ readingsDiffer }) => readingsDiffer ?? []);
    expect(fields).toEqual(['basicConstraints']);
    const [told] = store.trust.history();
    expect(told).toMatchObject({ kind: 'second-reading', remarks: [{ code: 'certificate.readings-differ' }] });
    expect(store.integrity().whole).toBe(true);
  }, 90_000);

  it('takes nothing where one file is refused, and names it', async () => {
    const { store, workshop, put } = station();
    const wrong = put('altered.ml', altered(list));
    const failure = await failureOf(workshop.importFiles([put('de.ml', list), wrong], heard()));
    expect(failure?.code).toBe('trust.signature-wrong');
    expect(failure?.fields.file).toBe('altered.ml');
    expect(store.trust.count()).toBe(0);
    expect(await failureOf(workshop.importFiles([join(wrong, 'gone')], heard()))).toMatchObject({
      code: 'input.unreadable',
    });
  });

  // Each import has a process' own connection: what one collects the other must neither lose nor take for its own.
  it('two imports at once keep the document signers of both', async () => {
    const { store, workshop, put } = station();
    const signer = madeDocumentSigner();
    const entries = (from: number, count: number) =>
      Buffer.from(Array.from({ length: count }, (_, index) => madeDirectoryEntry(signer, from + index)).join(''));
    const took = await Promise.all([
      workshop.importFiles([put('one.ldif', entries(0, 300))], heard()),
      workshop.importFiles([put('other.ldif', entries(250, 300))], heard()),
    ]);
    expect(store.trust.countDocumentSigners()).toBe(550);
    // Those that both bring count for whoever came first.
    const added = took.map(({ change }) => change.counts.newDocumentSigners);
    expect(added.toSorted((a, b) => a - b)).toEqual([250, 300]);
    expect(store.integrity().whole).toBe(true);
  });

  it('tells by whom a list is signed that nobody vouches for, with its own refusals, and takes nothing', async () => {
    const { store, workshop, put } = station();
    const signing = await workshop.signingOf(put('de.ml', madeMasterList('260101', [madeListSigner])), heard());
    expect(signing).toMatchObject({ kind: 'master-list', date: '2026-01-01' });
    expect(signing.certificates.map(({ part, der }) => [part, fingerprintOf(der)])).toEqual([
      ['signer', expect.any(String)],
      ['issuer', fingerprintOf(madeListSigner)],
    ]);
    expect(store.trust.count()).toBe(0);
    expect(store.trust.history()).toEqual([]);
    for (const [name, bytes, code] of [
      ['altered.ml', altered(list), 'trust.signature-wrong'],
      ['export.ldif', Buffer.from(madeDirectoryEntry(madeDocumentSigner(), 1)), 'trust.pin-not-certificate'],
      ['strange.ml', Buffer.from('no list'), 'trust.file-unknown'],
    ] as const)
      expect(await failureOf(workshop.signingOf(put(name, bytes), heard()))).toMatchObject({
        code,
        fields: { file: name },
      });
  });

  it('ends where it is cancelled, and leaves everything as it was', async () => {
    const { store, workshop, put } = station();
    const end = new AbortController();
    const around = heard(end.signal);
    const work = workshop.importFiles([put('de.ml', list)], {
      ...around,
      onProgress: () => end.abort(),
    });
    expect((await failureOf(work))?.code).toBe('update.cancelled');
    expect(store.trust.count()).toBe(0);
    expect(store.trust.history()).toEqual([]);
  });

  it('updates from the source that is set; a failing update leaves the old state and since when it fails', async () => {
    const { directory, store, workshop, lists, put, upkeep } = station();
    expect((await failureOf(workshop.update(heard())))?.code).toBe('update.source-missing');
    writeSource(store.settings, updateSource([lists], null));
    expect(upkeep.places()).toEqual([lists]);
    put('de.ml', list);
    expect(await workshop.update(heard())).toMatchObject({ outcome: 'changed', newCertificates: 30 });
    expect(store.trust.count()).toBe(30);
    put('newer.ml', altered(madeMasterList('260201', authorities.slice(1))));
    const failed = await workshop.update(heard());
    expect(failed).toMatchObject({ outcome: 'failed', code: 'update.refused', failingSince: failed.at });
    expect(failed.files.find(({ outcome }) => outcome === 'refused')).toEqual({
      name: 'newer.ml',
      outcome: 'refused',
      code: 'trust.signature-wrong',
    });
    expect(store.trust.count()).toBe(30);
    expect(upkeep.last()).toMatchObject({ failingSince: failed.at, outcome: 'failed' });
    // What a killed update left is cleared once no other update can still need it.
    for (const [name, hours] of [
      ['trust-update-killed', 25],
      ['trust-update-other', 23],
    ] as const) {
      mkdirSync(join(directory, name));
      const at = new Date(Date.now() - hours * 3_600_000);
      utimesSync(join(directory, name), at, at);
    }
    rmSync(lists, { recursive: true });
    expect(await workshop.update(heard())).toMatchObject({ code: 'update.unreachable', failingSince: failed.at });
    expect(readdirSync(directory).filter((name) => name.startsWith('trust-update-'))).toEqual(['trust-update-other']);
  });

  it('that is no worker at all is a failure, not a crash', async () => {
    const workshop = trustWorkshop(new URL('./missing.ts', import.meta.url), {
      directory: root,
      kind: 'ordinary',
      resourcesDirectory: root,
    });
    expect((await failureOf(workshop.update(heard())))?.code).toBe('trust.worker-lost');
  });

  // A worker that a hostile list got hold of: it tells what this says.
  const hostile = (act: string, after?: After) => {
    const source = `import { parentPort } from 'node:worker_threads'; const tell = (told) => parentPort.postMessage(told); ${act}`;
    const folder = { directory: root, kind: 'ordinary', resourcesDirectory: root } as const;
    return trustWorkshop(new URL(`data:text/javascript,${encodeURIComponent(source)}`), folder, after);
  };
  const good = `{ at: '2026-11-28', places: [], outcome: 'changed', code: null, files: [], newCertificates: 1, removedCertificates: 0, failingSince: null }`;

  // docs/decisions/0011: the border of a worker is a schema.
  it.each([
    ['nothing', 'null'],
    ['a kind that nobody knows', "{ type: 'believed' }"],
    ['a failure without a name', "{ type: 'failure', code: 'nothing', fields: {} }"],
    ['more than was asked for', `{ type: 'updated', update: { ...${good}, trusted: true } }`],
    ['an update that ended otherwise', `{ type: 'updated', update: { ...${good}, outcome: 'perfect' } }`],
    ['a number that is none', `{ type: 'updated', update: { ...${good}, newCertificates: NaN } }`],
    ['a name without end', "{ type: 'progress', progress: { part: 0, file: 'x'.repeat(70000) } }"],
    ['more than the whole', "{ type: 'progress', progress: { part: 2, file: null } }"],
    ['files without end', `{ type: 'updated', update: { ...${good}, files: Array(20000).fill({}) } }`],
    [
      'certificates without end',
      "{ type: 'signing', signing: { kind: 'certificate', date: null, certificates: Array(9).fill({ part: 'signer', der: new Uint8Array(1) }) } }",
    ],
    [
      'a certificate without end',
      "{ type: 'signing', signing: { kind: 'certificate', date: null, certificates: [{ part: 'signer', der: new Uint8Array(70000) }] } }",
    ],
    [
      'bytes that are none',
      "{ type: 'signing', signing: { kind: 'certificate', date: null, certificates: [{ part: 'signer', der: [48] }] } }",
    ],
    ['a ring', '(() => { const ring = {}; ring.ring = ring; return ring; })()'],
  ])('that tells %s is ended, and nothing of it is believed', async (_name, told) => {
    const workshop = hostile(`tell(${told}); setInterval(() => undefined, 1000);`);
    expect((await failureOf(workshop.update(heard())))?.code).toBe('call.malformed');
  });

  it('that answers another question than the one asked has broken off', async () => {
    const workshop = hostile(`tell({ type: 'updated', update: ${good} })`);
    expect((await failureOf(workshop.importFiles([], heard())))?.code).toBe('trust.worker-lost');
    expect((await failureOf(workshop.signingOf('', heard())))?.code).toBe('trust.worker-lost');
    expect(await workshop.update(heard())).toMatchObject({ newCertificates: 1 });
  });

  // CWE-835: what loops in computing hears no cancelling.
  it('that computes without end is ended by the clock of its owner, and so is one that does not hear that it is to end', async () => {
    const timers: { readonly millis: number; readonly act: () => void; off: boolean }[] = [];
    const after: After = (millis, act) => {
      const timer = { millis, act, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    };
    const fire = (millis: number) => timers.find((timer) => timer.millis === millis && !timer.off)?.act();
    const looping = "tell({ type: 'progress', progress: { part: null, file: null } }); for (;;);";
    const bound = failureOf(hostile(looping, after).update({ ...heard(), onProgress: () => fire(3_600_000) }));
    expect(await bound).toMatchObject({ code: 'trust.worker-lost', fields: { limit: 'time' } });
    const end = new AbortController();
    const cancelled = failureOf(
      hostile(looping, after).update({
        ...heard(end.signal),
        onProgress: () => {
          end.abort();
          fire(5_000);
        },
      }),
    );
    expect((await cancelled)?.code).toBe('update.cancelled');
    expect(timers.every(({ off }) => off)).toBe(true);
  });
});

describe('the upkeep', () => {
  it('tells that updates fail for long after three days, keeps what could not be made, forgets what was cancelled', () => {
    const { store } = station();
    let now = '2026-11-20T08:00:00Z';
    const upkeep = trustUpkeep(
      store,
      { ...importClock, now: () => now },
      () => importInto(store),
      () => undefined,
    );
    upkeep.failed('update.cancelled');
    expect(upkeep.last()).toMatchObject({ code: 'update.cancelled', failingSince: null });
    expect(upkeep.failingLongSince()).toBeNull();
    upkeep.failed('trust.worker-lost');
    now = '2026-11-23T07:59:59Z';
    expect(upkeep.last()).toMatchObject({ failingSince: '2026-11-20T08:00:00Z' });
    expect(upkeep.failingLongSince()).toBeNull();
    now = '2026-11-23T08:00:00Z';
    expect(upkeep.last()).toMatchObject({ code: 'trust.worker-lost' });
    expect(upkeep.failingLongSince()).toBe('2026-11-20T08:00:00Z');
  });
});
