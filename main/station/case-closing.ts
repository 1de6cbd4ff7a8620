import type { DecisionInput } from '../../preload/contract.ts';
import type { House, QueueChange } from '../house/house.ts';
import { refuseFirst } from '../house/referral-deciders.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { Operator } from '../store/operators/operator.ts';
import { refuseOtherPolicy } from '../verification/closing.ts';
import { goOnHindrance, isSameVerdict } from '../verification/decision.ts';
import type { CaseFacts, Decider } from '../verification/types.ts';
import { assertGround, type CaseFile, factsOf, groundOf, roleOf, verdictOf } from './case-file.ts';
import { deciderFrom, decisionFrom, reasonFrom } from './decision.ts';
import { lookUpHolderAgain } from './holder-again.ts';
import type { Reading } from './reading.ts';
import { referralFrom } from './referred-cases.ts';
import { reuseAgain } from './reuse.ts';
import { endReadings, isReadingNow } from './second-document.ts';
import { deskPatienceMillis, type Timers } from './timers.ts';

/** What the page is told of a record. */
export interface SealedCase {
  readonly recordId: string;
  readonly hash: string;
}

export interface ClosingOptions {
  readonly house: House;
  readonly timers: Pick<Timers, 'after'>;
  /** Who is signed in; null where nobody is or need be. */
  readonly operator: () => Operator | null;
  /** Whether referred cases wait here for a colleague. */
  readonly hasQueue: () => boolean;
  /** A case has ended and left its record. */
  readonly closed: () => void;
  /** The end of a case has begun, or it came to nothing. */
  readonly changed: () => void;
}

/** So often is a record tried while another process writes, with a pause between: half a minute in all. */
const mostTries = 20;
const pauseMillis = 1_000;

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
   * Ends the case as staff decided. What was read is judged once more before: a list that arrived meanwhile, a day that went by,
   * another policy, or what is on file of the customer now counts. Fails with `decision.verdict-changed` where that changes what staff saw, and as `decide` does.
   */
  decide(file: CaseFile, input: DecisionInput): Promise<SealedCase> {
    const { house } = this.#options;
    return this.#alone(async () => {
      assertGround(house, file, 'decide');
      if (isReadingNow(file)) throw new Failure('case.busy');
      // Another process may have brought a policy, or blocked the document, since the page was told: it sees that before it decides.
      const shown = file.shown ?? verdictOf(house, file);
      // Whoever asked decides, and with their own role: somebody else may sign in while it is judged.
      const by = this.#by(input.sign, file);
      const { handledBy } = file;
      const judgedAt = house.writtenElsewhere();
      await judgeCaseAgain(house, file);
      await lookUpHolderAgain(house, file, input.outcome);
      const ground = groundOf(house, file);
      if (shown === null || ground === null) throw new Failure('case.not-open', { step: 'decide' });
      if (isReadingNow(file) || file.handledBy !== handledBy) throw new Failure('case.busy');
      if (file.referral !== null) refuseFirst(file.referral, by, house.keeping.operators.bearers);
      return this.#seal(file, decisionFrom(input, ground, shown, by), judgedAt);
    });
  }

  /** Ends the case where it stands. */
  abandon(file: CaseFile, reason: string | null, sign: string | null): Promise<SealedCase> {
    return this.#alone(() => {
      file.reading.stop();
      file.second?.reading.stop();
      const by = this.#by(sign, file);
      return this.#seal(file, { outcome: 'abandoned', reason: reasonFrom(reason), by }, null);
    });
  }

  // Where nobody is signed in any more it was the last one who had it.
  #by(sign: string | null, { handledBy }: CaseFile): Decider {
    const { house, operator } = this.#options;
    return deciderFrom(sign, house.operatingSystemUser, operator() ?? handledBy.at(-1) ?? null);
  }

  /**
   * The case ends with its record or not at all: while another process writes it is tried again, and where that lasts
   * (`storage.busy`) the case stays open as it was. Much may come to pass in half a minute, and what the folder waited for may be
   * just that: each further try judges once more, and the first where somebody wrote since (`judgedAt`, as `House.writtenElsewhere`).
   */
  async #seal(file: CaseFile, decision: Parameters<typeof factsOf>[2], judgedAt: number | null): Promise<SealedCase> {
    const { house, closed } = this.#options;
    const decided = factsOf(house, file, decision);
    const [queue, asRole] = [this.#queueChange(file, decided), roleOf(file)];
    const { id, hash } = await this.#patiently(async (tries) => {
      const isOlder = tries > 1 || house.writtenElsewhere() !== judgedAt;
      const facts = isOlder ? await judgedOnceMore(house, file, decided) : decided;
      try {
        return await house.keepRecord(facts, queue, asRole);
      } catch (thrown) {
        // Somebody came on file meanwhile: who decides is to see it.
        if (asFailure(thrown).code === 'decision.verdict-changed') await judgeCaseAgain(house, file);
        throw thrown;
      }
    });
    // Nothing of the customer stays: the case goes, its evidence goes, the training plate is cleared.
    endReadings(file);
    house.plate?.lift();
    closed();
    return { recordId: id, hash };
  }

  // Referred, a case waits for a colleague where there can be one; decided, it waits no more.
  #queueChange(file: CaseFile, { decision, verdict, endedAt }: CaseFacts): QueueChange {
    if (file.referral !== null) return { take: file.referral.id };
    if (decision.outcome !== 'refer' || !this.#options.hasQueue()) return {};
    const { by, reason } = decision;
    const put = referralFrom(this.#options.house, file, { at: endedAt, by, reason, verdict });
    return put === null ? {} : { put };
  }

  async #patiently<Kept>(keep: (tries: number) => Promise<Kept>): Promise<Kept> {
    const { house, timers } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        // Asked first, for a moment only: the desk stands still while a record waits for its turn.
        house.refuseIfBusy(deskPatienceMillis);
        return await keep(tries);
      } catch (thrown) {
        if (asFailure(thrown).code !== 'storage.busy' || tries === mostTries) throw thrown;
        await new Promise<void>((resolve) => timers.after(pauseMillis, resolve));
      }
    }
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

