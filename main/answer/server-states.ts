import * as v from 'valibot';
import { digest } from '../crypto/hash.ts';
import { toHex } from '../result/bytes.ts';
import { failureCodes } from '../result/failure-codes.ts';
import type { Store } from '../store/types.ts';
import { type ServerState, serverCalls } from './ways/bank-service.ts';

/*
 * How the servers of the bank's systems answer, kept in clear in the settings: whichever process asks them, another one says how they
 * are and since when.
 */

const stateSchema = v.strictObject({
  code: v.nullable(v.picklist(failureCodes)),
  call: v.nullable(v.picklist(serverCalls)),
  detail: v.nullable(v.string()),
  since: v.string(),
});

type Settings = Pick<Store, 'settings'>;

// One setting for each, so that two processes that ask two of them take nothing back.
function nameOf(system: string): string {
  return `bank-server.${toHex(digest('SHA-256', new TextEncoder().encode(system))).slice(0, 40)}`;
}

/** How the server of a system answered last; null where none has asked it, or what was kept cannot be understood. */
export function serverState({ settings }: Settings, system: string): ServerState | null {
  const parsed = v.safeParse(stateSchema, settings.get(nameOf(system)));
  return parsed.success ? parsed.output : null;
}

/** Fails as the settings do. */
export function keepServerState({ settings }: Settings, system: string, state: ServerState): void {
  settings.set(nameOf(system), { ...state });
}
