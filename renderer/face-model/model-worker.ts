import { startOwnWorker } from '../face/own-worker.ts';
import type { FoundFace, Point } from './face-finder.ts';
import address from './face-model-worker.ts?worker&url';
import { FileWorker } from './file-worker.ts';
import { type FileWish, isFileWish } from './model-files.ts';
import type { FilmPlace, Look, ModelAnswer, ModelQuestion } from './model-messages.ts';
import type { Quarters } from './turned-picture.ts';

/** The longest side of a picture that the model is given, in pixels: eyes lie within a pixel of where they lie in a larger one. */
const longestSide = 640;
/** The first answer waits for the model to load; a worker that has not answered by then is ended. */
const longestLook = 20_000;

/** The size of what is drawn from: a picture, or a film as it runs. */
export function sizeOf(source: ImageBitmap | HTMLVideoElement): { readonly width: number; readonly height: number } {
  return source instanceof HTMLVideoElement
    ? { width: source.videoWidth, height: source.videoHeight }
    : { width: source.width, height: source.height };
}

/** A picture, and by how many quarters clockwise its face comes to stand upright. */
export interface TurnedPicture {
  readonly picture: ImageBitmap;
  readonly quarters: Quarters;
}

/** The model in its worker, one question after the other. After `end`, or once it failed, every answer is null. */
export class ModelWorker {
  readonly #worker = startOwnWorker(address, 'face-model');
  readonly #files = new FileWorker(this.#worker);
  readonly #ended = new AbortController();
  #before: Promise<unknown> = Promise.resolve();

  /** What a picture shows, in that picture's own pixels; null where it has none, or the model failed. */
  async look(source: ImageBitmap | HTMLVideoElement, film: FilmPlace | null = null): Promise<Look | null> {
    const picture = await smallOf(source);
    if (picture === null) return null;
    const times = sizeOf(source).width / picture.width;
    const look = await this.#ask({ kind: 'look', pictures: [picture], film });
    return look === null || !('faces' in look)
      ? null
      : { ...look, faces: look.faces.map((face) => enlarged(face, times)) };
  }

  /**
   * How alike the largest faces of two pictures are, in thousandths, each turned by its quarters first; null where one has none, or the model
   * failed.
   */
  async compare(portrait: TurnedPicture, still: TurnedPicture): Promise<number | null> {
    const [one, other] = [await smallOf(portrait.picture), await smallOf(still.picture)];
    if (one === null || other === null) {
      one?.close();
      other?.close();
      return null;
    }
    const quarters = [portrait.quarters, still.quarters] as const;
    const compared = await this.#ask({ kind: 'compare', pictures: [one, other], quarters });
    return compared !== null && 'likeness' in compared ? compared.likeness : null;
  }

  end(): void {
    this.#ended.abort();
    this.#worker.terminate();
    this.#files.end();
  }

  #ask(question: ModelQuestion): Promise<ModelAnswer> {
    const answer = this.#before.then(() => this.#answered(question));
    this.#before = answer;
    return answer;
  }

  #answered(question: ModelQuestion): Promise<ModelAnswer> {
    if (this.#ended.signal.aborted) {
      for (const picture of question.pictures) picture.close();
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      const done = new AbortController();
      const answered = (answer: ModelAnswer) => {
        done.abort();
        // What answered nothing in its time answers nothing later either, to nobody's question.
        resolve(answer);
      };
      const { signal } = done;
      const limit = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(longestLook)]);
      limit.addEventListener(
        'abort',
        () => {
          this.end();
          answered(null);
        },
        { signal },
      );
      this.#worker.addEventListener(
        'message',
        ({ data }: MessageEvent<ModelAnswer | FileWish>) => {
          if (!isFileWish(data)) answered(data);
        },
        { signal },
      );
      this.#worker.addEventListener('error', () => answered(null), { signal });
      this.#worker.postMessage(question, [...question.pictures]);
    });
  }
}

// A copy to be handed over, as large as the model needs it; null of what has no size, or cannot be copied.
async function smallOf(source: ImageBitmap | HTMLVideoElement): Promise<ImageBitmap | null> {
  const { width, height } = sizeOf(source);
  if (width === 0 || height === 0) return null;
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return createImageBitmap(source, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  }).catch(() => null);
}

function enlarged({ eyes, box, ...face }: FoundFace, times: number): FoundFace {
  const point = ({ x, y }: Point) => ({ x: x * times, y: y * times });
  return {
    ...face,
    eyes: { right: point(eyes.right), left: point(eyes.left) },
    box: { x: box.x * times, y: box.y * times, width: box.width * times, height: box.height * times },
  };
}
