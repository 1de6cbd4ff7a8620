import { expect, it } from 'vitest';
import { commandTable } from '../../../main/commands/command-table.ts';
import { sideDoorAdvice } from '../../../main/commands/side-door-advice.ts';

const locked = (advice: string) => sideDoorAdvice({ code: 'storage.locked', fields: { advice } });

it('names the options by which a refused command goes on', () => {
  expect(locked('give-passphrase')).toContain('--passphrase-file FILE');
  expect(locked('choose-key')).toContain('twelve characters');
  expect(sideDoorAdvice({ code: 'operator.needed', fields: {} })).toContain('--operator SIGN');
  expect(sideDoorAdvice({ code: 'operator.second-needed', fields: {} })).toContain('twice');
});

it('promises no option where none helps: a key in a vault, a passphrase that is wrong', () => {
  expect(locked('open-in-app')).toBeNull();
  expect(sideDoorAdvice({ code: 'storage.wrong-key', fields: {} })).toBeNull();
});

it('names options that the command has', async () => {
  const { command } = (await commandTable.find(({ name }) => name === 'trust import')?.load()) ?? {};
  const said = sideDoorAdvice({ code: 'trust.signer-not-pinned', fields: {} }) ?? '';
  for (const name of ['signer', 'by']) {
    expect(Object.keys(command?.options ?? {})).toContain(name);
    expect(said).toContain(`--${name} `);
  }
});
