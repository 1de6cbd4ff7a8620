import type { ReaderDescription, ReaderEvent } from './port.ts';

/**
 * Which reader a document is read on: the one that is set; else the one whose card came last, since a card that always lies
 * in another reader (a member of staff's own, a security key, Windows Hello's) was there before the document. Cards that
 * turned out to be of another kind are passed over for as long as they lie there, those that another program holds until it lets go.
 */
export class CardChoice {
  readonly #arrivals = new Map<string, number>();
  readonly #passedOver = new Set<string>();
  readonly #held = new Set<string>();
  readonly #beside = new Set<string>();
  #count = 0;
  #started = false;

  /** From now on a card that comes is newer than those that were there. */
  begin(): void {
    this.#started = true;
  }

  /** Takes a port's event. */
  hear(event: ReaderEvent): void {
    if (event.type === 'card-removed') this.left(event.reader);
    if (event.type === 'card-inserted') this.came(event.reader);
  }

  /** A card was laid on a reader. */
  came(reader: string): void {
    this.left(reader);
    if (this.#started) this.#count += 1;
    this.#arrivals.set(reader, this.#count);
  }

  /** Nothing is known of a reader's card any more. */
  left(reader: string): void {
    this.#arrivals.delete(reader);
    this.#passedOver.delete(reader);
    this.#held.delete(reader);
    this.#beside.delete(reader);
  }

  /** A document was read on this reader: the cards that lie on others meanwhile are not what was waited for. */
  wasRead(reader: string): void {
    for (const other of this.#arrivals.keys()) if (other !== reader) this.#beside.add(other);
  }

  /** Whether this reader's card has lain beside a document that was read, as a member of staff's own does all day. */
  layBeside(reader: string): boolean {
    return this.#beside.has(reader);
  }

  /** The card on this reader is not what is looked for. */
  passOver(reader: string): void {
    this.#passedOver.add(reader);
  }

  /** The card on this reader may be what is looked for, and another program holds it. */
  isHeld(reader: string): void {
    this.#held.add(reader);
  }

  /** The other program let the card go: what was no document before is none now. */
  letGo(reader: string): void {
    this.#held.delete(reader);
  }

  /** Every card is looked at again. */
  lookAgain(): void {
    this.#passedOver.clear();
    this.#held.clear();
  }

  isPassedOver(reader: string): boolean {
    return this.#passedOver.has(reader) || this.#held.has(reader);
  }

  /** The readers with a card that was not passed over, the best first: newest, then not in use by another program. */
  withCards(all: readonly ReaderDescription[]): readonly ReaderDescription[] {
    const age = ({ name }: ReaderDescription): number => this.#arrivals.get(name) ?? 0;
    return all
      .filter(({ name, state }) => state === 'card' && !this.isPassedOver(name))
      .sort((a, b) => age(b) - age(a) || Number(a.inUse) - Number(b.inUse));
  }
}
