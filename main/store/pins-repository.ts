import type { Database } from 'better-sqlite3';
import { Failure } from '../result/failure.ts';
import {
  isEmptySign,
  type Pin,
  type PinKind,
  type PinProposal,
  refuseSecondSign,
  standsPinned,
} from '../trust/lists/pins.ts';

/** Who vouches for lists and stations: proposed by one administrator, confirmed by another, never forgotten. */
export interface PinsRepository {
  /** A pin that nobody confirmed yet. One that stands or waits already comes back as it is. */
  propose(proposal: PinProposal, act: PinAct): Pin;
  /** Fails with `trust.pin-unknown` and `trust.pin-same-person`. */
  confirm(id: number, act: PinAct): Pin;
  /**
   * Takes a pin back: proposed by one administrator, done by another, as it was made. One that nobody confirmed goes by one
   * sign. Fails with `trust.pin-unknown`, `trust.pin-same-person`. What the pin vouched for goes with
   * `TrustRepository.withdraw`.
   */
  withdraw(id: number, act: PinAct): Pin;
  /** All that ever were, newest first. */
  list(): readonly Pin[];
  /** Those that count. */
  standing(kind: PinKind): readonly Pin[];
}

/** An administrator's sign and the instant (ISO 8601) of the act. */
export interface PinAct {
  readonly sign: string;
  readonly at: string;
}

const columns = `id, kind, fingerprint, subject, content, proposed_by AS proposedBy, proposed_at AS proposedAt,
  confirmed_by AS confirmedBy, confirmed_at AS confirmedAt,
  withdrawal_proposed_by AS withdrawalProposedBy, withdrawal_proposed_at AS withdrawalProposedAt, withdrawn_by AS withdrawnBy, withdrawn_at AS withdrawnAt`;

/** `around` runs what reads and what writes: compared with the marks, and marked. */
export function pinsRepository(
  database: Database,
  around: { readonly reading: <A>(act: () => A) => A; readonly writing: <A>(act: () => A) => A },
): PinsRepository {
  const find = (id: number | bigint): Pin => {
    const row = database.prepare<[number | bigint], Pin>(`SELECT ${columns} FROM pins WHERE id = ?`).get(id);
    if (row === undefined || row.withdrawnAt !== null) throw new Failure('trust.pin-unknown', { id: Number(id) });
    return pinOf(row);
  };
  const act = (run: () => Pin): Pin => around.writing(run);
  const all = (): readonly Pin[] =>
    around.reading(() => database.prepare<[], Pin>(`SELECT ${columns} FROM pins ORDER BY id DESC`).all().map(pinOf));

  return {
    propose: ({ kind, fingerprint, subject, content }, { sign, at }) =>
      act(() => {
        if (isEmptySign(sign)) throw new Failure('operator.name-missing');
        const known = database
          .prepare<[string, string], number>(
            'SELECT id FROM pins WHERE kind = ? AND fingerprint = ? AND withdrawn_at IS NULL',
          )
          .pluck()
          .get(kind, fingerprint);
        if (known !== undefined) return find(known);
        const { lastInsertRowid } = database
          .prepare(
            `INSERT INTO pins (kind, fingerprint, subject, content, proposed_by, proposed_at)
             VALUES (?, ?, ?, ?, ?, ?)`,
          )
          .run(kind, fingerprint, subject, content, sign, at);
        return find(lastInsertRowid);
      }),
    confirm: (id, { sign, at }) =>
      act(() => {
        const pin = find(id);
        if (pin.confirmedBy !== null) return pin;
        refuseSecondSign(pin.proposedBy, sign);
        database.prepare('UPDATE pins SET confirmed_by = ?, confirmed_at = ? WHERE id = ?').run(sign, at, id);
        return find(id);
      }),
    withdraw: (id, { sign, at }) =>
      act(() => {
        const pin = find(id);
        if (isEmptySign(sign)) throw new Failure('operator.name-missing');
        if (pin.confirmedBy !== null && pin.withdrawalProposedBy === null) {
          database
            .prepare('UPDATE pins SET withdrawal_proposed_by = ?, withdrawal_proposed_at = ? WHERE id = ?')
            .run(sign, at, id);
          return find(id);
        }
        if (pin.withdrawalProposedBy !== null) refuseSecondSign(pin.withdrawalProposedBy, sign);
        database.prepare('UPDATE pins SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ?').run(sign, at, id);
        return { ...pin, withdrawnBy: sign, withdrawnAt: at };
      }),
    list: all,
    standing: (kind) => all().filter((pin) => pin.kind === kind && standsPinned(pin)),
  };
}

function pinOf(row: Pin): Pin {
  return { ...row, content: new Uint8Array(row.content) };
}
