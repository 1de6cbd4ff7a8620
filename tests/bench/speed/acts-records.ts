import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { computed } from '../figures.ts';
import { moduleOf, moduleWhereThere } from './modules.ts';

/*
 * Records in a training folder of the checkout's own, at the full synchronous writes of the product. Told is processor time of all
 * threads: waiting for the disk does not stand in it.
 */

type Folder = Awaited<ReturnType<typeof openedFolder>>;

async function openedFolder(checkout: string) {
  const { openStore } = await moduleOf(checkout, 'openStore');
  const directory = mkdtempSync(join(tmpdir(), 'styrk-bench-appends-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
  const store = openStore({ directory, kind: 'training', create: true, random });
  return { store, unlocked: await store.unlock({ kind: 'key-file', path: null }) };
}

async function checked(checkout: string, { store, unlocked }: Folder, rememberedSize: number | null): Promise<boolean> {
  const checking = await moduleWhereThere(checkout, 'checkRecords');
  // Earlier builds check in the repository, from the first record on.
  const { check } = unlocked.records as { readonly check?: () => { readonly intact: boolean } };
  if (checking === null) return check?.().intact ?? false;
  const { openToRead } = await moduleOf(checkout, 'openDatabase');
  const { SecretBytes } = await moduleOf(checkout, 'secretBytes');
  const { keys, sealingKey: bytes } = unlocked.checkKeys();
  using sealingKey = new SecretBytes(bytes);
  const remembered =
    rememberedSize === null ? null : { size: rememberedSize, root: unlocked.log.rootAt(rememberedSize) };
  const database = openToRead(store.path);
  try {
    const around = { remembered, progress: () => undefined };
    const { chain, log } = await checking.checkRecords(database, { ...keys, sealingKey }, around);
    return chain.intact && log.intact;
  } finally {
    database.close();
  }
}

export function recordActs(checkout: string) {
  let opened: Promise<Folder> | null = null;
  const folder = (): Promise<Folder> => {
    opened ??= openedFolder(checkout);
    return opened;
  };
  return {
    /** Appends a record of each case. Milliseconds of processor time for all of them. */
    append: async (cases: readonly CaseFacts[]): Promise<number> => {
      const { records } = (await folder()).unlocked;
      const begun = computed();
      for (const facts of cases) records.append(facts, '1.0.0');
      return computed() - begun;
    },
    /** The same in one transaction, where nothing is measured; one by one in builds that have no such way. */
    fill: async (cases: readonly CaseFacts[]): Promise<void> => {
      const { unlocked } = await folder();
      const act = (): void => {
        for (const facts of cases) unlocked.records.append(facts, '1.0.0');
      };
      const { atOnce } = unlocked as { readonly atOnce?: typeof unlocked.atOnce };
      if (atOnce === undefined) act();
      else atOnce(act);
    },
    /** Checks all records, from the first on. Milliseconds of processor time. */
    checkAll: async (): Promise<number> => {
      const held = await folder();
      const begun = computed();
      if (!(await checked(checkout, held, null))) throw new Error('what was just written is not whole');
      return computed() - begun;
    },
    /** The same from a checkpoint over so many records that was remembered; null in builds that remember none. */
    checkFrom: async (size: number): Promise<number | null> => {
      if ((await moduleWhereThere(checkout, 'checkRecords')) === null) return null;
      const held = await folder();
      const begun = computed();
      if (!(await checked(checkout, held, size))) throw new Error('what was just written is not whole');
      return computed() - begun;
    },
  };
}
