import { describe, expect, it } from 'vitest';
import { spareWorker } from '../../../renderer/face/spare-decoder.ts';

class FakeWorker extends EventTarget {
  ended = 0;
  terminate(): void {
    this.ended += 1;
  }
}

function workers() {
  const started: FakeWorker[] = [];
  const spare = spareWorker(() => {
    const worker = new FakeWorker();
    started.push(worker);
    return worker as FakeWorker & Pick<Worker, 'addEventListener'>;
  });
  return { started, ...spare };
}

describe('a worker that is started before it is needed', () => {
  it('is given to one alone', () => {
    const { started, prepare, take } = workers();
    prepare();
    expect(started).toHaveLength(1);
    const [first, second] = [take(), take()];
    expect(first).toBe(started[0]);
    expect(second).toBe(started[1]);
    expect(second).not.toBe(first);
    prepare();
    expect(take()).toBe(started[2]);
  });

  it('is one, however often it is asked for', () => {
    const { started, prepare } = workers();
    prepare();
    prepare();
    expect(started).toHaveLength(1);
  });

  it('is ended where nobody took it, and left to whoever did', () => {
    const { started, prepare, take } = workers();
    const endFirst = prepare();
    endFirst();
    endFirst();
    expect(started[0]?.ended).toBe(1);
    const endSecond = prepare();
    const taken = take();
    endSecond();
    expect(taken.ended).toBe(0);
    // Nor does it end the next one.
    prepare();
    endSecond();
    expect(started[2]?.ended).toBe(0);
  });

  it('is given to nobody where it broke while it waited', () => {
    const { started, prepare, take } = workers();
    prepare();
    started[0]?.dispatchEvent(new Event('error'));
    expect(take()).toBe(started[1]);
  });
});
