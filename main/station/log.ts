type LogValue = string | number | boolean | null;

/** One line per event: what happened, and plain fields. */
export type Log = (event: string, fields?: Readonly<Record<string, LogValue>>) => void;

// Machine readable zones, personal and document numbers, keys in hex: none of our own words looks like them.
const suspicious = /<|\d{5,}|\d{6}[-+]\d|[0-9a-f]{16,}/i;
const longest = 120;

/** A value as it may stand in a log: text that could tell of a person or a key is left out. */
export function redact(value: LogValue): LogValue {
  if (typeof value !== 'string') return value;
  return suspicious.test(value) || value.length > longest ? '[redacted]' : value;
}

/** One line as the office shows it: `fields` is what else it holds, as JSON. */
export interface LogLine {
  readonly at: string;
  readonly event: string;
  readonly fields: string;
}

/** The newest lines of this run, for the office; older ones are where the log is written to. */
const mostKept = 200;
const kept: LogLine[] = [];

/** The newest lines of this run's logs, newest first. */
export function newestLines(): readonly LogLine[] {
  return kept.toReversed();
}

/** A log of JSON lines. `write` takes each line with its end. */
export function createLog(write: (line: string) => void, now: () => string): Log {
  return (event, fields = {}) => {
    const safe = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redact(value)]));
    const at = now();
    kept.push({ at, event, fields: JSON.stringify(safe) });
    if (kept.length > mostKept) kept.shift();
    write(`${JSON.stringify({ at, event, ...safe })}\n`);
  };
}
