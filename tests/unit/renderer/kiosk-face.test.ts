import { describe, expect, it, test } from 'vitest';
import { faceAsks, facePhases, type KioskState } from '../../../preload/kiosk-contract.ts';
import type { Camera } from '../../../renderer/face/use-camera.ts';
import { framingCodes } from '../../../renderer/face-model/framing.ts';
import { type FaceGuide, guideOf, lyingIn } from '../../../renderer/kiosk/face-guide.ts';
import { screenModel } from '../../../renderer/kiosk/screen-model.ts';
import { spokenScreen } from '../../../renderer/kiosk/spoken.ts';
import { loadWords, wordsIn } from '../../../renderer/parts/language.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { KioskWithoutWindow } from '../../support/kiosk-without-window.ts';

/* The step with the camera as words: what stands there, what is heard, and that a colleague can be chosen on each of its screens. */

const atFace: KioskState = { ...new KioskWithoutWindow().kiosk.state(), screen: 'face' };
const guides: readonly FaceGuide[] = ['starting', 'stopped', 'good', ...framingCodes];
const faces: readonly NonNullable<KioskState['face']>[] = [
  ...facePhases.filter((phase) => phase !== 'challenge').map((phase) => ({ phase, asked: null })),
  ...faceAsks.map((ask) => ({ phase: 'challenge' as const, asked: { number: 1, ask } })),
];

await Promise.all(languages.map(loadWords));

describe.each(languages)('in %s', (language) => {
  const words = wordsIn(language);
  const rather = () => words.t('kiosk/face/staff');

  it('a colleague can be chosen by the first key on each screen, and it is heard as it stands there', () => {
    for (const face of faces)
      for (const guide of guides) {
        const state = { ...atFace, language, face };
        const model = screenModel(state, words, guide);
        const heard = spokenScreen(state, model, words, wordsIn).map(({ text }) => text);
        const [first] = model.choices;
        if (face.phase === 'closing') {
          expect(model.choices).toEqual([]);
          continue;
        }
        expect(first?.act).toEqual({ method: 'endFace', args: [] });
        // Where nothing can be filmed it is the only way on, and says so.
        const isStopped =
          face.phase !== 'asked' && (guide === 'stopped' || (face.phase === 'framing' && lyingIn(guide) !== null));
        expect(first?.label).toBe(isStopped ? words.t('kiosk/goOn') : rather());
        expect(heard).toContain(words.t('kiosk/spoken/press', { key: 1, what: first?.label ?? '' }));
        for (const line of [model.title, ...model.lines])
          expect(heard.some((text) => text.startsWith(line))).toBe(true);
      }
  });

  it('each thing that is asked for, and each that hinders, is a sentence of its own', () => {
    const titles = (given: readonly (readonly [NonNullable<KioskState['face']>, FaceGuide])[]) =>
      given.map(([face, guide]) => screenModel({ ...atFace, language, face }, words, guide).title);
    const framing = { phase: 'framing' as const, asked: null };
    const said = titles(guides.map((guide) => [framing, guide]));
    expect(new Set(said).size).toBe(guides.length);
    const asked = titles(faces.filter(({ phase }) => phase === 'challenge').map((face) => [face, 'good']));
    // The three colours are one thing to do.
    expect(new Set(asked).size).toBe(faceAsks.length - 2);
  });
});

test.each<[Camera['state'], FaceGuide]>([
  ['starting', 'starting'],
  ['missing', 'stopped'],
  ['taken', 'stopped'],
  ['unplugged', 'stopped'],
  ['refused', 'stopped'],
])('a camera that is %s: %s', (state, guide) => {
  const seen = { state: 'seen', code: null, isTold: true, eyes: null } as const;
  expect(guideOf({ state } as Camera, seen, false)).toBe(guide);
});

test('a camera that stands still, and a model that is not there, are no camera; nothing is good before it was looked at', () => {
  const live = { state: 'live', stream: {} as MediaStream } as const;
  const seen = { state: 'seen', code: null, isTold: true, eyes: null } as const;
  expect(guideOf(live, seen, true)).toBe('stopped');
  expect(guideOf(live, { state: 'without' }, false)).toBe('stopped');
  expect(guideOf(live, { ...seen, isTold: false }, false)).toBe('starting');
  expect(guideOf(live, { ...seen, code: 'too-far' }, false)).toBe('too-far');
  expect(guideOf(live, seen, false)).toBe('good');
});
