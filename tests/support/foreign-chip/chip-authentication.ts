import { type Answer, said } from './apdu.ts';
import { dataObject, dataObjects } from './data-objects.ts';
import { publicKey, sharedSecret } from './pace.ts';
import { SecureChannel, same } from './secure-channel.ts';
import { aes128 } from './suites.ts';

/** id-CA-ECDH-AES-CBC-CMAC-128: 0.4.0.127.0.7.2.2.3.2.2 (9303-11 §9.2.7), without its tag. */
const protocol = Uint8Array.of(0x04, 0x00, 0x7f, 0x00, 0x07, 0x02, 0x02, 0x03, 0x02, 0x02);

/** Chip authentication with MSE:Set AT and GENERAL AUTHENTICATE on brainpoolP256r1 (9303-11 §6.2.4.2), the chip's side. */
export class ChipAuthentication {
  readonly #key: bigint;
  #prepared = false;

  constructor(key: bigint) {
    this.#key = key;
  }

  prepare(data: Uint8Array): Answer {
    const objects = dataObjects(data);
    const named = objects?.find(({ tag }) => tag === 0x80)?.value;
    this.#prepared = named !== undefined && same(named, protocol);
    return said(this.#prepared ? 0x9000 : 0x6a80);
  }

  /** Null where MSE:Set AT did not come before. The new session begins after this answer (§9.8.2). */
  authenticate(data: Uint8Array): { readonly answer: Answer; readonly channel: SecureChannel | null } | null {
    if (!this.#prepared) return null;
    this.#prepared = false;
    const [dynamic] = dataObjects(data) ?? [];
    const objects = dynamic?.tag === 0x7c ? dataObjects(dynamic.value) : null;
    const peer = publicKey(objects?.find(({ tag }) => tag === 0x80)?.value);
    if (peer === null) return { answer: said(0x6a80), channel: null };
    const channel = new SecureChannel(aes128, Uint8Array.from(sharedSecret(peer.multiply(this.#key))));
    return { answer: said(0x9000, dataObject(0x7c)), channel };
  }
}
