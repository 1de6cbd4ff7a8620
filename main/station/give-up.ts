import { app, dialog } from 'electron';
import { failureWords } from '../../resources/failures/failures.ts';
import { asFailure } from '../result/failure.ts';
import { systemLanguage } from './interface-language.ts';
import type { Log } from './log.ts';

/** Ends the app. No window is there yet: the platform's own box says what happened, in the language of its user. */
export function giveUp(thrown: unknown, log: Log): void {
  const { code, fields } = asFailure(thrown);
  log('start-failed', { code });
  const { happened, staff } = failureWords(systemLanguage(), code);
  const details = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  dialog.showErrorBox('Styrk', [happened, staff, code, ...details].join('\n'));
  app.exit(code.startsWith('arguments.') || code === 'data.kind' ? 2 : 3);
}
