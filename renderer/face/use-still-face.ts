import { useEffect, useState } from 'react';
import type { Eyes, FoundFace } from '../face-model/face-finder.ts';
import { isBeside, type Lying, lyingOf } from '../face-model/framing.ts';
import type { ModelWorker } from '../face-model/model-worker.ts';
import { type Quarters, quartersTo } from '../face-model/turned-picture.ts';

/** What a picture that stands still shows. */
export interface StillFace {
  /** Of the largest face; null where there is none. */
  readonly eyes: Eyes | null;
  /** By which that face comes to stand upright. */
  readonly quarters: Quarters;
  /** What whoever compares has to know of the picture; null where it holds one upright face. */
  readonly told: Lying | 'no-face' | 'two-faces' | null;
}

// Nothing was found, and nothing can be told.
const withoutModel: StillFace = { eyes: null, quarters: 0, told: null };

/** What is told of the faces of a picture, the largest first. */
export function stillFaceOf([face, ...others]: readonly FoundFace[]): StillFace {
  if (face === undefined) return { eyes: null, quarters: 0, told: 'no-face' };
  const quarters = quartersTo(face.turned.roll);
  // The largest is the holder's: the small second portrait that some states print is part of the same picture.
  const isAlone = !others.some((other) => isBeside(face, other));
  return { eyes: face.eyes, quarters, told: isAlone ? lyingOf(quarters) : 'two-faces' };
}

/** The face in a picture that stands still; null until it was looked for. */
export function useStillFace(model: ModelWorker | null, picture: ImageBitmap | null): StillFace | null {
  const [face, setFace] = useState<StillFace | null>(null);
  useEffect(() => {
    if (model === null || picture === null) return;
    let left = false;
    void model.look(picture).then((look) => {
      if (!left) setFace(look === null ? withoutModel : stillFaceOf(look.faces));
    });
    return () => {
      left = true;
      setFace(null);
    };
  }, [model, picture]);
  return face;
}
