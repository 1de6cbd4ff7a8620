import { type Check, successful, unsuccessful } from '../result/check.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Holder } from './holder.ts';

const id = 'holder.status';

/** What a register may say, the gravest first: of several the first leads, and all are told. */
const statuses = [
  ['deceased', 'failed', 'holder.deceased'],
  ['dormant', 'undetermined', 'holder.number-dormant'],
  ['emigrated', 'undetermined', 'holder.emigrated'],
] as const satisfies readonly (readonly [keyof Holder, 'failed' | 'undetermined', FailureCode])[];

/**
 * `holder.status`: whether the register says something of the person on file that stands against anybody coming in their
 * name. Of the dead nobody does: `failed`, for whoever has their document and their face is an impostor, or the register is
 * wrong, and neither is for a desk to settle. A coordination number that rests is nobody's proof until its bearer has shown
 * who they are (lag 2022:1697); whoever left the country has no address in the population register. Both are `undetermined`.
 * A register that tells nothing of the kind says nothing against: `successful` names what was looked for. That an identity
 * is protected is no finding.
 */
export function matchStatus(holder: Holder): Check {
  const recorded = statuses.flatMap(([status, result, code]) => {
    const held = holder[status];
    return held === undefined ? [] : [{ status, result, code, since: held.since }];
  });
  const [gravest] = recorded;
  if (gravest === undefined) return successful(id, { lookedFor: statuses.map(([status]) => status) });
  const told = recorded.map(({ status, since }) => ({ status, since }));
  return unsuccessful(id, gravest.result, gravest.code, { recorded: told });
}
