import { keyLength, keyOfPassphrase, type ScryptCosts } from '../../crypto/sealing.ts';
import { equal, equalSecret } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { passphraseOf } from '../../result/passphrase.ts';
import { SecretBytes } from '../../result/secret-bytes.ts';
import { delayAfter, mostFailures, mostStationFailures, type Tries } from '../../store/operators/lock-out.ts';
import type { KnownOperator, Operator, Verifier } from '../../store/operators/operator.ts';
import type { OperatorsRepository } from '../../store/operators/operators-repository.ts';

const saltLength = 16;

/** What signing in needs around it. */
export interface SignInSurroundings {
  /** Fails with `storage.locked` while the folder is locked. */
  readonly operators: () => OperatorsRepository;
  /** A clock that nobody sets, in milliseconds since this process began or later. */
  readonly millis: () => number;
  readonly costs: ScryptCosts;
}

/** By what a new secret will be known again. */
export async function verifierOf(
  secret: string,
  costs: ScryptCosts,
  random: (length: number) => Uint8Array,
): Promise<Verifier> {
  const salt = random(saltLength);
  using bytes = passphraseOf(secret);
  return { salt, costs, hash: await keyOfPassphrase(bytes, salt, costs) };
}

/**
 * Lets operators sign in, one try at a time. A try counts as wrong in the store before the secret is looked at; how long the next
 * one waits is measured from this process's own first moment or from the last wrong try that it saw, whichever is later, by a
 * clock that nobody sets: a restart begins the wait anew, and the clock on the wall plays no part.
 */
export class SignIn {
  readonly #around: SignInSurroundings;
  readonly #begun: number;
  /** When this process saw the last try, by subject. */
  readonly #seen = new Map<string, number>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(around: SignInSurroundings) {
    this.#around = around;
    this.#begun = around.millis();
  }

  /**
   * The operator whose sign and secret these are. Fails with `operator.refused`, `operator.wait` (`seconds`), `operator.locked`,
   * `operator.station-locked`, `trust.tampered`, `storage.busy`.
   */
  try(sign: string, secret: string): Promise<Operator> {
    const mine = this.#queue.then(() => this.#try(sign, secret));
    this.#queue = mine.catch(() => undefined);
    return mine;
  }

  async #try(sign: string, secret: string): Promise<Operator> {
    const operators = this.#around.operators();
    // One moment: of two processes that try at once, none passes the lock by the other's count.
    const known = operators.atOnce(() => {
      const meant = operators.bySign(sign);
      this.#refuseLocked(operators, meant);
      operators.begin(meant?.operator.id ?? null);
      return meant;
    });
    // In the file itself before the secret is looked at: what lies in the log beside it can be deleted with it.
    operators.settle();
    this.#seen.set(known?.operator.id ?? '', this.#around.millis());
    this.#seen.set('', this.#around.millis());
    // Nobody of that sign takes as long as a wrong secret.
    const right = await this.#isRight(known?.verifier ?? this.#nobodys(), secret);
    // Asked once more: somebody may have removed the operator, or changed the secret, while it was computed.
    const now = known === null ? null : operators.byId(known.operator.id);
    if (
      !right ||
      now === null ||
      now.operator.removedAt !== null ||
      !equal(now.verifier.hash, known?.verifier.hash ?? new Uint8Array())
    )
      throw new Failure('operator.refused');
    operators.succeeded(now.operator.id, now.operator.role === 'administrator');
    return now.operator;
  }

  // A row of tries that is gone is no fresh count.
  #refuseLocked(operators: OperatorsRepository, known: KnownOperator | null): void {
    const station = operators.stationTries();
    const isAdministrator = known?.operator.role === 'administrator';
    // An administrator's own count stands: else whoever locks the station would lock out those who can open it.
    if (!isAdministrator && (station === null || station.failures >= mostStationFailures))
      throw new Failure('operator.station-locked');
    if (known !== null) {
      const own = operators.tries(known.operator.id);
      if (own === null || own.failures >= mostFailures) throw new Failure('operator.locked');
      this.#refuseEarly(known.operator.id, own);
    }
    // The station's own tries are slowed from the point where no single person mistypes any more.
    if (station !== null && !isAdministrator)
      this.#refuseEarly('', { ...station, failures: station.failures - mostFailures });
  }

  #refuseEarly(subject: string, { failures }: Tries): void {
    const since = this.#seen.get(subject) ?? this.#begun;
    const left = since + delayAfter(failures) - this.#around.millis();
    if (left > 0) throw new Failure('operator.wait', { seconds: Math.ceil(left / 1000) });
  }

  async #isRight({ salt, costs, hash }: Verifier, secret: string): Promise<boolean> {
    using bytes = passphraseOf(secret);
    using given = new SecretBytes(await keyOfPassphrase(bytes, salt, costs));
    return equalSecret(given.reveal(), hash);
  }

  #nobodys(): Verifier {
    return { salt: new Uint8Array(saltLength), costs: this.#around.costs, hash: new Uint8Array(keyLength) };
  }
}
