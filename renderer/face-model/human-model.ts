import Human, { type HumanConfig, type HumanFace, type HumanPoint } from '@vladmandic/human';
import { type Eyes, type FaceModel, type FoundFace, mostFaces, mostPoints, type Point } from './face-finder.ts';
import { fetchModelFile, modelPlace, releaseModelFiles } from './model-files.ts';

/*
 * `FaceModel` filled by @vladmandic/human on TensorFlow's WebAssembly: `blazeface` finds faces, `facemesh` their outlines and eyes,
 * `faceres` describes one. Where each comes from: docs/face.md.
 */

const off = { enabled: false } as const;

const config = (describe: boolean): HumanConfig => ({
  backend: 'wasm',
  modelBasePath: modelPlace,
  wasmPath: modelPlace,
  wasmPlatformFetch: true,
  debug: false,
  async: false,
  warmup: 'none',
  cacheModels: false,
  // Each picture is looked at for itself: what the one before showed is nothing to go by where somebody may be cheating.
  cacheSensitivity: 0,
  validateModels: false,
  filter: off,
  gesture: off,
  body: off,
  hand: off,
  object: off,
  segmentation: off,
  face: {
    enabled: true,
    detector: {
      enabled: true,
      modelPath: 'blazeface.json',
      maxDetected: mostFaces,
      minConfidence: 0.3,
      iouThreshold: 0.1,
      rotation: true,
      return: false,
      skipFrames: 0,
      skipTime: 0,
    },
    mesh: { enabled: true, modelPath: 'facemesh.json' },
    attention: off,
    iris: off,
    description: { enabled: describe, modelPath: 'faceres.json', minConfidence: 0.3, skipFrames: 0, skipTime: 0 },
    emotion: off,
    antispoof: off,
    liveness: off,
  },
});

/** Loads the model into this worker, whose `fetch` is the model's own from then on. */
export async function loadHumanModel(): Promise<FaceModel> {
  globalThis.fetch = fetchModelFile;
  const human = new Human(config(false));
  await human.load();
  releaseModelFiles();
  const look = async (picture: ImageData, describe: boolean): Promise<readonly HumanFace[]> => {
    if (picture.width * picture.height > mostPoints) throw new RangeError('the picture is too large');
    const { face, error } = await human.detect(picture, config(describe));
    // What describes a face is loaded by the first that is described.
    if (describe) releaseModelFiles();
    if (error !== null) throw new Error('the model failed');
    return [...face].sort((one, other) => areaOf(other) - areaOf(one));
  };
  return {
    find: async (picture) => (await look(picture, false)).map(found).filter((face) => face !== null),
    describe: async (picture) => (await look(picture, true))[0]?.embedding ?? null,
  };
}

function areaOf({ box: [, , width, height] }: HumanFace): number {
  return width * height;
}

function found({ box: [x, y, width, height], annotations, rotation, score, boxScore }: HumanFace): FoundFace | null {
  const eyes = eyesOf(annotations);
  if (eyes === null) return null;
  const { yaw = 0, pitch = 0 } = rotation?.angle ?? {};
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  const { right, left } = eyes;
  // The line through the eyes says it more exactly than the model's solid, and over the whole circle.
  const roll = degrees(Math.atan2(left.y - right.y, left.x - right.x));
  return {
    eyes,
    box: { x, y, width, height },
    turned: { yaw: degrees(yaw), pitch: degrees(pitch), roll },
    certainty: part(score),
    atSight: part(boxScore),
  };
}

function part(score: number): number {
  return Math.min(1, Math.max(0, score));
}

// The middle of an eye's outline: nearer to the pupil of who looks out than the corners' middle alone.
function eyesOf(annotations: HumanFace['annotations']): Eyes | null {
  const right = middleOf([...(annotations?.rightEyeUpper0 ?? []), ...(annotations?.rightEyeLower0 ?? [])]);
  const left = middleOf([...(annotations?.leftEyeUpper0 ?? []), ...(annotations?.leftEyeLower0 ?? [])]);
  return right === null || left === null ? null : { right, left };
}

function middleOf(outline: readonly HumanPoint[]): Point | null {
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  if (outline.length === 0) return null;
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}
