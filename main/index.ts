import { join } from 'node:path';
import { app } from 'electron';
import { Failure } from './result/failure.ts';
import { giveUp } from './station/give-up.ts';
import { createLog } from './station/log.ts';
import { alteredBeside } from './station/native-modules.ts';
import { forbidCoreDumps } from './station/no-core-dumps.ts';
import { isOrderHost, isUpdateCheck, refusedStart } from './station/start-guard.ts';

/*
 * What runs first, before any native module is loaded and before a page is there: a packaged app starts with nothing that opens
 * it to others or lifts its sandbox, and only with the native modules that it was packed with.
 */

const log = createLog(
  (line) => process.stderr.write(line),
  () => new Date().toISOString(),
);

function proveStart(): void {
  if (!app.isPackaged) return;
  const { argv, env: environment, platform } = process;
  const [refused] = refusedStart({ argv: argv.slice(1), environment, platform });
  if (refused?.kind === 'command') throw new Failure('arguments.no-commands', { command: refused.name });
  if (refused !== undefined) throw new Failure('installation.unsafe-start', { ...refused });
  const [altered] = alteredBeside(join(import.meta.dirname, '../..'));
  if (altered !== undefined) throw new Failure('installation.altered', { file: altered });
  if (!forbidCoreDumps()) log('core-dumps-not-forbidden');
}

try {
  proveStart();
  const argv = process.argv.slice(app.isPackaged ? 1 : 2);
  if (isOrderHost(argv)) {
    const { serveBrowser } = await import('./station/order-host.ts');
    await serveBrowser(argv, { input: process.stdin, write: (frame) => void process.stdout.write(frame) });
    app.exit(0);
  } else if (isUpdateCheck(argv)) {
    const { answerUpdateCheck } = await import('./station/update-check.ts');
    // Said before the process is gone: a pipe of Windows takes its time.
    const said = (line: string) => new Promise<void>((done) => process.stdout.write(line, () => done()));
    app.exit(await answerUpdateCheck(argv, app.getAppPath(), said));
  } else {
    const { openFrontDoor } = await import('./front-door.ts');
    openFrontDoor({ builtAt: import.meta.url, log });
  }
} catch (thrown) {
  giveUp(thrown, log);
}
