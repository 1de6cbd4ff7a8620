/** A point of a picture in its pixels: right and down from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The middles of a face's eyes in a picture, by whose eye it is: of a face that looks out upright, its right eye is on the left. */
export interface Eyes {
  readonly right: Point;
  readonly left: Point;
}

/** A face that was found in a picture. */
export interface FoundFace {
  readonly eyes: Eyes;
  /** In pixels of the picture; may reach beyond it. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /**
   * How it is turned, in degrees, 0 looking straight out: `yaw` to a side, `pitch` up or down, `roll` on the picture's plane, clockwise.
   * A model's guess of a solid from a plane: a few degrees are within its error.
   */
  readonly turned: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  /** How sure the model is that this is a face, 0 to 1. */
  readonly certainty: number;
  /** The same at first sight, before its outline was laid, 0 to 1: of a face that stands on its head less than of the same upright. */
  readonly atSight: number;
}

/**
 * What computes on faces, whoever made it. Pictures are RGBA with 8 bits each, at most `mostPoints` of them; whoever fills this keeps
 * none, reaches no network and no disk, and fails by throwing.
 */
export interface FaceModel {
  /** The faces of a picture, the largest first; at most `mostFaces`. Empty where there is none. */
  find(picture: ImageData): Promise<readonly FoundFace[]>;
  /**
   * What the picture's largest face is like, as numbers that only the same filling of this port can compare; null where there is no
   * face. It is biometric data: it never leaves the worker that asked for it.
   */
  describe(picture: ImageData): Promise<readonly number[] | null>;
}

/** Points of a picture that a model is given. */
export const mostPoints = 1_000_000;
/** Faces that are told of: who stands before a camera, and whether another stands beside. */
export const mostFaces = 4;
