import { createContext, type Dispatch, type SetStateAction, use, useEffect, useState } from 'react';

/**
 * What was typed or chosen in the open case and not sent yet, by the place where it stands: whoever goes to another step or page and
 * comes back finds it there. One for each case and each operator; it never leaves the page.
 */
export type Drafts = Map<string, unknown>;

export const DraftsContext = createContext<Drafts>(new Map());

/** As `useState`, kept under a name for as long as the case is open and whoever has it stays. Two places never share a name. */
export function useDraft<Value>(name: string, first: Value): [Value, Dispatch<SetStateAction<Value>>] {
  const drafts = use(DraftsContext);
  const [value, setValue] = useState<Value>(() => (drafts.has(name) ? (drafts.get(name) as Value) : first));
  useEffect(() => {
    drafts.set(name, value);
  }, [drafts, name, value]);
  return [value, setValue];
}
