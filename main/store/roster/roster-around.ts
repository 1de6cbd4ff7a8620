import type { PlacedLayer } from './layers.ts';
import type { RegisterPart } from './register.ts';

/** People in one place, and the layer's file; null for the database. */
export interface PlacedPart extends RegisterPart {
  readonly file: string | null;
}

/** What a new layer of the register has around it. */
export interface RosterAround {
  readonly directory: string;
  readonly layerKey: () => Uint8Array;
  readonly tokenKey: () => Uint8Array;
  /** Those that count, the newest first. */
  readonly layers: () => readonly PlacedLayer[];
  /** The database and the layers, these aside. */
  readonly parts: (without: readonly string[]) => readonly PlacedPart[];
  /** In one transaction: the layer counts; those that it took in, so many of those below, and `base` of the database do not. */
  readonly putInPlace: (layer: {
    readonly file: string;
    readonly people: number;
    readonly folded: readonly string[];
    readonly below: ReadonlyMap<string, number>;
    /** Rows of the database. */
    readonly base: Iterable<number>;
  }) => void;
  /** Removes people of the database who count no more, a few at a time: others write between. */
  readonly removeLeaving: () => void;
}
