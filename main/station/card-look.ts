import type { LookedCard } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';

type Card = Awaited<ReturnType<House['travel']['readCard']>>['card'];

/** The card of another station that somebody looks at, before two administrators trust it. Of one run of the app, in memory alone. */
export class CardLook {
  readonly #travel: Pick<House['travel'], 'readCard' | 'card' | 'stations'>;
  #looked: { readonly file: string; readonly card: Card; readonly fingerprint: string } | null = null;

  constructor(travel: Pick<House['travel'], 'readCard' | 'card' | 'stations'>) {
    this.#travel = travel;
  }

  /** What is looked at; another object with each card that was chosen. */
  get looked(): { readonly card: Card; readonly fingerprint: string } | null {
    return this.#looked;
  }

  /** Looks at the card in this file. Fails as `readCard`, and with `referral.file-malformed` for this station's own. */
  async take(file: string, bytes: Uint8Array): Promise<void> {
    const { card, fingerprint } = await this.#travel.readCard(bytes);
    if (card.station === this.#travel.card().card.station)
      throw new Failure('referral.file-malformed', { reason: 'own card' });
    this.#looked = { file, card, fingerprint };
  }

  leave(): void {
    this.#looked = null;
  }

  /** As the page sees it; null where none is looked at. */
  view(): LookedCard | null {
    if (this.#looked === null) return null;
    const { file, card, fingerprint } = this.#looked;
    const { station, name } = card;
    const known = this.#travel.stations().find((each) => each.station === station);
    const isSame = known?.fingerprint === fingerprint;
    return {
      file,
      card: { station, name, fingerprint },
      known: known === undefined ? 'new' : isSame ? 'same' : 'other-keys',
    };
  }
}
