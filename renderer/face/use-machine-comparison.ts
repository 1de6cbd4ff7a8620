import { useEffect } from 'react';
import type { ModelWorker } from '../face-model/model-worker.ts';
import type { Quarters } from '../face-model/turned-picture.ts';
import { useBridge } from '../parts/bridge.ts';

interface Wanted {
  readonly model: ModelWorker | null;
  /** Whether the customer consented and nothing was compared yet. */
  readonly wanted: boolean;
  /** Both null until their faces were looked for. */
  readonly portrait: ImageBitmap | null;
  readonly still: ImageBitmap | null;
  /** By which the faces of both come to stand upright. */
  readonly quarters: { readonly portrait: Quarters; readonly still: Quarters };
  /** Takes the best picture of the camera; null while it shows none that serves. */
  readonly take: (() => Promise<ImageBitmap | null>) | null;
}

/**
 * Compares once what is shown, and hands the score to the main process, which keeps it back until staff have answered: nothing of the page
 * shows it or holds on to it.
 */
export function useMachineComparison({ model, wanted, portrait, still, quarters, take }: Wanted): void {
  const bridge = useBridge();
  const ready = still !== null || take !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once it can be, and not with each picture of the film
  useEffect(() => {
    if (!wanted || model === null || portrait === null || !ready) return;
    const compare = async () => {
      const taken = still ?? (await take?.()) ?? null;
      if (taken === null) return;
      const score = await model.compare(
        { picture: portrait, quarters: quarters.portrait },
        { picture: taken, quarters: taken === still ? quarters.still : 0 },
      );
      if (taken !== still) taken.close();
      // Refused where the question was left meanwhile: nothing was compared then.
      await bridge.call('case.faceCompared', score);
    };
    void compare();
  }, [bridge, model, wanted, portrait, still, ready]);
}
