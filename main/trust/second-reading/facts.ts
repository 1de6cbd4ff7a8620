/**
 * What one hand read, field by field, as plain text: what belief rests on, and nothing else. `null`: the thing says nothing of
 * it. A field that is left out: this hand cannot tell, and nothing is compared.
 */
export type Facts = ReadonlyMap<string, string | null>;

/** One field that both hands read otherwise. Long texts are cut: the whole stands in the certificate itself. */
export interface Difference {
  readonly field: string;
  readonly ours: string;
  readonly theirs: string;
}

const longestText = 80;

/** The fields that both hands tell and tell otherwise, by name. */
export function differences(ours: Facts, theirs: Facts): readonly Difference[] {
  return [...ours.keys()].sort().flatMap((field) => {
    const [own, other] = [ours.get(field), theirs.get(field)];
    if (own === undefined || other === undefined || own === other) return [];
    return [{ field, ours: shown(own), theirs: shown(other) }];
  });
}

function shown(value: string | null): string {
  if (value === null) return '-';
  return value.length <= longestText ? value : `${value.slice(0, longestText)}…`;
}

/** Facts of several parts in one form: the parts that a hand can tell. */
export function factsOf(told: Readonly<Record<string, string | null | undefined>>): Facts {
  return new Map(
    Object.entries(told).flatMap(([field, value]): [string, string | null][] =>
      value === undefined ? [] : [[field, value]],
    ),
  );
}
