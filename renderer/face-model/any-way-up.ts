import type { FoundFace } from './face-finder.ts';
import { type Pixels, type Quarters, quartersTo, turnedBack, turnedPicture } from './turned-picture.ts';

/** A picture looked at the way up in which its largest face stands. */
export interface LookedUp {
  /** In the pixels of the picture as it came. */
  readonly faces: readonly FoundFace[];
  /** The picture turned so that the largest face stands upright, and that face in it; null where there is none. */
  readonly upright: { readonly pixels: Pixels; readonly face: FoundFace } | null;
}

/** As `FaceModel.find`. */
type Find = (pixels: Pixels) => Promise<readonly FoundFace[]>;

/**
 * So many pictures of a film are looked at one way up before it is asked once more whether it was the right one. A finder takes a face
 * that stands on its head for an upright one at times, and only both side by side tell which it is.
 */
const between = 24;
/** From here a face stands upright, as far as it goes: on drawn pictures upright ones had 0.75 and more, other ways up mostly less. */
const sure = 0.6;
/** The order in which a film without a sure face is turned, one way a picture. */
const others: readonly Quarters[] = [2, 1, 3];
/** So many pictures without one are each turned; where nobody comes then, every other is enough. */
const eachOf = 2 * others.length;

interface Found {
  readonly quarters: Quarters;
  readonly pixels: Pixels;
  readonly faces: readonly FoundFace[];
}

/**
 * Finds faces in a film whichever way up its camera is mounted. A film that stands right costs one look a picture and one more every
 * `between`; one without a face, with one that is hardly seen, or whose camera is turned, at most two,
 * and three for two where that lasts.
 */
export class AnyWayUp {
  readonly #find: Find;
  #quarters: Quarters = 0;
  #looks = 0;
  #tried = 0;

  constructor(find: Find) {
    this.#find = find;
  }

  async next(pixels: Pixels): Promise<LookedUp> {
    const found = await this.#looked(pixels);
    this.#quarters = found === null ? 0 : nextQuarters(found);
    return toldOf(found, pixels);
  }

  async #looked(pixels: Pixels): Promise<Found | null> {
    const found = await lookTurned(this.#find, pixels, this.#quarters);
    if (found === null || !isSure(found.faces)) return better(found, await this.#elsewhere(pixels));
    this.#tried = 0;
    this.#looks += 1;
    return this.#looks % between === 2
      ? better(found, await lookTurned(this.#find, pixels, opposite(found.quarters)))
      : found;
  }

  async #elsewhere(pixels: Pixels): Promise<Found | null> {
    this.#looks = 0;
    if (this.#quarters !== 0) return lookTurned(this.#find, pixels, 0);
    const tried = this.#tried++;
    if (tried >= eachOf && tried % 2 === 1) return null;
    const way = tried < eachOf ? tried : tried / 2;
    return lookTurned(this.#find, pixels, others[way % others.length] ?? 2);
  }
}

/** Finds faces in a picture that stands by itself, of which there is no next one: it is looked at every way up. */
export async function lookEveryWayUp(find: Find, pixels: Pixels): Promise<LookedUp> {
  let best = await lookTurned(find, pixels, 0);
  for (const quarters of others) best = better(best, await lookTurned(find, pixels, quarters));
  return toldOf(best, pixels);
}

async function lookTurned(find: Find, pixels: Pixels, quarters: Quarters): Promise<Found | null> {
  const turned = turnedPicture(pixels, quarters);
  const faces = await find(turned);
  const [face] = faces;
  if (face === undefined || (quarters !== 0 && !isSure(faces))) return null;
  return { quarters, pixels: turned, faces };
}

// The first stays where the other is not better: upright is what a picture is unless something speaks for another way.
function better(first: Found | null, other: Found | null): Found | null {
  if (first === null || other === null) return first ?? other;
  return weight(other) > weight(first) ? other : first;
}

// Of two ways up the one in which the face stands upright: a finder that turns by itself finds it lying, too, and less exactly.
function weight({ faces: [face] }: Found): number {
  return face === undefined ? 0 : sureness(face) * Math.cos((Math.min(90, Math.abs(face.turned.roll)) * Math.PI) / 180);
}

function isSure([face]: readonly FoundFace[]): boolean {
  return face !== undefined && sureness(face) >= sure;
}

function sureness({ certainty, atSight }: FoundFace): number {
  return certainty * atSight;
}

const opposite = (quarters: Quarters): Quarters => turnedBy(quarters, 2);

function turnedBy(quarters: Quarters, more: Quarters): Quarters {
  return ((quarters + more) % 4) as Quarters;
}

// A face found lying stands upright in a picture turned by as much; one that may be none says nothing of it.
function nextQuarters({ quarters, faces }: Found): Quarters {
  const [face] = faces;
  return face === undefined || !isSure(faces) ? 0 : turnedBy(quarters, quartersTo(face.turned.roll));
}

function toldOf(found: Found | null, pixels: Pixels): LookedUp {
  const [face] = found?.faces ?? [];
  if (found === null || face === undefined) return { faces: [], upright: null };
  return {
    faces: found.faces.map((each) => turnedBack(each, found.quarters, pixels)),
    upright: { pixels: found.pixels, face },
  };
}
