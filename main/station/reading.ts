import type { ReadingView } from '../../preload/contract.ts';
import type { AccessKey } from '../chip/access-key.ts';
import type { House } from '../house/house.ts';
import { accessDelay } from '../inspection/access-delay.ts';
import { carriedOver, isInterruption, isOtherCard, isWrongKey, mostAutomaticReadings } from '../inspection/outcome.ts';
import type { InspectionOrder } from '../inspection/request.ts';
import type { Inspection, InspectionProgress, ResumeState } from '../inspection/types.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import { ChipWait } from './chip-wait.ts';
import { Countdown } from './countdown.ts';
import type { ReadingEnd } from './one-reading.ts';
import type { ReaderWatch } from './reader-watch.ts';
import { minutesBetween, type ReadingTime } from './reading-age.ts';
import {
  advance,
  type Evidence,
  evidenceOf,
  gather,
  heldPosition,
  noEvidence,
  startPosition,
  stepsView,
} from './reading-progress.ts';
import { ReadingRuns } from './reading-runs.ts';
import { deskPatienceMillis, type Timers } from './timers.ts';

/** What a case's reading needs around it. */
export interface ReadingSurroundings {
  readonly house: Pick<House, 'readers' | 'inspect' | 'now' | 'refuseIfBusy'>;
  readonly watch: ReaderWatch;
  readonly timers: Timers;
  /** What the case asks of a reading beside its key. */
  readonly order: () => Omit<InspectionOrder, 'accessKey' | 'resume'>;
  /** Something that people see has changed. */
  readonly changed: () => void;
  /** A little more was read. */
  readonly progressed: () => void;
  /** Another chip was laid down than the one whose reading broke off: what staff answered to that one is void. */
  readonly otherChip: () => void;
  /** The reading of the document that lay there before; what has lain there since is that one, and is not tried with another's key. */
  readonly after?: Reading;
}

/**
 * The reading of one case's document, from the key to the finished inspection. It begins by itself when a document and a
 * key are there. When a torn document is laid back or the reader returns it goes on with the bytes that are missing; with
 * another document it starts afresh. A refused key is never tried again by itself, nor while the chip makes us wait.
 */
export class Reading {
  readonly #around: ReadingSurroundings;
  #key: AccessKey | null = null;
  #state: ReadingView['state'] = 'idle';
  #code: FailureCode | null = null;
  #evidence = noEvidence;
  #readAt: ReadingTime | null = null;
  #position = startPosition;
  /** What a torn reading of this key left. */
  #resume: ResumeState | null = null;
  #laidBack: ReadingView['laidBack'] = null;
  readonly #delay: Countdown;
  readonly #wait: ChipWait;
  readonly #runs: ReadingRuns;
  #taps = 0;
  #automatic = 0;
  #arrivalsSeen = 0;
  /** The arrivals that were the document before; null where there was none. */
  readonly #arrivalsBefore: number | null;
  /** Where the reading is, or the last one was. */
  #reader: string | null = null;
  /** How often in a row the card was another program's. */
  #refusals = 0;
  /** What was read last is no travel document. */
  #otherCard = false;
  /** It was lifted since. */
  #otherCardLifted = false;
  #over = false;

