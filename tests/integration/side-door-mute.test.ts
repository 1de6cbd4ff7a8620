import { expect, it, onTestFinished } from 'vitest';
import { startPcscd } from '../support/pcscd.ts';
import { startStyrk, temporaryFolder } from '../support/side-door.ts';

// A card that never answers holds up all of its pcscd: nothing else is tested on this one.
it('a chip that never answers ends in card.mute, and the command ends with its card', async () => {
  const pcscd = await startPcscd();
  onTestFinished(() => pcscd.stop());
  const options = ['--fault', 'mute-at-command=5', '--vpcd', `127.0.0.1:${pcscd.vpcdPorts[0]}`];
  const chip = startStyrk(['chip', 'se-passport', '--json', ...options]);
  onTestFinished(() => void chip.child.kill('SIGKILL'));
  const { mrz } = JSON.parse(await chip.printed((stdout) => stdout.endsWith('\n'))) as { mrz: string[] };
  const key = ['--mrz', mrz.join('\n')];
  const inspecting = startStyrk(['inspect', '--training', ...key, '--data', temporaryFolder(), '--json'], pcscd.env);
  onTestFinished(() => void inspecting.child.kill('SIGKILL'));
  await inspecting.printed((stdout) => stdout.endsWith('\n'));
  // The driver holds the call for as long as its card says nothing, and with it a thread of the process.
  chip.child.kill('SIGKILL');
  const end = await inspecting.ended;
  expect(end.json()).toMatchObject({ verdict: 'refer', reasons: ['card.mute'], taps: 1 });
  expect(end.status).toBe(1);
}, 60_000);
