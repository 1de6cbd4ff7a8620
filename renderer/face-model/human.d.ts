/** What is used of it; its own types bring those of TensorFlow with them. */
declare module '@vladmandic/human' {
  export type HumanPoint = readonly [x: number, y: number, z?: number];

  export interface HumanFace {
    readonly score: number;
    readonly boxScore: number;
    /** Left, top, width, height in pixels of the picture that was given. */
    readonly box: readonly [number, number, number, number];
    readonly annotations?: Readonly<Record<string, readonly HumanPoint[] | undefined>>;
    /** Radians. */
    readonly rotation?: {
      readonly angle: { readonly roll: number; readonly yaw: number; readonly pitch: number };
    } | null;
    readonly embedding?: readonly number[];
  }

  export interface HumanModel {
    readonly enabled?: boolean;
    readonly modelPath?: string;
  }

  export interface HumanConfig {
    readonly backend: 'wasm';
    readonly modelBasePath: string;
    readonly wasmPath: string;
    readonly wasmPlatformFetch: boolean;
    readonly debug: boolean;
    readonly async: boolean;
    readonly warmup: 'none';
    readonly cacheModels: boolean;
    readonly cacheSensitivity: number;
    readonly validateModels: boolean;
    readonly filter: { readonly enabled: boolean };
    readonly gesture: { readonly enabled: boolean };
    readonly body: HumanModel;
    readonly hand: HumanModel;
    readonly object: HumanModel;
    readonly segmentation: HumanModel;
    readonly face: {
      readonly enabled: boolean;
      readonly detector: HumanModel & {
        readonly maxDetected: number;
        readonly minConfidence: number;
        readonly iouThreshold: number;
        readonly rotation: boolean;
        readonly return: boolean;
        readonly skipFrames: number;
        readonly skipTime: number;
      };
      readonly mesh: HumanModel;
      readonly attention: HumanModel;
      readonly iris: HumanModel;
      readonly description: HumanModel & {
        readonly minConfidence: number;
        readonly skipFrames: number;
        readonly skipTime: number;
      };
      readonly emotion: HumanModel;
      readonly antispoof: HumanModel;
      readonly liveness: HumanModel;
    };
  }

  export default class Human {
    constructor(config: HumanConfig);
    load(): Promise<void>;
    detect(
      picture: ImageData,
      config?: Partial<HumanConfig>,
    ): Promise<{ readonly face: readonly HumanFace[]; readonly error: string | null }>;
  }
}

/** A file of a package as base64 (`tools/model-bytes/plugin.ts`). */
declare module '*?model-bytes' {
  const bytes: string;
  export default bytes;
}
