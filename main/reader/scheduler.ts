/** Runs `action` once after `millis`; the answer calls it off. Handed in, so that tests decide when time passes. */
export type Scheduler = (millis: number, action: () => void) => () => void;

/** The system's timer. */
export const systemScheduler: Scheduler = (millis, action) => {
  const timer = setTimeout(action, millis);
  return () => clearTimeout(timer);
};

/** Resolves after `millis`. */
export function pause(scheduler: Scheduler, millis: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler(millis, resolve);
  });
}

/** What `work` gives, or `late` when it takes longer than `millis`; what it gives after that is dropped here. */
export function withinTime<T, L>(scheduler: Scheduler, millis: number, work: Promise<T>, late: L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const cancel = scheduler(millis, () => resolve(late));
    work.then(resolve, reject).finally(cancel);
  });
}
