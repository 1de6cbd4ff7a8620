import { open, seal } from '../../crypto/sealing.ts';
import { equalSecret } from '../../result/bytes.ts';
import { Failure } from '../../result/failure.ts';
import { SecretBytes } from '../../result/secret-bytes.ts';
import type { Folder } from '../folder.ts';
import { newMarkKey, writeMarkKey } from './mark-key.ts';

/**
 * Keeps the key of the marks once more, sealed under the master key: a key file that is lost comes back with the unlocking,
 * and the marks under one that was exchanged no longer fit. Throws `storage.corrupt` where the copy is not ours.
 */
export function keepMarkKey({ database, directory, id, marks, path, random }: Folder, sealingKey: SecretBytes): void {
  const context = new TextEncoder().encode(`styrk/mark-key/1/${id}`);
  const sealed = database.prepare<[], Uint8Array>('SELECT sealed FROM mark_key WHERE only_row = 1').pluck().get();
  if (sealed === undefined) {
    // Gone with its copy: nothing that was marked can be told from what was not, under a new key all of it is touched.
    if (marks.key === null) marks.takeKey(newMarkKey(directory, random));
    const key = marks.key?.reveal() ?? new Uint8Array();
    database
      .prepare('INSERT INTO mark_key (only_row, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING')
      .run(seal(sealingKey.reveal(), key, context, random));
    return;
  }
  const kept = SecretBytes.orNull(open(sealingKey.reveal(), sealed, context));
  if (kept === null) throw new Failure('storage.corrupt', { path, part: 'mark-key' });
  using held = new DisposableStack();
  held.use(kept);
  if (marks.key === null) writeMarkKey(directory, kept, random);
  else if (equalSecret(kept.reveal(), marks.key.reveal())) return;
  // Marks under another key are not ours, and none of them fits the right one.
  marks.takeKey(kept);
  held.move();
}
