/** What a chip can be told to do wrong. Commands are counted from 1 in each presentation. */
export interface ChipFaults {
  /** Leaves the field instead of answering this command. */
  readonly leaveAtCommand?: number;
  /** Answers this command without protection although a session is open. */
  readonly plainAnswerAtCommand?: number;
  /** Flips a bit of the last data byte or status of this command's answer. */
  readonly corruptAnswerAtCommand?: number;
  /** Never gives more than so many bytes of a file at once. */
  readonly longestRead?: number;
  /** Refuses extended length, whatever EF.ATR/INFO says. */
  readonly shortLengthOnly?: boolean;
}

/** Reads faults as written on the command line, `name` or `name=value`. Fails with `arguments.unusable`. */
export function parseChipFaults(_faults: readonly string[]): ChipFaults {
  throw new Error('being written');
}
