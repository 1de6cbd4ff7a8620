import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  fetchModelFile,
  isFileWish,
  modelPlace,
  releaseModelFiles,
  takeModelFile,
} from '../../../renderer/face-model/model-files.ts';

const said = vi.fn();
beforeEach(() => vi.stubGlobal('postMessage', said));
afterEach(() => {
  vi.unstubAllGlobals();
  said.mockClear();
});

it('asks the page for a file once, whoever waits for it, and gives its bytes', async () => {
  const both = [fetchModelFile(`${modelPlace}blazeface.json`), fetchModelFile(`${modelPlace}blazeface.json`)];
  expect(said.mock.calls).toEqual([[{ file: 'blazeface.json' }]]);
  takeModelFile({ file: 'blazeface.json', bytes: new TextEncoder().encode('{"a":1}') });
  const answers = await Promise.all(both);
  expect(answers.map(({ headers }) => headers.get('Content-Type'))).toEqual(['application/json', 'application/json']);
  expect(await answers[0]?.json()).toEqual({ a: 1 });
  // Handed over unasked, nothing comes of it.
  takeModelFile({ file: 'blazeface.json', bytes: new Uint8Array(1) });
});

it('is a network that is down for whatever is no file of the model', async () => {
  const missing = fetchModelFile(`${modelPlace}other.bin`);
  takeModelFile({ file: 'other.bin', bytes: null });
  await expect(missing).rejects.toThrow(TypeError);
  said.mockClear();
  for (const address of ['https://example.com/blazeface.json', 'blazeface.json', ''])
    await expect(fetchModelFile(address)).rejects.toThrow(TypeError);
  expect(said).not.toHaveBeenCalled();
});

it('says that it needs none for now; an answer of the model is no such wish', () => {
  releaseModelFiles();
  expect(said.mock.calls).toEqual([[{ filesDone: true }]]);
  expect([{ file: 'a' }, { filesDone: true }, null, { likeness: 1 }, { faces: [] }].map(isFileWish)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
