import { createContext, use, useCallback, useState } from 'react';

/**
 * What was typed or chosen in the open case and not sent yet, by the place where it stands: whoever goes to another step or page and
 * comes back finds it there. One for each case and each operator; it never leaves the page.
 */
export type Drafts = Map<string, unknown>;

export const DraftsContext = createContext<Drafts>(new Map());

/**
 * As `useState`, kept under a name for as long as the case is open and whoever has it stays. Two places never share a name; what stood
 * under one name is not offered under another.
 */
export function useDraft<Value>(
  name: string,
  first: Value,
): [Value, (next: Value | ((known: Value) => Value)) => void] {
  const drafts = use(DraftsContext);
  const [, shown] = useState<object>();
  const known = drafts.has(name) ? (drafts.get(name) as Value) : first;
  // Every place asks the same drafts: what two acts of one moment change is not lost to either.
  const change = useCallback(
    (next: Value | ((before: Value) => Value)) => {
      const before = drafts.has(name) ? (drafts.get(name) as Value) : first;
      drafts.set(name, typeof next === 'function' ? (next as (known: Value) => Value)(before) : next);
      shown({});
    },
    [drafts, name, first],
  );
  return [known, change];
}
