import { useEffect, useState } from 'react';
import type { Eyes } from '../face-model/face-finder.ts';
import type { ModelWorker } from '../face-model/model-worker.ts';

/** The eyes in a picture that stands still; null until they are found, and where there is no one face whose eyes they would be. */
export function useEyesIn(model: ModelWorker | null, picture: ImageBitmap | null): Eyes | null {
  const [eyes, setEyes] = useState<Eyes | null>(null);
  useEffect(() => {
    if (model === null || picture === null) return;
    let left = false;
    void model.look(picture).then((look) => {
      // The largest is the holder's: the small second portrait that some states print is part of the same picture.
      if (!left) setEyes(look?.faces[0]?.eyes ?? null);
    });
    return () => {
      left = true;
      setEyes(null);
    };
  }, [model, picture]);
  return eyes;
}