  constructor(around: ReadingSurroundings) {
    this.#around = around;
    this.#arrivalsBefore = around.after === undefined ? null : around.after.#arrivalsSeen;
    this.#delay = new Countdown(around.timers, () => {
      if (!this.#over) around.changed();
    });
    this.#wait = new ChipWait(around.watch, around.timers, (code) => this.#enter('no-chip', code));
    this.#runs = new ReadingRuns(around.house, around.timers);
  }

  get busy(): boolean {
    return this.#runs.busy;
  }

  get taps(): number {
    return this.#taps;
  }

  get evidence(): Evidence {
    return this.#evidence;
  }

  /** When what is there was read (ISO 8601 with `Z`); null without a reading that has ended. */
  get readAt(): string | null {
    return this.#evidence.inspection === null ? null : (this.#readAt?.instant ?? null);
  }

  /** How old what was read is, in minutes; infinite without a reading that has ended. */
  get ageMinutes(): number {
    return this.readAt === null || this.#readAt === null
      ? Number.POSITIVE_INFINITY
      : minutesBetween(this.#readAt, this.#time());
  }

  /** What was read for a case that was referred, or for an earlier one that counts in this. While no chip is read. */
  restore(inspection: Inspection, readAt: string, taps: number): void {
    this.#evidence = evidenceOf(inspection);
    this.#readAt = { instant: readAt, millis: this.#around.timers.millis() };
    this.#taps = taps;
    this.#otherCard = false;
    this.#state = 'done';
  }

  /** Takes what was read as it is judged now; false where something else stands there since. */
  judgedAgain(before: Inspection, now: Inspection): boolean {
    if (this.#evidence.inspection !== before || this.busy) return false;
    this.#evidence = evidenceOf(now);
    return true;
  }

  view(): ReadingView {
    return {
      state: this.#state,
      code: this.#state === 'waiting' ? this.#around.watch.hindrance : this.#code,
      steps: stepsView(this.#position),
      file: this.#position.file,
      bytesRead: this.#position.bytesRead,
      bytesTotal: this.#position.bytesTotal,
      seconds: Math.round(this.#runs.seconds * 10) / 10,
      taps: this.#taps,
      laidBack: this.#laidBack,
      delay: this.#delay.view,
    };
  }

  /**
   * Takes another key; what was read with the last one is forgotten. Fails with `case.busy` while a chip is read, with
   * `access.delayed` while it makes us wait, and with `storage.busy` while no record could be kept of it.
   */
  setKey(key: AccessKey): void {
    this.#refuseWhileBusy();
    this.#refuseWhileDelayed();
    this.#refuseWithoutRecord();
    this.#key = key;
    this.#resume = null;
    this.#start(!this.#otherLies);
  }

  /**
   * Reads what lies on the reader, or waits for it. What was shown of the last reading is forgotten; where it was torn, the
   * same document is read on. Fails with `access.key-missing`, `case.busy`, `access.delayed`, `storage.busy`.
   */
  tap(): void {
    this.#refuseWhileBusy();
    if (this.#key === null) throw new Failure('access.key-missing');
    this.#refuseWhileDelayed();
    this.#refuseWithoutRecord();
    this.#start(true);
  }

  /**
   * What was read was for another order, or for none: it is forgotten, the key stays, and staff tap again. Fails with `case.busy`
   * while a chip is read. A reading that has not come to an end goes on for what the case asks for then.
   */
  forgetForOrder(): void {
    this.#refuseWhileBusy();
    if (this.#evidence.inspection === null || this.#state === 'interrupted') return;
    this.#resume = null;
    this.#laidBack = null;
    this.#evidence = noEvidence;
    this.#position = startPosition;
    this.#runs.forget();
    this.#enter('failed', 'order.other-proof');
  }

  /** What was read counts no more; the next document is waited for as if it were the first. Fails with `case.busy` while a chip is read. */
  forget(): void {
    this.#refuseWhileBusy();
    this.#resume = null;
    this.#evidence = noEvidence;
    this.#position = startPosition;
    this.#readAt = null;
    this.#enter('idle', null);
  }

  /** Ends what is under way; staff tap to begin again. */
  stop(): void {
    if (this.#state !== 'waiting' && this.#state !== 'no-chip' && this.#state !== 'interrupted' && !this.busy) return;
    this.#runs.leave();
    this.#resume = null;
    this.#enter('failed', 'inspection.cancelled');
  }

  /** The case is over: the chip is left, and nothing of it is kept. */
  end(): void {
    this.#over = true;
    this.#runs.leave();
    this.#wait.stop();
    this.#delay.stop();
    this.#key = null;
    this.#resume = null;
    this.#evidence = noEvidence;
    this.#position = startPosition;
  }

  /** The readers, their cards or their service changed. `awaited`: people look at this document's reading now. */
  readersChanged(awaited = true): void {
    if (this.#over || this.busy) return;
    if (this.#otherCard && !this.#lies(this.#reader)) this.#otherCardLifted = true;
    const resumes =
      this.#state === 'waiting' ||
      this.#state === 'no-chip' ||
      this.#state === 'interrupted' ||
      (this.#state === 'failed' && this.#code === 'reader.shared') ||
      // What was read was no document, and one is laid on another reader, or here in its place.
      (this.#state === 'done' &&
        this.#otherCard &&
        (this.#cardReader() !== this.#reader || (awaited && this.#otherCardLifted)));
    if (resumes && this.#around.watch.arrivals > this.#arrivalsSeen && this.#cardReader() !== null) {
      this.#refusals = 0;
      this.#begin();
    } else if (this.#state === 'waiting') this.#follow();
  }

  /** Whether what lies on the reader is still the document before. */
  get #otherLies(): boolean {
    return this.#arrivalsBefore !== null && this.#around.watch.arrivals <= this.#arrivalsBefore;
  }

  // While the one before lies there nobody waits for an answer: people are about to change them.
  #follow(): void {
    if (this.#otherLies && this.#cardReader() !== null) this.#wait.stop();
    else this.#wait.follow();
  }

  #time(): ReadingTime {
    return { instant: this.#around.house.now(), millis: this.#around.timers.millis() };
  }

  #refuseWhileBusy(): void {
    if (this.busy) throw new Failure('case.busy');
  }

  #refuseWhileDelayed(): void {
    const { left } = this.#delay;
    if (left > 0) throw new Failure('access.delayed', { seconds: left });
  }

  // Nobody lays a document down for a case that could leave no record.
  #refuseWithoutRecord(): void {
    this.#around.house.refuseIfBusy(deskPatienceMillis);
  }

  #start(atOnce: boolean): void {
    this.#automatic = 0;
    this.#refusals = 0;
    this.#delay.stop();
    this.#laidBack = null;
    // Another document may be laid down now: what the last one showed says nothing of it.
    this.#evidence = noEvidence;
    this.#position = startPosition;
    this.#runs.forget();
    this.#around.watch.lookAgain();
    if (atOnce && this.#cardReader() !== null) this.#begin();
    else this.#waitForChip();
  }

  #waitForChip(): void {
    this.#wait.stop();
    this.#arrivalsSeen = Math.max(this.#arrivalsSeen, this.#arrivalsBefore ?? 0);
    this.#enter('waiting', null);
    this.#follow();
  }

  #cardReader(): string | null {
    const chosen = this.#around.watch.chosen;
    return chosen?.state === 'card' ? chosen.name : null;
  }

  // Whoever had the card has let it go before this end was known: no change will tell it any more.
  #isLetGo(name: string | null): boolean {
    return this.#around.watch.readers.some((each) => each.name === name && each.state === 'card');
  }

  // A card that another program holds for a moment lies there all the time.
  #lies(name: string | null): boolean {
    const reader = this.#around.watch.readers.find((each) => each.name === name);
    return reader?.state === 'card' || reader?.state === 'in-use';
  }

  #begin(): void {
    const reader = this.#cardReader();
    const key = this.#key;
    if (reader === null || key === null) return;
    try {
      this.#refuseWithoutRecord();
    } catch (thrown) {
      this.#arrivalsSeen = this.#around.watch.arrivals;
      this.#enter('failed', asFailure(thrown).code);
      return;
    }
    this.#wait.stop();
    this.#reader = reader;
    this.#otherCard = false;
    this.#otherCardLifted = false;
    this.#arrivalsSeen = this.#around.watch.arrivals;
    // Nothing of a torn document is shown until the chip that lies there now is known to be the same.
    this.#evidence = noEvidence;
    this.#position = this.#resume === null ? startPosition : heldPosition(this.#position);
    this.#laidBack = null;
    const order = (): InspectionOrder => ({ ...this.#around.order(), accessKey: key, resume: this.#resume });
    this.#runs.begin(reader, order, {
      connected: () => {
        this.#taps += 1;
      },
      heard: (news) => this.#hear(news),
      ended: (end) => this.#settle(end),
    });
    this.#enter('reading', null);
  }

  #hear(news: InspectionProgress): void {
    if (news.type === 'resume') this.#laidBackIs(news.sameChip ? 'same-chip' : 'other-chip');
    this.#evidence = gather(this.#evidence, news);
    this.#position = advance(this.#position, news);
    this.#around.progressed();
  }

  #laidBackIs(chip: NonNullable<ReadingView['laidBack']>): void {
    this.#laidBack = chip;
    if (chip === 'same-chip') return;
    this.#resume = null;
    this.#around.otherChip();
  }

  #settle({ outcome, inspection, connected }: ReadingEnd): void {
    if (inspection !== null) {
      this.#evidence = evidenceOf(inspection);
      this.#readAt = this.#time();
    }
    // The key opened the chip that was torn away: the one that refuses it now is most likely another.
    if (this.#resume !== null && isWrongKey(outcome.code)) this.#laidBackIs('not-opened');
    this.#resume = carriedOver(this.#resume, outcome, inspection);
    const delayMillis = inspection === null ? null : accessDelay(inspection.checks);
    if (delayMillis !== null) this.#delay.start(delayMillis);
    this.#otherCard = inspection !== null && isOtherCard(inspection);
    if (outcome.state === 'done' && !this.#otherCard && this.#reader !== null) this.#around.watch.wasRead(this.#reader);
    const refused = outcome.code === 'reader.shared';
    this.#refusals = refused ? this.#refusals + 1 : 0;
    if (refused && this.#refusals === 1 && this.#isLetGo(this.#reader)) {
      this.#begin();
      return;
    }
    if ((this.#otherCard || refused) && this.#goToAnotherReader()) return;
    if (outcome.state !== 'interrupted') this.#enter(outcome.state, outcome.code);
    else if (!connected && isAbsence(outcome.code)) this.#waitForChip();
    else this.#interrupted(outcome.code);
  }

  // A card that always lies in another reader is not the document, and one that another program holds is not to be had yet: one that
  // lies elsewhere may be it.
  #goToAnotherReader(): boolean {
    if (this.#reader === null) return false;
    if (this.#otherCard) this.#around.watch.passOver(this.#reader);
    else this.#around.watch.isHeld(this.#reader);
    const next = this.#cardReader();
    if (next === null || next === this.#reader) return false;
    this.#begin();
    return true;
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

  #enter(state: ReadingView['state'], code: FailureCode | null): void {
    if (state !== 'waiting') this.#wait.stop();
    this.#state = state;
    this.#code = code;
    if (!this.#over) this.#around.changed();
  }
}

function isAbsence(code: FailureCode): boolean {
  return code !== 'reader.service-stopped' && code !== 'reader.lost' && isInterruption(code);
}
