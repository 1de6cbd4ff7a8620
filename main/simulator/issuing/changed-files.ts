import type { ElementaryFile } from '../chip/chip-profile.ts';
import type { IssueHooks } from '../faults/fault-hooks.ts';

/** The data groups as hooks change them. */
export function changedGroups(
  groups: ReadonlyMap<number, Uint8Array>,
  hooks: readonly IssueHooks[],
): Map<number, Uint8Array> {
  const changed = new Map<number, Uint8Array>();
  for (const [number, contents] of groups) {
    const made = changedBy(hooks, contents, ({ dataGroup }, bytes) =>
      dataGroup === undefined ? bytes : dataGroup(number, bytes),
    );
    if (made !== null) changed.set(number, made);
  }
  return changed;
}

/** The files as hooks change them. */
export function changedFiles(files: readonly ElementaryFile[], hooks: readonly IssueHooks[]): ElementaryFile[] {
  return files.flatMap((file) => {
    const contents = changedBy(hooks, file.contents, (hook, bytes) =>
      hook.file === undefined ? bytes : hook.file(file.name, bytes),
    );
    return contents === null ? [] : [{ ...file, contents }];
  });
}

function changedBy(
  hooks: readonly IssueHooks[],
  contents: Uint8Array,
  change: (hook: IssueHooks, bytes: Uint8Array) => Uint8Array | null,
): Uint8Array | null {
  return hooks.reduce<Uint8Array | null>((made, hook) => (made === null ? null : change(hook, made)), contents);
}
