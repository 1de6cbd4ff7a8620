import { Failure } from '../result/failure.ts';

/** What a chip can be told to do wrong. Commands are counted from 1 in each presentation. */
export interface ChipFaults {
  /** Leaves the field instead of answering this command. */
  readonly leaveAtCommand?: number;
  /** Answers this command without protection although a session is open. */
  readonly plainAnswerAtCommand?: number;
  /** Flips a bit in the middle of this command's answer. */
  readonly corruptAnswerAtCommand?: number;
  /** Never gives more than so many bytes of a file at once. */
  readonly longestRead?: number;
  /** Refuses extended length, whatever EF.ATR/INFO says. */
  readonly shortLengthOnly?: boolean;
}

const numbered = {
  'leave-at-command': 'leaveAtCommand',
  'plain-answer-at-command': 'plainAnswerAtCommand',
  'corrupt-answer-at-command': 'corruptAnswerAtCommand',
  'longest-read': 'longestRead',
} as const;

function isNumbered(name: string): name is keyof typeof numbered {
  return Object.hasOwn(numbered, name);
}

/** Reads faults as written on the command line, `name` or `name=value`. Fails with `arguments.unusable`. */
export function parseChipFaults(faults: readonly string[]): ChipFaults {
  const parsed: { -readonly [Name in keyof ChipFaults]: ChipFaults[Name] } = {};
  for (const fault of faults) {
    const [name = '', value, ...rest] = fault.split('=');
    if (name === 'short-length-only' && value === undefined) parsed.shortLengthOnly = true;
    else if (isNumbered(name) && rest.length === 0 && /^[1-9]\d{0,8}$/.test(value ?? ''))
      parsed[numbered[name]] = Number(value);
    else throw new Failure('arguments.unusable', { option: '--fault', value: fault });
  }
  return parsed;
}
