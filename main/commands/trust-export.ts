import type { Command } from './command.ts';
import { withUnlockedKeeping } from './folder-of-call.ts';
import { writeNewFiles } from './output-file.ts';

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    'key-to': {
      kind: 'value',
      value: 'FILE',
      help: "writes this station's public key (PEM): what the other station gives to --signer, brought by another way",
    },
  },
  description: [
    'Writes what this station believes into one file that it signs (Ed25519): certificates, revocation lists, defect and ' +
      'deviation lists, document signers that did not come in a directory export, and the policies in force. Issuers of specimens stay here. Bundles are numbered; a station refuses one that is not newer than ' +
      'the last it took from the same issuer.',
    'Signing needs the key of the data folder: --passphrase-file; a training folder has its own. A file that is there ' +
      'already is not written over. Exit status 3 (storage.locked) without a key.',
    'With --json: { "file", "issuer": public key in hex, "number", "date", "digest", "certificates", "documentSigners", ' +
      '"revocationLists", "defectLists", "policies", "bytes" }',
  ],
  examples: [
    'styrk trust export branch.bundle --passphrase-file secret --key-to headquarters.pem',
    'styrk trust import branch.bundle --signer headquarters.pem',
  ],
  run: async (call) => {
    const [path = ''] = call.given.positionals;
    const keyPath = call.given.value('key-to');
    const exported = await withUnlockedKeeping(call, async ({ acts }) => {
      const { bundle, publicKey } = await acts.exportBundle();
      const key = new TextEncoder().encode(publicKey);
      writeNewFiles([[path, bundle.bytes], ...(keyPath === null ? [] : [[keyPath, key] as const])]);
      return bundle;
    });
    const { bytes, ...told } = exported;
    call.answer({ file: path, ...told, bytes: bytes.length }, () =>
      [
        `${path}: bundle ${told.number} of ${told.date}, ${bytes.length} bytes`,
        `  ${told.certificates} certificates, ${told.documentSigners} document signers, ${told.revocationLists} revocation lists, ${told.defectLists} defect lists, ${told.policies} policies`,
        `  signed by ${told.issuer}`,
        '',
      ].join('\n'),
    );
    return 0;
  },
};
