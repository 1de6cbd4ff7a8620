import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readByPeer, readThroughPcsc } from '../bench/pcsc.ts';
import { type Pcscd, startPcscd } from '../support/pcscd.ts';
import { temporaryFolder } from '../support/side-door.ts';

const root = resolve(import.meta.dirname, '../..');

let pcscd: Pcscd;
beforeAll(async () => {
  pcscd = await startPcscd();
});
afterAll(() => pcscd.stop());

it('every command that reaches the chip is counted, and told by its kind', async () => {
  const { exchanges, beforePace, ofProtocols, selects, reads, files } = await readThroughPcsc(pcscd, root, 'extended');
  expect(exchanges).toBe(ofProtocols + selects + reads);
  expect(beforePace).toBe(1);
  expect(Object.keys(files ?? {})).toEqual(expect.arrayContaining(['EF.CardAccess', 'EF.SOD', 'EF.DG11', 'EF.DG2']));
});

it('a chip that drops the channel at extended length costs more than one that never stated it', async () => {
  const short = await readThroughPcsc(pcscd, root, 'short-only');
  const refused = await readThroughPcsc(pcscd, root, 'extended-refused');
  expect(refused.exchanges).toBeGreaterThan(short.exchanges);
  expect(refused.files?.['EF.DG2']).toEqual(short.files?.['EF.DG2']);
});

it('another program is given the photo page, and its commands are counted alike', async () => {
  const styrk = `"${process.execPath}" "${root}/main/cli.ts" inspect --training --data "${temporaryFolder()}"`;
  const key = '--document-number "$NUMBER" --birth "$BIRTH" --expiry "$EXPIRY"';
  const peer = await readByPeer(pcscd, `${styrk} ${key} >/dev/null`, 'foreign');
  const { files, ...ours } = await readThroughPcsc(pcscd, root, 'foreign');
  expect(files).not.toBeNull();
  expect(peer).toEqual({ ...ours, files: null });
  await expect(readByPeer(pcscd, 'echo none >&2; exit 3', 'foreign')).rejects.toThrow('ended with 3: none');
});
