import { isSignatureOf, sha256, sign } from '../crypto/sealing.ts';
import { toHex } from '../result/bytes.ts';
import { canonicalBytes } from '../result/canonical-json.ts';
import type { SecretBytes } from '../result/secret-bytes.ts';
import { beginningHash } from './chain.ts';

/** What administrators do to the station itself, outside of any case. */
export const actKinds = [
  'trust.restore',
  'trust.pin',
  'trust.unpin',
  'trust.mend',
  'clock.accept',
  'bank.add',
  'bank.remove',
  'operators.add',
  'operators.anew',
  'operators.set',
  'operators.remove',
  'operators.reset',
  'operators.secret',
  'operators.export',
  'service.set',
  'service.unset',
  'fleet.set',
  'fleet.unset',
  'fleet.operators',
  'referral.trust',
  'referral.distrust',
  'referral.route',
  'referral.unroute',
  'referral.hand-over',
  'referral.take',
  'referral.give-back',
  'referral.take-back',
  'record.event',
  'record.hold',
  'record.release',
  'record.erase',
  'record.extract',
  'backup.key',
  'backup.restore',
  'backup.recover',
  'log.anchor',
  'log.sign',
] as const;
export type ActKind = (typeof actKinds)[number];

/** A deliberate act: who answers for it, when (ISO 8601 by the station's clock), why, and what it was done to. */
export interface Act {
  readonly kind: ActKind;
  readonly at: string;
  readonly signs: readonly string[];
  readonly reason: string;
  readonly detail: Readonly<Record<string, string | number | null>>;
}

/** An act as it lies in its chain: hashed over the one before it and signed by the station. */
export interface ActEntry extends Act {
  /** 1 for the first act of the station, then one more each. */
  readonly number: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly signature: Uint8Array;
}

/** The end of the acts, signed by the station: number and hash of the newest, 0 and those of the beginning before the first. */
export interface ActsHead {
  readonly number: number;
  readonly hash: string;
  readonly signature: Uint8Array;
}

/** The act as the next entry of the chain; `last` is null before the first. */
export function nextAct(
  last: Pick<ActEntry, 'number' | 'hash'> | null,
  act: Act,
  station: { readonly id: string; readonly signingKey: SecretBytes },
): ActEntry {
  const placed = { ...act, number: (last?.number ?? 0) + 1, previousHash: last?.hash ?? beginningHash };
  const hash = hashOf(placed, station.id);
  return { ...placed, hash, signature: sign(station.signingKey.reveal(), message(hash)) };
}

/**
 * The numbers of acts that are not as the station signed them, or not where they were. `acts` in the order of their numbers, from the
 * first; those up to `after` were looked at before.
 */
export function brokenActs(
  acts: readonly ActEntry[],
  station: { readonly id: string; readonly publicKey: Uint8Array },
  after = 0,
): readonly number[] {
  return acts
    .filter((act, index) => {
      if (index < after) return false;
      const before = acts[index - 1];
      const follows = act.number === index + 1 && act.previousHash === (before?.hash ?? beginningHash);
      const whole = hashOf(act, station.id) === act.hash;
      return !follows || !whole || !isSignatureOf(station.publicKey, message(act.hash), act.signature);
    })
    .map(({ number }) => number);
}

/** The end that this newest act makes; null before the first. */
export function signedActsHead(
  newest: Pick<ActEntry, 'number' | 'hash'> | null,
  station: { readonly id: string; readonly signingKey: SecretBytes },
): ActsHead {
  const place = placeOf(newest);
  return { ...place, signature: sign(station.signingKey.reveal(), headMessage(place, station.id)) };
}

/** Whether the station signed this end, of this newest act: without it acts that are taken away at the end leave no trace. */
export function isActsHead(
  head: ActsHead,
  newest: Pick<ActEntry, 'number' | 'hash'> | null,
  station: { readonly id: string; readonly publicKey: Uint8Array },
): boolean {
  const { number, hash } = placeOf(newest);
  if (head.number !== number || head.hash !== hash) return false;
  return isSignatureOf(station.publicKey, headMessage({ number, hash }, station.id), head.signature);
}

function placeOf(newest: Pick<ActEntry, 'number' | 'hash'> | null): Pick<ActsHead, 'number' | 'hash'> {
  return { number: newest?.number ?? 0, hash: newest?.hash ?? beginningHash };
}

function headMessage({ number, hash }: Pick<ActsHead, 'number' | 'hash'>, stationId: string): Uint8Array {
  return canonicalBytes({ format: 'styrk-acts-head', version: 1, stationId, number, hash });
}

function hashOf(act: Omit<ActEntry, 'hash' | 'signature'>, stationId: string): string {
  const { number, kind, at, signs, reason, detail, previousHash } = act;
  const form = { format: 'styrk-act', version: 1 };
  return toHex(
    sha256(canonicalBytes({ ...form, number, stationId, kind, at, signs: [...signs], reason, detail, previousHash })),
  );
}

function message(hash: string): Uint8Array {
  return canonicalBytes({ format: 'styrk-act-signature', hash });
}
