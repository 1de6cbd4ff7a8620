/** A worker of the kind that is asked once and then ended. */
type Asked = Pick<Worker, 'addEventListener' | 'terminate'>;

/** Workers of which one is started before it is needed. */
export interface SpareWorker<W extends Asked> {
  /** Starts one where none waits. The answer ends it, unless it was taken. */
  readonly prepare: () => () => void;
  /** The one that waits, or a new one. It is the caller's alone: nobody was ever given it before, and nobody is after. */
  readonly take: () => W;
}

/** One that breaks while it waits is never given to anybody. */
export function spareWorker<W extends Asked>(start: () => W): SpareWorker<W> {
  let spare: W | null = null;
  return {
    prepare: () => {
      if (spare === null) {
        const started = start();
        spare = started;
        started.addEventListener('error', () => {
          if (spare === started) spare = null;
        });
      }
      const prepared = spare;
      return () => {
        if (spare !== prepared) return;
        spare = null;
        prepared.terminate();
      };
    },
    take: () => {
      const taken = spare ?? start();
      spare = null;
      return taken;
    },
  };
}