// Going on is as open as it was when staff decided, and on the same verdict: the policy in force, today's lists and register, the order,
// its bank, the age of what was read. What gives nothing to anybody ends as it was decided.
async function judgedOnceMore(house: House, file: CaseFile, decided: CaseFacts): Promise<CaseFacts> {
  const { decision, verdict, handledBy } = decided;
  if (decision.outcome !== 'go-on') return decided;
  refuseOtherPolicy(decided, house.policy);
  await judgeCaseAgain(house, file);
  await lookUpHolderAgain(house, file, decision.outcome);
  const ground = groundOf(house, file);
  if (ground === null || !isSameVerdict(ground.verdict, verdict)) throw new Failure('decision.verdict-changed');
  const hindrance = goOnHindrance(ground);
  if (hindrance !== null) throw new Failure(hindrance);
  // Who had it is as it was then: somebody else may have signed in meanwhile.
  const { handledBy: _, ...now } = factsOf(house, file, decision);
  return handledBy === undefined ? now : { ...now, handledBy };
}

/**
 * Judges what the case has read for today and by the lists that are there now. An earlier judging may have ended meanwhile, by
 * the lists that were there then: what it left is judged once more, so that the last one that was asked for counts.
 */
export async function judgeCaseAgain(
  house: Pick<House, 'judgeAgain' | 'policy' | 'earlierCase' | 'reusableCase' | 'now'>,
  file: CaseFile,
): Promise<void> {
  // What was not read here has nothing to judge again: whether it still counts is looked up.
  if (file.reused !== null) reuseAgain(house, file);
  else await judgeReadingAgain(house, file.reading, file.order?.hash);
  // The order is the first document's to confirm.
  if (file.second !== null) await judgeReadingAgain(house, file.second.reading);
}

async function judgeReadingAgain(
  house: Pick<House, 'judgeAgain'>,
  reading: Reading,
  orderHash?: string,
): Promise<void> {
  for (;;) {
    const { inspection } = reading.evidence;
    if (inspection === null || reading.busy) return;
    if (reading.judgedAgain(inspection, await house.judgeAgain(inspection, orderHash))) return;
  }
}
