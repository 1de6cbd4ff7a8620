import { Failure } from '../../result/failure.ts';
import { namedFault } from './fault-catalogue.ts';
import type { AnswerHooks, IssueHooks } from './fault-hooks.ts';

/** What a chip can be told to do wrong. Commands are counted from 1 in each presentation. */
export interface ChipFaults {
  /** Leaves the field instead of answering this command. */
  readonly leaveAtCommand?: number;
  /** Never answers this command. */
  readonly muteAtCommand?: number;
  /** Answers this command without protection although a session is open. */
  readonly plainAnswerAtCommand?: number;
  /** Flips a bit in the middle of this command's answer. */
  readonly corruptAnswerAtCommand?: number;
  /** Never gives more than so many bytes of a file at once. */
  readonly longestRead?: number;
  /** Refuses extended length, whatever EF.ATR/INFO says. */
  readonly shortLengthOnly?: boolean;
  /** What is changed before the chip is made, and in what it answers. */
  readonly issue?: readonly IssueHooks[];
  readonly answers?: readonly AnswerHooks[];
}

interface Parsed {
  leaveAtCommand?: number;
  muteAtCommand?: number;
  plainAnswerAtCommand?: number;
  corruptAnswerAtCommand?: number;
  longestRead?: number;
  shortLengthOnly?: boolean;
  issue: IssueHooks[];
  answers: AnswerHooks[];
}

const numbered = {
  'leave-at-command': 'leaveAtCommand',
  'mute-at-command': 'muteAtCommand',
  'plain-answer-at-command': 'plainAnswerAtCommand',
  'corrupt-answer-at-command': 'corruptAnswerAtCommand',
  'longest-read': 'longestRead',
} as const;

function isNumbered(name: string): name is keyof typeof numbered {
  return Object.hasOwn(numbered, name);
}

/** Reads faults as written on the command line, `name` or `name=value`: those above, and every name of the catalogue. Fails with `arguments.unusable`. */
export function parseChipFaults(faults: readonly string[]): ChipFaults {
  const parsed: Parsed = { issue: [], answers: [] };
  for (const fault of faults) {
    const [name = '', value, ...rest] = fault.split('=');
    const known = value === undefined ? namedFault(name) : null;
    if (known !== null) {
      if (known.issue !== undefined) parsed.issue.push(known.issue);
      if (known.answers !== undefined) parsed.answers.push(known.answers);
    } else if (name === 'short-length-only' && value === undefined) parsed.shortLengthOnly = true;
    else if (isNumbered(name) && rest.length === 0 && /^[1-9]\d{0,8}$/.test(value ?? ''))
      parsed[numbered[name]] = Number(value);
    else throw new Failure('arguments.unusable', { option: '--fault', value: fault });
  }
  const { issue, answers, ...rest } = parsed;
  return { ...rest, ...(issue.length > 0 ? { issue } : {}), ...(answers.length > 0 ? { answers } : {}) };
}
