import { useCallback, useState } from 'react';
import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { Answer, Arguments, MethodName } from '../../preload/contract.ts';
import { useBridge } from './bridge.ts';

export interface Asking {
  /** The call's value, or null where it failed; the failure then stands in `failure`. */
  readonly ask: <M extends MethodName>(method: M, ...args: Arguments<M>) => Promise<{ value: Answer<M> } | null>;
  readonly failure: FailureCode | null;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  readonly busy: boolean;
  readonly forget: () => void;
}

interface Outcome {
  readonly code: FailureCode | null;
  readonly fields: Asking['fields'];
}

const well: Outcome = { code: null, fields: {} };

/** Calls of the main process from one place of the page: whether one is under way, and how the last one failed. */
export function useAsking(): Asking {
  const bridge = useBridge();
  const [outcome, setOutcome] = useState(well);
  const [underWay, setUnderWay] = useState(0);
  const ask = useCallback<Asking['ask']>(
    async (method, ...args) => {
      setUnderWay((count) => count + 1);
      try {
        const result = await bridge.call(method, ...args);
        setOutcome(result.ok ? well : { code: result.code, fields: result.fields });
        return result.ok ? { value: result.value } : null;
      } catch {
        // The bridge itself answers failures as values: what is thrown here is a fault of the program.
        setOutcome({ code: 'internal.unexpected', fields: {} });
        return null;
      } finally {
        setUnderWay((count) => count - 1);
      }
    },
    [bridge],
  );
  const forget = useCallback(() => setOutcome(well), []);
  return { ask, failure: outcome.code, fields: outcome.fields, busy: underWay > 0, forget };
}
