import { createReadStream, readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openFolder } from '../../main/house/folder.ts';
import { importTrust } from '../../main/keeping/import/import-trust.ts';
import type { ImportOrder, ImportStage } from './killed-import.ts';
import { importClock, importInto, voucherBy } from './made-trust-files.ts';

/*
 * Imports what one line of its standard input orders (`ImportOrder` as JSON) and tells each stage. Written at once, not by a
 * stream: what was told stays told when the process is killed.
 */
const tell = (stage: ImportStage, more = ''): void => {
  writeSync(1, `${stage}${more}\n`);
};

tell('ready');
for await (const line of createInterface({ input: process.stdin })) {
  await run(JSON.parse(line) as ImportOrder);
  break;
}

async function run({ directory, files, signerPath }: ImportOrder): Promise<void> {
  const store = await openFolder({ directory, kind: 'ordinary', clock: importClock });
  const { trust } = store;
  const atOnce: typeof trust.atOnce = (act) => {
    tell('changing');
    const answer = trust.atOnce(act);
    tell('changed');
    return answer;
  };
  const telling = { ...store, trust: { ...trust, atOnce } };
  tell('begun');
  await importTrust(
    files.map(({ kind, path }) => ({
      kind,
      whole: () => new Uint8Array(readFileSync(path)),
      chunks: () => createReadStream(path, { highWaterMark: 16_384 }),
    })),
    voucherBy(new Uint8Array(readFileSync(signerPath))),
    { ...importInto(telling), onProgress: (done) => tell('looked', ` ${done}`) },
  );
  store.close();
  tell('closed');
}
