import { canonicalBytes } from '../result/canonical-json.ts';
import { Failure } from '../result/failure.ts';
import type { KeptBankSystem } from '../store/bank-systems.ts';
import type { Store, UnlockedStore } from '../store/types.ts';
import { isEmptySign, refuseSecondSign } from '../trust/lists/pins.ts';
import { comparable } from '../verification/order.ts';
import { type BankSystem, bankSystemIn, bankSystemOf } from './bank-system.ts';

/** A system of the bank, since when, and who answers for it. */
export interface KnownBank {
  readonly system: BankSystem;
  readonly addedAt: string;
  readonly addedBy: readonly string[];
}

/** Who does it, and when (ISO 8601). */
export interface BankAct {
  readonly names: readonly string[];
  readonly at: string;
}

/** What those who add a system say beside its file: the names of its `audiences` that this station alone bears. */
export interface BankWord {
  readonly audiences: readonly string[];
}

/** Every system that may send orders. Fails with `trust.tampered`. */
export function knownBanks({ banks }: Pick<Store, 'banks'>): readonly KnownBank[] {
  return banks.list().map(knownBank);
}

/** The system of this id; null where it is not known. Fails with `trust.tampered`. */
export function bankNamed({ banks }: Pick<Store, 'banks'>, id: string): BankSystem | null {
  const kept = banks.get(id);
  return kept === null ? null : knownBank(kept).system;
}

/** What a file would let in, before anybody answers for it. Fails with `bank.malformed`, `bank.shared-audience`, `bank.id-alike`. */
export function bankToAdd({ banks }: Pick<Store, 'banks'>, file: Uint8Array, { audiences }: BankWord): BankSystem {
  const system = bankSystemIn(file);
  refuseAlike(banks, system.id);
  const unsaid = system.audiences.find((audience) => !audiences.includes(audience));
  if (unsaid !== undefined) throw new Failure('bank.shared-audience', { audience: unsaid });
  return system;
}

/**
 * Lets a system send orders, in place of what was known under its id: a recorded act of two people, since whoever adds one may
 * have customers confirm what he likes. A station knows of its own orders alone: two that bear one name would take the same order, and the
 * customer would be asked twice; so each name but the station's id needs their word. Fails with `bank.malformed`,
 * `bank.shared-audience`, `bank.id-alike`, `operator.name-missing`, `trust.pin-same-person`.
 */
export function addBank(
  { banks }: Pick<Store, 'banks'>,
  { acts }: Pick<UnlockedStore, 'acts'>,
  file: Uint8Array,
  { names, at, audiences }: BankAct & BankWord,
): BankSystem {
  refuseSigns(names);
  const system = bankToAdd({ banks }, file, { audiences });
  const content = new TextDecoder().decode(canonicalBytes(JSON.parse(JSON.stringify(system))));
  const detail = {
    id: system.id,
    keys: system.keys.map(({ kid }) => kid).join(' '),
    audiences: system.audiences.join(' '),
  };
  acts.record({ kind: 'bank.add', at, signs: names, reason: '', detail }, () =>
    banks.put({ id: system.id, content, addedAt: at, addedBy: names }),
  );
  return system;
}

/**
 * Takes a system back: its orders are foreign from then on, its answers stay. One person is enough, since it opens nothing.
 * Fails with `bank.unknown`, `operator.name-missing`.
 */
export function removeBank(
  { banks }: Pick<Store, 'banks'>,
  { acts, bankServices }: Pick<UnlockedStore, 'acts' | 'bankServices'>,
  id: string,
  { names, at }: BankAct,
): void {
  if (names.length === 0 || names.some(isEmptySign)) throw new Failure('operator.name-missing');
  if (banks.get(id) === null) throw new Failure('bank.unknown');
  acts.record({ kind: 'bank.remove', at, signs: names, reason: '', detail: { id } }, () => {
    banks.remove(id);
    bankServices.set(id, null);
  });
}

// An order is confirmed once for each name that people take for one (`comparable`): of two systems whose ids are alike to them one
// would keep the other's orders from being confirmed. Where both are known already each may be renewed.
function refuseAlike(banks: Store['banks'], id: string): void {
  const others = banks.list().filter((one) => one.id !== id);
  const alike = others.find((one) => comparable(one.id) === comparable(id));
  if (alike !== undefined && banks.get(id) === null) throw new Failure('bank.id-alike', { known: alike.id });
}

function refuseSigns([first = '', second = '']: readonly string[]): void {
  if (isEmptySign(first) || isEmptySign(second)) throw new Failure('operator.name-missing');
  refuseSecondSign(first, second);
}

function knownBank({ content, addedAt, addedBy }: KeptBankSystem): KnownBank {
  return { system: bankSystemOf(JSON.parse(content)), addedAt, addedBy };
}
