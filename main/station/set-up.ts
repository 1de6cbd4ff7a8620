import * as v from 'valibot';
import { type SetUpStep, setUpKeptSchema } from '../../preload/set-up-contract.ts';
import type { House } from '../house/house.ts';
import { asFailure } from '../result/failure.ts';

const setting = 'set-up';

/** What is kept of a set-up across restarts: where it stands, and what nothing else tells. */
export type KeptSetUp = v.InferOutput<typeof setUpKeptSchema>;

const beginning: KeptSetUp = { over: false, step: 'station', skipped: [], saidCase: false, draft: null, reader: null };
const notNeeded: KeptSetUp = { ...beginning, over: true };

type SetUpHouse = Pick<House, 'kind' | 'keeping' | 'keyKind' | 'records'>;

/**
 * The first set-up of a station. It begins at the first start of a folder that nobody has set up by any door, and is kept from then on:
 * a restart goes on where it stood, until somebody ends it.
 */
export class FirstSetUp {
  readonly #house: SetUpHouse;
  #kept: KeptSetUp = notNeeded;

  constructor(house: SetUpHouse) {
    this.#house = house;
  }

  /** Finds out whether it is under way, or begins here. What cannot be kept begins at another start. */
  async look(): Promise<void> {
    // Somebody may end it while the folder is looked through.
    if (!this.#read() && (await isNew(this.#house)) && !this.#read()) this.#begin();
  }

  /** Where it stands; null once it is over, and where none was needed. */
  get step(): SetUpStep | null {
    return this.#kept.over ? null : this.#kept.step;
  }

  get kept(): KeptSetUp {
    return this.#kept;
  }

  /** Fails as writing a setting does. */
  change(now: Partial<KeptSetUp>): void {
    const next = { ...this.#kept, ...now };
    this.#house.keeping.settings.set(setting, next);
    this.#kept = next;
  }

  /** A case was decided: in training that is what the set-up leads to, and it ends (true). The case stands, whatever comes of this. */
  caseDecided(): boolean {
    if (this.#kept.over || this.#house.kind !== 'training') return false;
    this.#unlessBusy(() => this.change({ over: true, step: 'overview' }));
    return this.#kept.over;
  }

  #read(): boolean {
    const kept = v.safeParse(setUpKeptSchema, this.#house.keeping.settings.get(setting));
    if (kept.success) this.#kept = kept.output;
    return kept.success;
  }

  #begin(): void {
    this.#unlessBusy(() => this.change(beginning));
  }

  #unlessBusy(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      // Told by whatever else needs the folder: this can wait.
      if (!asFailure(thrown).code.startsWith('storage.') && asFailure(thrown).code !== 'trust.tampered') throw thrown;
    }
  }
}

// Nobody has said what it is, nobody signs in, nothing is believed and no case was taken, by this door or the other one.
async function isNew(house: SetUpHouse): Promise<boolean> {
  const { keeping } = house;
  if (keeping.station.kind() !== null || keeping.station.name() !== null) return false;
  if (keeping.operators.state() !== 'none') return false;
  // Locked, it tells nothing of its cases; one without a key has none.
  if (house.keyKind() === 'locked') return keeping.keptBy().length === 0;
  // A training folder brings its issuers along.
  if (house.kind === 'ordinary' && (await keeping.report.state()).certificates > 0) return false;
  return (await house.records({ limit: 1, offset: 0 })).length === 0;
}
