import type { CaseView } from '../../preload/contract.ts';
import { digest } from '../crypto/hash.ts';
import type { FaceImage } from '../document/types.ts';
import { toHex } from '../result/bytes.ts';
import type { Evidence } from './reading-progress.ts';

/** What is known of the chip's portrait, as the page is told it (`caseSchema.portrait`). */
export type PortraitState = CaseView['portrait'];

const mostBroken = 100;

/**
 * Stands between the chip's portrait and the page that decodes it. A portrait is given out only once it is known whether
 * EF.SOD vouches for it, and never again after it took the page down with it or turned out to be no picture: otherwise the
 * page that starts again would fetch it and go down again. Remembered by digest until the app ends, whoever lays it down.
 */
export class PortraitGuard {
  readonly #broken = new Set<string>();
  #decoding: string | null = null;

  state({ portrait, checks, inspection }: Evidence): PortraitState {
    if (portrait === null) return 'none';
    const integrity = integrityOf(checks);
    if (integrity === null && inspection === null) return 'none';
    // Digests are only made where one is looked for: this is asked with every step of a reading.
    if (this.#broken.size > 0 && this.#broken.has(nameOf(portrait))) return 'broken';
    if (integrity === 'identical') return 'verified';
    return integrity === 'not identical' ? 'altered' : 'unverified';
  }

  /** The portrait for the page to decode; null where there is none, or none that may be decoded. */
  give(evidence: Evidence): FaceImage | null {
    const state = this.state(evidence);
    if (evidence.portrait === null || state === 'none' || state === 'broken') return null;
    this.#decoding = nameOf(evidence.portrait);
    return evidence.portrait;
  }

  /** The page has decoded what it was given, or could not. */
  decoded(shown: boolean): void {
    if (!shown) this.#remember();
    this.#decoding = null;
  }

  /** The page is gone. If it was decoding a portrait, that is what took it down, as far as anybody can tell. */
  pageGone(): void {
    this.#remember();
    this.#decoding = null;
  }

  #remember(): void {
    if (this.#decoding === null) return;
    const [oldest] = this.#broken;
    if (this.#broken.size >= mostBroken && oldest !== undefined) this.#broken.delete(oldest);
    this.#broken.add(this.#decoding);
  }
}

// What passive authentication came to for DG2; null where it has not come to anything yet.
function integrityOf(checks: Evidence['checks']): unknown {
  const groups = checks.find(({ id }) => id === 'passive-authentication.hashes')?.detail.dataGroups;
  return typeof groups === 'object' && groups !== null && 'DG2' in groups ? groups.DG2 : null;
}

function nameOf({ bytes }: FaceImage): string {
  return toHex(digest('SHA-256', bytes));
}
