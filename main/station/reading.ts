import type { ReadingView } from '../../preload/contract.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { House } from '../house/house.ts';
import type { InspectionProgress } from '../inspection/types.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { ReaderWatch } from './reader-watch.ts';
import { isInterruption, outcomeOf, outcomeOfFailure, type ReadingOutcome } from './reading-outcome.ts';
import {
  advance,
  type Evidence,
  evidenceOf,
  gather,
  noEvidence,
  startPosition,
  stepsView,
} from './reading-progress.ts';
import type { Timers } from './timers.ts';

/** After so long without an answer the desk asks what was laid down. */
const noChipAfter = 10_000;

/** How often a torn reading begins again by itself before staff must say so. */
const mostAutomaticReadings = 8;

/** What a case's reading needs around it. */
export interface ReadingSurroundings {
  readonly house: Pick<House, 'readers' | 'inspect'>;
  readonly watch: ReaderWatch;
  readonly timers: Timers;
  /** Something that people see has changed. */
  readonly changed: () => void;
  /** A little more was read. */
  readonly progressed: () => void;
}

interface Run {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

type Ending = { readonly outcome: ReadingOutcome; readonly evidence: Evidence | null; readonly connected: boolean };

/**
 * The reading of one case's document, from the key to the finished inspection. It begins by itself when a document and a
 * key are there, goes on when a torn document is laid back or the reader returns, and never tries a refused key again.
 */
export class Reading {
  readonly #around: ReadingSurroundings;
  #key: AccessKey | null = null;
  #state: ReadingView['state'] = 'idle';
  #code: FailureCode | null = null;
  #evidence = noEvidence;
  #position = startPosition;
  #taps = 0;
  #automatic = 0;
  #arrivalsSeen = 0;
  #begunAt = 0;
  #seconds = 0;
  #run: Run | null = null;
  #lastEnded: Promise<void> = Promise.resolve();
  #cancelTimer: (() => void) | null = null;
  #over = false;

  constructor(around: ReadingSurroundings) {
    this.#around = around;
  }

  get busy(): boolean {
    return this.#run !== null;
  }

  get taps(): number {
    return this.#taps;
  }

  get evidence(): Evidence {
    return this.#evidence;
  }

