import { isMainThread, type Worker } from 'node:worker_threads';

/*
 * Read by the app's main process before anything of its own (`NODE_OPTIONS=--import`): upon SIGUSR2 its inspection worker is ended, as one
 * that runs out of memory ends, wherever it is. Nothing of it is in the app.
 */

if (isMainThread) {
  const running = new Set<Worker>();
  process.on('worker', (worker) => {
    running.add(worker);
    worker.once('exit', () => running.delete(worker));
  });
  process.on('SIGUSR2', () => {
    for (const worker of running) if (worker.threadName === 'inspection') void worker.terminate();
  });
}
