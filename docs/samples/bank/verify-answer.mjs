// Verifies an answer as docs/integration.md §5 says, with Node alone. Exit status 0: the customer may go on.
// 1: not. 2: the words are not those of the usage.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const usage = `node verify-answer.mjs [--training] [--short] ANSWER station.json order.jws
  ANSWER        the token, or the object that styrk verify --json and styrk referrals decide --json print
  station.json  what styrk banks list --json prints
  order.jws     the order as it was sent
  --training    of training: never about a customer
  --short       ANSWER is what a code on the desk's screen holds, or what styrk answer show --qr CODE.svg --json prints
`;
const words = process.argv.slice(2);
const training = words.includes('--training');
const short = words.includes('--short');
const files = words.filter((word) => !word.startsWith('--'));
const [answerFile, stationFile, orderFile] = files;
if (files.length !== 3 || words.some((word) => word.startsWith('--') && word !== '--training' && word !== '--short')) {
  process.stderr.write(usage);
  process.exit(2);
}
const read = (file) => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    process.stderr.write(`not accepted: ${file} is not there (an answer comes a second or two after its case)\n`);
    process.exit(1);
  }
};
const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
const require_ = (condition, what) => {
  if (condition) return;
  process.stderr.write(`not accepted: ${what}\n`);
  process.exit(1);
};

// In a drop folder a refusal lies where its answer would.
const refusalFile = answerFile.replace(/\.jws$/, '.refused.json');
if (!existsSync(answerFile) && refusalFile !== answerFile && existsSync(refusalFile)) {
  const { code, field, reason } = JSON.parse(read(refusalFile));
  const part = field ?? reason;
  require_(false, `the order was refused, ${code}${part === undefined ? '' : ` (${part})`}`);
}
const text = read(answerFile);
const token = text.startsWith('{') ? JSON.parse(text)[short ? 'short' : 'answer'] : text;
require_(typeof token === 'string', 'there is no answer yet');
const { station, keys } = JSON.parse(read(stationFile));
const order = read(orderFile);

const parts = token.split('.');
require_(parts.length === 3, 'no token');
const [head, body, signature] = parts;
const header = decoded(head);
const key = keys.find(({ kid }) => kid === header.kid);
require_(header.typ === `styrk-${training ? 'training-' : ''}${short ? 'short-' : ''}answer+jwt`, 'the type');
require_(key !== undefined && header.alg === key.alg, 'the key');
const publicKey = createPublicKey({ key, format: 'jwk' });
const signed = Buffer.from(`${head}.${body}`);
const right =
  key.alg === 'EdDSA'
    ? verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))
    : verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
require_(right, 'the signature');

const claims = decoded(body);
const asked = decoded(order.split('.')[1]);
require_(claims.iss === station, 'the station');
require_(claims.aud === asked.iss, 'for whom it is');
require_(claims.nonce === asked.nonce && claims.order.id === asked.jti, 'the order');
require_(claims.order.token === createHash('sha256').update(order).digest('hex'), 'the order as it was sent');
require_(claims.exp > Date.now() / 1000, 'its age');
process.stdout.write(
  `${JSON.stringify({ ...claims.styrk, checks: undefined, person: claims.verified_claims?.claims ?? null }, null, 2)}\n`,
);
process.exitCode = claims.styrk.decision.outcome === 'go-on' ? 0 : 1;
