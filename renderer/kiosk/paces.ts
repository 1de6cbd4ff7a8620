/** That somebody is there is told so often at most, in milliseconds: a wet hand touches a hundred times a second. */
const touchMillis = 500;

/** Of touches and keys, those that are told. */
export class TouchPace {
  #last = Number.NEGATIVE_INFINITY;

  /** Whether this one is told; `at` in milliseconds, of the same clock as the others. */
  tells(at: number): boolean {
    if (at - this.#last < touchMillis) return false;
    this.#last = at;
    return true;
  }
}

/** Of the sound outputs that are there, time after time, whether one was plugged in; one that is pulled is none. */
export class PluggedOutputs {
  #outputs = Number.POSITIVE_INFINITY;

  isPlugged(outputs: number): boolean {
    const more = outputs > this.#outputs;
    this.#outputs = outputs;
    return more;
  }
}
