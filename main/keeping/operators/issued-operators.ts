import * as v from 'valibot';
import { longest, most } from '../../result/bounds.ts';
import { fromHex, toHex } from '../../result/bytes.ts';
import { canonicalBytes } from '../../result/canonical-json.ts';
import { Failure } from '../../result/failure.ts';
import { isInstant } from '../../result/instant.ts';
import { parsePlainDate } from '../../result/plain-date.ts';
import { roles } from '../../result/roles.ts';
import { readStrictJson } from '../../result/strict-json.ts';
import type { KnownOperator, Operator } from '../../store/operators/operator.ts';
import type { OperatorsRepository } from '../../store/operators/operators-repository.ts';
import { plainSign } from '../../trust/lists/pins.ts';

/*
 * Operators that headquarters sends to all of its stations: the whole list each time. A station's administrators are its own
 * affair: whoever has headquarters' issuing key makes nobody one, and touches none.
 */

/** Operators as they travel: who signs in, and by what their secret is known again. */
export type IssuedOperators = readonly KnownOperator[];

const instant = v.pipe(v.string(), v.maxLength(30), v.check(isInstant));
const day = v.pipe(
  v.string(),
  v.check((text) => parsePlainDate(text) !== null),
);
const hex = (length: number) => v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${length}}$`)));
const listSchema = v.strictObject({
  format: v.literal('styrk-operators'),
  version: v.literal(1),
  operators: v.pipe(
    v.array(
      v.strictObject({
        id: hex(32),
        sign: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longest.sign)),
        name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longest.personName)),
        role: v.picklist(roles),
        competentUntil: v.nullable(day),
        addedAt: instant,
        salt: hex(32),
        hash: hex(64),
        // As dear as ours, and no dearer: what is sent must neither be cheap to guess nor stop the machine that tries it.
        costs: v.strictObject({
          cost: v.pipe(
            v.number(),
            v.check((cost) => [2 ** 16, 2 ** 17, 2 ** 18].includes(cost)),
          ),
          blockSize: v.literal(8),
          parallelization: v.literal(1),
        }),
      }),
    ),
    v.maxLength(most.operators),
  ),
});

/** Writes the operators of a folder that may sign in and are no administrators, as headquarters issues them. */
export function writeIssuedOperators(known: IssuedOperators): Uint8Array {
  const operators = known
    .filter(({ operator: { role, removedAt } }) => role !== 'administrator' && removedAt === null)
    .map(({ operator: { removedAt: _, ...operator }, verifier: { salt, hash, costs } }) => ({
      ...operator,
      ...{ salt: toHex(salt), hash: toHex(hash), costs: { ...costs } },
    }));
  return canonicalBytes({ format: 'styrk-operators', version: 1, operators });
}

/** Reads such a list, all or nothing. Fails with `fleet.issue-unusable`, also where it names an administrator. */
export function readIssuedOperators(bytes: Uint8Array): IssuedOperators {
  const unusable = (reason: string): Failure => new Failure('fleet.issue-unusable', { kind: 'operators', reason });
  const json = readStrictJson(bytes);
  const read = 'value' in json ? v.safeParse(listSchema, json.value) : null;
  if (read?.success !== true) throw unusable('form');
  const found = read.output.operators.map(({ salt, hash, costs, ...operator }) => ({
    operator: { ...operator, removedAt: null } as Operator,
    verifier: { salt: fromHex(salt), hash: fromHex(hash), costs },
  }));
  if (found.some(({ operator: { role } }) => role === 'administrator')) throw unusable('administrator');
  const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
  if (!distinct(found.map(({ operator: { id } }) => id))) throw unusable('id');
  if (!distinct(found.map(({ operator: { sign } }) => plainSign(sign)))) throw unusable('sign');
  return found;
}

/**
 * Puts such a list in the place of what headquarters sent before; the station's own operators stay. Part of a recorded act. Fails
 * with `operator.sign-taken` where a sign, or an id, is the station's own.
 */
export function applyIssued(issued: IssuedOperators, operators: OperatorsRepository, now: string): void {
  const sent = new Set(issued.map(({ operator: { id } }) => id));
  // Whom headquarters leaves out signs in no more.
  for (const { id } of operators.list()) {
    const known = operators.byId(id);
    if (known === null || !isHeadquarters(known) || sent.has(id) || known.operator.removedAt !== null) continue;
    operators.replace({ ...known, operator: { ...known.operator, removedAt: now } });
  }
  for (const { operator, verifier } of issued) {
    const issuedHash = toHex(verifier.hash);
    const known = operators.byId(operator.id);
    const other = operators.bySign(operator.sign);
    if (other !== null && other.operator.id !== operator.id) throw new Failure('operator.sign-taken');
    if (known === null) operators.add({ operator, verifier, issued: issuedHash });
    else if (known.issued === undefined) throw new Failure('operator.sign-taken');
    // The station's own administrators made one of them of this person.
    else if (known.operator.role !== 'administrator') {
      // A secret that was changed here stays until headquarters sends another one.
      const isNew = known.issued !== issuedHash;
      const now = isNew ? { verifier, resets: 0 } : { verifier: known.verifier, resets: known.resets ?? 0 };
      operators.replace({ operator, ...now, issued: issuedHash });
    }
  }
}

function isHeadquarters({ issued, operator: { role } }: KnownOperator): boolean {
  return issued !== undefined && role !== 'administrator';
}
