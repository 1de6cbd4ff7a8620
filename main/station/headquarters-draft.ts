import { basename } from 'node:path';
import type { HeadquartersChosen } from '../../preload/contract.ts';
import { headquartersBounds } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { readInputFile } from '../machine/input-file.ts';
import { longest } from '../result/bounds.ts';
import { toHex } from '../result/bytes.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import { certificateView } from './headquarters-view.ts';

type Fleet = House['fleet'];
type Offered = ReturnType<Fleet['offered']>;
type Part = ReturnType<Fleet['partOf']> | 'passphrase' | 'password';

interface Chosen {
  readonly part: Part;
  readonly name: string;
  readonly bytes: Uint8Array;
}

const largestFile = 64 * 1024;

/**
 * The files that somebody chose to set headquarters with, before two people confirm it. Of one run of the app, in memory alone; the
 * page is told their names, what they are, and what of them is public.
 */
export class HeadquartersDraft {
  readonly #fleet: Pick<Fleet, 'partOf' | 'offered'>;
  #chosen: readonly Chosen[] = [];

  constructor(fleet: Pick<Fleet, 'partOf' | 'offered'>) {
    this.#fleet = fleet;
  }

  /** What was chosen; another object with each change. */
  get chosen(): readonly Chosen[] {
    return this.#chosen;
  }

  /** What it comes to. */
  offered(): Offered {
    return this.#fleet.offered(Object.fromEntries(this.#chosen.map(({ part, bytes }) => [part, bytes])));
  }

  /**
   * Takes files, each in the place of the one that was the same before; `as` says what nothing in a file tells. All or none: fails
   * with `input.unreadable`, `input.too-large`, `fleet.malformed`, each with the name of the `file` at fault.
   */
  take(paths: readonly string[], as: 'passphrase' | 'password' | null): void {
    const taken: Chosen[] = [];
    for (const path of paths) {
      const name = cleanText(basename(path)).slice(-longest.fileName);
      try {
        if (taken.length === headquartersBounds.files) throw new Failure('fleet.malformed', { part: 'file' });
        const bytes = readInputFile(path, largestFile);
        const part = as ?? this.#fleet.partOf(bytes);
        if (taken.some((other) => other.part === part)) throw new Failure('fleet.malformed', { part });
        taken.push({ part, name, bytes });
      } catch (thrown) {
        wipe(taken);
        // Where it lies is nothing for a page.
        const { code } = asFailure(thrown);
        throw new Failure(code, { file: name }, thrown);
      }
    }
    const isNew = ({ part }: Chosen): boolean => taken.some((other) => other.part === part);
    wipe(this.#chosen.filter(isNew));
    this.#chosen = [...this.#chosen.filter((each) => !isNew(each)), ...taken];
  }

  /** Forgets all of it. */
  leave(): void {
    wipe(this.#chosen);
    this.#chosen = [];
  }

  /** As the page sees it; null where nothing was chosen. */
  view(today: string): HeadquartersChosen | null {
    if (this.#chosen.length === 0) return null;
    const { certificate, authority, sealingKey, issuingKey, hindrance } = this.offered();
    const certificates: Partial<Record<Part, Offered['certificate']>> = { certificate, authority };
    const keys: Partial<Record<Part, Uint8Array | null>> = { sealing: sealingKey, issuing: issuingKey };
    return {
      files: this.#chosen.map(({ part, name }) => {
        const told = certificates[part] ?? null;
        const key = keys[part] ?? null;
        return {
          ...{ part, name },
          certificate: told === null ? null : certificateView(told, today),
          publicKey: key === null ? null : toHex(key),
        };
      }),
      ready: sealingKey !== null && hindrance === null,
      hindrance: hindrance === null ? null : hindrance.code,
    };
  }
}

function wipe(chosen: readonly Chosen[]): void {
  for (const { bytes } of chosen) bytes.fill(0);
}
