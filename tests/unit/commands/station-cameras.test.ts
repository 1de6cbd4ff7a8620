import { expect, it } from 'vitest';
import { runHere, temporaryFolder } from '../../support/side-door.ts';

it('station cameras shows which camera films what, sets what is given and leaves the rest', async () => {
  const data = ['--data', temporaryFolder(), '--json'];
  const cameras = async (...words: string[]) => (await runHere(['station', 'cameras', ...words, ...data])).json();
  expect(await cameras()).toEqual({ face: null, lines: null });
  expect(await cameras('--face', 'HD Webcam (046d:082d)')).toEqual({ face: 'HD Webcam (046d:082d)', lines: null });
  expect(await cameras('--lines', 'Shelf')).toEqual({ face: 'HD Webcam (046d:082d)', lines: 'Shelf' });
  expect(await cameras('--face', 'first')).toEqual({ face: null, lines: 'Shelf' });
  for (const name of [' ', '\u200b']) expect((await cameras('--face', name)).error.code).toBe('arguments.unusable');
  expect((await cameras('--face', 'x'.repeat(201))).error.code).toBe('input.too-large');
  expect(await cameras()).toEqual({ face: null, lines: 'Shelf' });
});
