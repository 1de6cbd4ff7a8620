import { useRef, useState } from 'react';
import type { Arguments, TrustBasisMethod } from '../../preload/contract.ts';
import { type Asking, useAsking } from '../parts/use-asking.ts';

type ConfirmedMethod = Exclude<TrustBasisMethod, 'trust.basis'>;

/** An act on what trust rests on, which people confirm outside the page: what came of it, and whether it is waited for. */
export interface TrustAct extends Pick<Asking, 'failure' | 'fields' | 'busy'> {
  readonly waits: boolean;
  readonly report: readonly string[];
  /** The heading to which the focus goes when it is done: what was pressed may be gone. */
  readonly heading: React.RefObject<HTMLHeadingElement | null>;
  readonly act: <M extends ConfirmedMethod>(said: string, method: M, ...args: Arguments<M>) => Promise<boolean>;
}

export function useTrustAct(onChanged: () => void): TrustAct {
  const { ask, failure, fields, busy } = useAsking();
  const [waits, setWaits] = useState(false);
  const [report, setReport] = useState<readonly string[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const act: TrustAct['act'] = async (said, method, ...args) => {
    setReport([]);
    setWaits(true);
    const done = await ask(method, ...args);
    setWaits(false);
    if (done === null) return false;
    setReport([said]);
    heading.current?.focus();
    onChanged();
    return true;
  };
  return { failure, fields, busy, waits, report, heading, act };
}