  view(): ReadingView {
    const { timers, watch } = this.#around;
    const seconds = this.#run === null ? this.#seconds : (timers.millis() - this.#begunAt) / 1000;
    return {
      state: this.#state,
      code: this.#state === 'waiting' ? watch.hindrance : this.#code,
      steps: stepsView(this.#position),
      file: this.#position.file,
      bytesRead: this.#position.bytesRead,
      bytesTotal: this.#position.bytesTotal,
      seconds: Math.round(seconds * 10) / 10,
      taps: this.#taps,
    };
  }

  /** Takes another key; what was read with the last one is forgotten. Fails with `case.busy` while a chip is read. */
  setKey(key: AccessKey): void {
    this.#refuseWhileBusy();
    this.#key = key;
    this.#start();
  }

  /** Reads what lies on the reader, or waits for it; what was read before is forgotten. Fails with `access.key-missing`, `case.busy`. */
  tap(): void {
    this.#refuseWhileBusy();
    if (this.#key === null) throw new Failure('access.key-missing');
    this.#start();
  }

  /** Ends what is under way; staff tap to begin again. */
  stop(): void {
    if (this.#state !== 'waiting' && this.#state !== 'no-chip' && this.#state !== 'interrupted' && !this.busy) return;
    this.#leaveRun();
    this.#enter('failed', 'inspection.cancelled');
  }

  /** The case is over: the chip is left, and nothing of it is kept. */
  end(): void {
    this.#over = true;
    this.#leaveRun();
    this.#stopTimer();
    this.#key = null;
    this.#evidence = noEvidence;
    this.#position = startPosition;
  }

  /** The readers, their cards or their service changed. */
  readersChanged(): void {
    if (this.#over || this.busy) return;
    const resumes =
      this.#state === 'waiting' ||
      this.#state === 'no-chip' ||
      this.#state === 'interrupted' ||
      (this.#state === 'failed' && this.#code === 'reader.shared');
    if (resumes && this.#around.watch.arrivals > this.#arrivalsSeen && this.#cardReader() !== null) this.#begin();
    else if (this.#state === 'waiting') this.#watchForChip();
  }

  #refuseWhileBusy(): void {
    if (this.busy) throw new Failure('case.busy');
  }

  #start(): void {
    this.#automatic = 0;
    // Another document may be laid down now: what the last one showed says nothing of it.
    this.#evidence = noEvidence;
    this.#position = startPosition;
    this.#seconds = 0;
    if (this.#cardReader() !== null) this.#begin();
    else this.#wait();
  }

  #wait(): void {
    this.#stopTimer();
    this.#enter('waiting', null);
    this.#watchForChip();
  }

  // The ten seconds run only while a free reader could be answered by a chip.
  #watchForChip(): void {
    const { timers, watch } = this.#around;
    if (watch.hindrance !== null) this.#stopTimer();
    else {
      this.#cancelTimer ??= timers.after(noChipAfter, () => {
        this.#cancelTimer = null;
        this.#enter('no-chip', watch.chosen?.state === 'mute' ? 'card.mute' : 'card.absent');
      });
    }
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #cardReader(): string | null {
    const chosen = this.#around.watch.chosen;
    return chosen?.state === 'card' ? chosen.name : null;
  }

  #begin(): void {
    const { timers, watch } = this.#around;
    const reader = this.#cardReader();
    const key = this.#key;
    if (reader === null || key === null) return;
    this.#stopTimer();
    this.#arrivalsSeen = watch.arrivals;
    this.#begunAt = timers.millis();
    this.#evidence = noEvidence;
    this.#position = startPosition;
    const controller = new AbortController();
    const before = this.#lastEnded;
    const ending = before.then(() => this.#read(reader, key, controller.signal));
    const run: Run = {
      controller,
      ended: ending.then((end) => {
        if (this.#run === run) this.#settle(end);
      }),
    };
    this.#run = run;
    this.#lastEnded = run.ended;
    this.#enter('reading', null);
  }

  async #read(reader: string, accessKey: AccessKey, signal: AbortSignal): Promise<Ending> {
    const { house } = this.#around;
    let connected = false;
    try {
      if (signal.aborted) throw new Failure('inspection.cancelled');
      const connection = await house.readers.connect(reader);
      connected = true;
      try {
        this.#taps += 1;
        const onProgress = (news: InspectionProgress) => {
          if (!signal.aborted) this.#hear(news);
        };
        const inspection = await house.inspect({ connection, accessKey, signal, onProgress });
        return { outcome: outcomeOf(inspection), evidence: evidenceOf(inspection), connected };
      } finally {
        // The next access, ours or another program's, finds a chip without our session.
        await connection.close('reset');
      }
    } catch (thrown) {
      return { outcome: outcomeOfFailure(asFailure(thrown).code), evidence: null, connected };
    }
  }

  #hear(news: InspectionProgress): void {
    this.#evidence = gather(this.#evidence, news);
    this.#position = advance(this.#position, news);
    this.#around.progressed();
  }

  #settle({ outcome, evidence, connected }: Ending): void {
    this.#seconds = (this.#around.timers.millis() - this.#begunAt) / 1000;
    this.#run = null;
    if (evidence !== null) this.#evidence = evidence;
    if (outcome.state !== 'interrupted') this.#enter(outcome.state, outcome.code);
    else if (!connected && isAbsence(outcome.code)) this.#wait();
    else this.#interrupted(outcome.code);
  }

  #interrupted(code: FailureCode): void {
    this.#automatic += 1;
    if (this.#automatic > mostAutomaticReadings) {
      this.#enter('failed', code);
      return;
    }
    this.#enter('interrupted', code);
    // Another program reset the card while it lay there: no arrival will tell.
    if (code === 'card.reset' && this.#cardReader() !== null) this.#begin();
    else this.readersChanged();
  }

  #leaveRun(): void {
    if (this.#run === null) return;
    this.#seconds = (this.#around.timers.millis() - this.#begunAt) / 1000;
    this.#run.controller.abort();
    this.#run = null;
  }

  #enter(state: ReadingView['state'], code: FailureCode | null): void {
    if (state !== 'waiting') this.#stopTimer();
    this.#state = state;
    this.#code = code;
    if (!this.#over) this.#around.changed();
  }
}

function isAbsence(code: FailureCode): boolean {
  return code !== 'reader.service-stopped' && code !== 'reader.lost' && isInterruption(code);
}
