// Runs every case of TR-03105-5.1 and writes docs/conformance.md: `npm run conformance`.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CaseResult, runCase } from './base/case.ts';
import { plan } from './base/plan.ts';
import { cases } from './cases/all.ts';
import { explained } from './explained.ts';
import { type Executed, report } from './report.ts';

async function execute(
  id: string,
): Promise<{ readonly title: string; readonly result: CaseResult | null; readonly fault: string | null }> {
  const known = cases[id];
  if (known === undefined) return { title: '', result: null, fault: 'no document was made for it' };
  try {
    return { title: known.title, result: await runCase(known), fault: null };
  } catch (thrown) {
    return { title: known.title, result: null, fault: String(thrown) };
  }
}

if (plan === null) {
  process.stderr.write('The cases of the plan were not found beside the project.\n');
  process.exitCode = 1;
} else {
  const executed: Executed[] = [];
  for (const entry of plan.filter(({ basis }) => basis !== 'deleted')) {
    executed.push({ entry, ...(await execute(entry.id)), explanation: explained.get(entry.id) ?? null });
  }
  const deleted = plan.filter(({ basis }) => basis === 'deleted').map(({ id }) => id);
  const { text, unexplained, notExecuted } = report(executed, deleted);
  writeFileSync(resolve(import.meta.dirname, '../../docs/conformance.md'), text);
  const agree =
    executed.length -
    notExecuted.length -
    executed.filter(({ result, entry }) => result !== null && result.got !== entry.expected).length;
  process.stdout.write(
    `${executed.length - notExecuted.length} of ${executed.length} executed, ${agree} as expected\n`,
  );
  for (const id of [...notExecuted, ...unexplained]) process.stdout.write(`not explained or not executed: ${id}\n`);
  if (notExecuted.length > 0 || unexplained.length > 0) process.exitCode = 1;
}
