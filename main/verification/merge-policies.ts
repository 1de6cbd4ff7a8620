import { bothOf } from './document-patterns.ts';
import { stricter } from './floor.ts';
import type { PolicyCondition } from './terms.ts';
import type { Policy, PolicyAlternatives, PolicyCombination } from './types.ts';

type Mergeable = Pick<
  Policy,
  'documents' | 'dataGroups' | 'combinations' | 'alternatives' | 'evidenceMinutes' | 'conditions'
>;

/**
 * What holds where two policies speak: everything that either states, and of what both state the stricter. Nothing is lost by
 * leaving it out. Rules are merged by who calls: one rule for a check takes the place of another.
 */
export function merged(one: Mergeable, other: Mergeable): Mergeable {
  return {
    documents: bothTake(one.documents, other.documents),
    dataGroups: [...new Set([...one.dataGroups, ...other.dataGroups])],
    combinations: combinationsOf([...one.combinations, ...other.combinations]),
    alternatives: alternativesOf([...one.alternatives, ...other.alternatives]),
    evidenceMinutes: Math.min(one.evidenceMinutes, other.evidenceMinutes),
    conditions: conditionsOf([...one.conditions, ...other.conditions]),
  };
}

function bothTake(one: Policy['documents'], other: Policy['documents']): Policy['documents'] {
  if (one === null || other === null) return one ?? other;
  return one.flatMap((taken) => other.flatMap((also) => bothOf(taken, also) ?? []));
}

function conditionsOf(all: readonly PolicyCondition[]): readonly PolicyCondition[] {
  return byKey(
    all,
    (condition) => JSON.stringify(condition),
    (one) => one,
  );
}

function combinationsOf(all: readonly PolicyCombination[]): readonly PolicyCombination[] {
  const conditions = ({ all: each }: PolicyCombination): string =>
    each
      .map(({ check, result }) => `${check} ${result}`)
      .sort()
      .join('\n');
  return byKey(all, conditions, (one, other) => ({ ...one, outcome: stricter(one.outcome, other.outcome) }));
}

function alternativesOf(all: readonly PolicyAlternatives[]): readonly PolicyAlternatives[] {
  const checks = (group: PolicyAlternatives): string => [...group.checks].sort().join('\n');
  return byKey(all, checks, (one, other) => {
    const none = stricter(one.none, other.none);
    const inTraining = stricter(one.trainingNone ?? one.none, other.trainingNone ?? other.none);
    return { ...one, none, trainingNone: inTraining === none ? null : inTraining };
  });
}

function byKey<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
  join: (one: Value, other: Value) => Value,
): readonly Value[] {
  const found = new Map<string, Value>();
  for (const value of values) {
    const known = found.get(keyOf(value));
    found.set(keyOf(value), known === undefined ? value : join(known, value));
  }
  return [...found.values()];
}
