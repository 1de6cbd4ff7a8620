import type { DecisionInput } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import { assertGround, type CaseFile, factsOf, groundOf, verdictOf } from './case-file.ts';
import { deciderFrom, decisionFrom, reasonFrom } from './decision.ts';

/** What the page is told of a record. */
export interface SealedCase {
  readonly recordId: string;
  readonly hash: string;
}

export interface ClosingOptions {
  readonly house: House;
  /** A case has ended and left its record. */
  readonly closed: () => void;
  /** The end of a case has begun, or it came to nothing. */
  readonly changed: () => void;
}

/** How cases end: judged once more, decided or abandoned, sealed. One at a time, and nothing else meanwhile. */
export class CaseClosing {
  readonly #options: ClosingOptions;
  #current: Promise<unknown> | null = null;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  get underWay(): boolean {
    return this.#current !== null;
  }

  /** Resolves once no case is being ended any more, however that went. */
  async settled(): Promise<void> {
    await this.#current?.catch(() => undefined);
  }

  /**
   * Ends the case as staff decided. What was read is judged once more before: a list that arrived meanwhile, a day that went by
   * or another policy counts. Fails with `decision.verdict-changed` where that changes what staff saw, and as `decide` does.
   */
  decide(file: CaseFile, input: DecisionInput): Promise<SealedCase> {
    const { house } = this.#options;
    return this.#alone(async () => {
      assertGround(house, file, 'decide');
      if (file.reading.busy) throw new Failure('case.busy');
      const shown = verdictOf(house, file);
      await judgeAgain(house, file);
      const ground = groundOf(house, file);
      if (shown === null || ground === null) throw new Failure('case.not-open', { step: 'decide' });
      if (file.reading.busy) throw new Failure('case.busy');
      return this.#seal(file, decisionFrom(input, ground, shown, house.operatingSystemUser));
    });
  }

  /** Ends the case where it stands. */
  abandon(file: CaseFile, reason: string | null, sign: string | null): Promise<SealedCase> {
    const { house } = this.#options;
    return this.#alone(() => {
      file.reading.stop();
      const by = deciderFrom(sign, house.operatingSystemUser);
      return this.#seal(file, { outcome: 'abandoned', reason: reasonFrom(reason), by });
    });
  }

  async #seal(file: CaseFile, decision: Parameters<typeof factsOf>[2]): Promise<SealedCase> {
    const { house, closed } = this.#options;
    const { id, hash } = await house.keepRecord(factsOf(house, file, decision));
    // Nothing of the customer stays: the case goes, its evidence goes, the training plate is cleared.
    file.reading.end();
    house.plate?.lift();
    closed();
    return { recordId: id, hash };
  }

  async #alone(end: () => Promise<SealedCase>): Promise<SealedCase> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#current = promise;
    try {
      return await end();
    } finally {
      this.#current = null;
      resolve();
      this.#options.changed();
    }
  }
}

/**
 * Judges what the case has read for today and by the lists that are there now. An earlier judging may have ended meanwhile, by
 * the lists that were there then: what it left is judged once more, so that the last one that was asked for counts.
 */
export async function judgeAgain(house: Pick<House, 'judgeAgain'>, { reading }: CaseFile): Promise<void> {
  for (;;) {
    const { inspection } = reading.evidence;
    if (inspection === null || reading.busy) return;
    if (reading.judgedAgain(inspection, await house.judgeAgain(inspection))) return;
  }
}
