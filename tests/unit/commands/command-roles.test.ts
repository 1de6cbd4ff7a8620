import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParsedArguments } from '../../../main/commands/command.ts';
import { commandRoles } from '../../../main/commands/command-roles.ts';
import { commandTable } from '../../../main/commands/command-table.ts';

const root = resolve(import.meta.dirname, '../../..');
const given = (flags: readonly string[], positionals: readonly string[] = []): ParsedArguments => ({
  positionals,
  plain: flags.length === 0,
  flag: (name) => flags.includes(name),
  value: () => null,
  values: () => [],
});

describe('roles at the side door', () => {
  it('have a row for each command, and none for what is no command', () => {
    expect(Object.keys(commandRoles).sort()).toEqual(commandTable.map(({ name }) => name).sort());
  });

  // What each command needs in a folder that has operators: who changes it changes this list knowingly.
  it('are these', () => {
    const told = Object.entries(commandRoles).map(([name, need]) =>
      need === 'free'
        ? `${name}: free`
        : `${name}: ${need.roles.join(' ')}${need.persons === 'two-if-there' ? ' ×2' : ''}`,
    );
    expect(told).toMatchSnapshot();
  });

  it('ask for two people where a certificate is pinned', () => {
    const need = commandRoles['trust import'];
    if (need === undefined || need === 'free' || typeof need.persons !== 'function') throw new Error('no row');
    expect(need.persons(given(['pin']))).toBe('two-if-there');
    expect(need.persons(given([]))).toBe(1);
  });

  it('let everybody look at limits and sources, and administrators alone set them', () => {
    for (const name of ['trust limits', 'trust source']) {
      const need = commandRoles[name];
      if (need === undefined || need === 'free') throw new Error('no row');
      expect(need.when?.(given([]))).toBe(false);
      expect(need.when?.(given(['clear']))).toBe(true);
      expect(need.when?.(given([], ['/media/lists']))).toBe(true);
    }
  });

  it('are asked wherever a command opens a folder', () => {
    const opening = globSync('main/commands/*.ts', { cwd: root }).filter((file) =>
      /\bopen(?:House|Keeping|Kept)\(/.test(readFileSync(join(root, file), 'utf8')),
    );
    // `doctor` is free: it shows nothing of a person and changes nothing.
    expect(opening.map((file) => file.replaceAll('\\', '/')).sort()).toEqual([
      'main/commands/doctor-folder.ts',
      'main/commands/folder-of-call.ts',
    ]);
  });
});
