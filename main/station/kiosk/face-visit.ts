import type { KioskState } from '../../../preload/kiosk-contract.ts';
import { type ChallengeResult, type Light, lights, type Movement, movements } from '../../result/film-challenges.ts';
import type { ChallengeFindings } from '../../verification/film-findings.ts';
import type { Timers } from '../timers.ts';

type FaceState = NonNullable<KioskState['face']>;
type Ask = NonNullable<FaceState['asked']>['ask'];

/** So long somebody may take to stand right before the camera; any touch begins it anew. Then it goes on without a film. */
export const framingMillis = 60_000;
/** So long a movement is asked for, whatever comes of it; who has it read aloud hears the sentence first. */
export const movementMillis = { read: 6_000, heard: 9_000 } as const;
/** So long the screen has one colour: it changes once in that time, and three flashes a second are far (WCAG 2.2, 2.3.1). */
export const lightMillis = 1_500;
/** Nobody hears or reads a sentence and turns their head in less. */
export const leastMillis = 600;
/** What was measured of the last one is awaited so long. */
export const closingMillis = 1_000;
/** Movements that are asked for. */
const asked = 3;
/** So many of them have to be seen: one may be missed. */
const enoughMoves = 2;
/** Whoever called somebody in the middle may begin once more. */
const mostRounds = 2;
/** Thousandths, as of every measure of a film. */
const bound = 500;

interface FaceVisitOptions {
  readonly timers: Pick<Timers, 'after'>;
  /** A whole number from 0, below `below`, that nobody can foretell. */
  readonly choose: (below: number) => number;
  /** Whether the person has the screen read aloud. */
  readonly isHeard: () => boolean;
  readonly changed: () => void;
  /** The step is over. */
  readonly over: () => void;
}

/** What was asked for, and what the page told of it: a score, null for what could not be measured. */
interface Posed {
  isOpen: boolean;
  told: { readonly score: number | null } | null;
}

/**
 * The face before a kiosk's camera: whether somebody wants to be filmed, then what they are asked to do, one after the other. What comes
 * next and how long it takes hang on nothing that was found: whoever holds up a picture learns nothing of how it went.
 */
export class FaceVisit {
  readonly #options: FaceVisitOptions;
  #phase: FaceState['phase'] = 'asked';
  #ask: Ask | null = null;
  #number = 0;
  #rounds = 0;
  #moves: Posed[] = [];
  #lit: Posed | null = null;
  /** Whether the person asked for less motion. */
  #calm = false;
  readonly #posed = new Map<number, Posed>();
  #last: Movement | null = null;
  readonly #waits = new Set<() => void>();

  constructor(options: FaceVisitOptions) {
    this.#options = options;
  }

  view(): FaceState {
    const ask = this.#ask;
    return { phase: this.#phase, asked: ask === null ? null : { number: this.#number, ask } };
  }

  /** Whether the camera films, or is about to. */
  get films(): boolean {
    return this.#phase === 'framing' || this.#phase === 'challenge';
  }

  /** The person wants to be filmed. */
  begin(): void {
    if (this.#phase !== 'asked') return;
    this.#rounds += 1;
    if (this.#rounds > mostRounds) {
      this.#end();
      return;
    }
    this.#phase = 'framing';
    this.touched();
    this.#options.changed();
  }

  /** Somebody is there: whoever takes longer to stand right is given longer. */
  touched(): void {
    if (this.#phase !== 'framing') return;
    this.stop();
    this.#after(framingMillis, () => this.#end());
  }

  /** The face can be seen well, the page says. */
  framed(calm: boolean): void {
    if (this.#phase !== 'framing') return;
    this.stop();
    this.#calm = calm;
    this.#lit = null;
    this.#phase = 'challenge';
    this.#moves = [];
    this.#posed.clear();
    this.#last = null;
    this.#move();
  }

  /**
   * What the page measured of something that was asked for: once, not before anybody could have done it, and not after the next one is
   * over. Everything else is passed over.
   */
  answer(number: number, score: number | null): void {
    const posed = this.#posed.get(number);
    if (posed === undefined || !posed.isOpen || posed.told !== null) return;
    posed.told = { score };
  }

  /** Somebody was called in the middle: what was begun is begun again. */
  paused(): void {
    if (!this.films && this.#phase !== 'closing') return;
    this.stop();
    this.#ask = null;
    this.#phase = 'asked';
  }

  /** What came of it; null where nothing was asked for. */
  found(): ChallengeFindings | null {
    if (this.#moves.length === 0) return null;
    return {
      movement: resultOf(this.#moves, enoughMoves),
      ...(this.#lit === null ? {} : { light: resultOf([this.#lit], 1) }),
    };
  }

  /** Nothing is asked for any more. */
  over(): void {
    this.stop();
    this.#ask = null;
    this.#phase = 'closing';
  }

  stop(): void {
    for (const cancel of this.#waits) cancel();
    this.#waits.clear();
  }

  // Drawn when it is asked for, and not before: nothing that could be looked up says what comes next.
  #move(): void {
    if (this.#moves.length === asked) {
      if (this.#calm) this.#close();
      else this.#light(lights);
      return;
    }
    const others = movements.filter((movement) => movement !== this.#last);
    const movement = others[this.#options.choose(others.length)] ?? 'closer';
    this.#last = movement;
    this.#moves.push(this.#pose(movement, leastMillis));
    this.#after(this.#options.isHeard() ? movementMillis.heard : movementMillis.read, () => this.#move());
    this.#options.changed();
  }

  // One colour after the other under one number: how the face changed from each to the next is measured at the end.
  #light(left: readonly Light[]): void {
    const light = left.length === 0 ? undefined : left[this.#options.choose(left.length)];
    if (light === undefined) {
      this.#close();
      return;
    }
    if (this.#lit === null) this.#lit = this.#pose(`light-${light}`, (lights.length - 1) * lightMillis + leastMillis);
    else this.#ask = `light-${light}`;
    this.#after(lightMillis, () => this.#light(left.filter((other) => other !== light)));
    this.#options.changed();
  }

  #pose(ask: Ask, openAfter: number): Posed {
    const posed: Posed = { isOpen: false, told: null };
    this.#number += 1;
    this.#ask = ask;
    // What was measured of the one before may still be under way; of those before that it may not.
    this.#posed.delete(this.#number - 2);
    this.#posed.set(this.#number, posed);
    this.#after(openAfter, () => {
      posed.isOpen = true;
    });
    return posed;
  }

  #close(): void {
    this.#ask = null;
    this.#phase = 'closing';
    this.#after(closingMillis, () => this.#end());
    this.#options.changed();
  }

  #end(): void {
    this.over();
    this.#options.over();
  }

  #after(millis: number, act: () => void): void {
    const cancel = this.#options.timers.after(millis, () => {
      this.#waits.delete(cancel);
      act();
    });
    this.#waits.add(cancel);
  }
}

function resultOf(posed: readonly Posed[], enough: number): ChallengeResult {
  const scores = posed.map(({ told }) => (told === null ? 0 : told.score));
  if (scores.filter((score) => score !== null && score >= bound).length >= enough) return 'answered';
  return scores.filter((score) => score === null).length >= enough ? 'not-measurable' : 'not-answered';
}
