import type { Check, Detail } from '../result/check.ts';
import { type DocumentSeen, takes } from './document-patterns.ts';
import type { Condition, PolicyCondition } from './terms.ts';
import type { Policy } from './types.ts';

/** What a document is tied to, or the check that leaves it open. */
export type TiedTo =
  | { readonly conditions: readonly Condition[] }
  | { readonly open: 'document.type' | 'document.expiry' };

/**
 * The conditions that a policy ties this document to, each once. They rest on what the checks of its type and its last day
 * say. Where the policy has conditions and these do not tell the document, nobody can say which hold: then that check is open.
 */
export function conditionsFor({ conditions: stated }: Pick<Policy, 'conditions'>, checks: readonly Check[]): TiedTo {
  if (stated.length === 0) return { conditions: [] };
  const seen: DocumentSeen = checks.find(({ id }) => id === 'document.type')?.detail ?? {};
  if (typeof seen.code !== 'string') return { open: 'document.type' };
  const { expiry, at } = checks.find(({ id }) => id === 'document.expiry')?.detail ?? {};
  const found = new Map<string, Condition>();
  for (const each of stated.filter((condition) => isFor(condition, seen))) {
    if (each.remainingMonths !== null && !endsWithin(each.remainingMonths, expiry, at)) continue;
    if (each.condition !== 'validUntil') {
      found.set(`scope ${each.condition.scope}`, { kind: 'scope', scope: each.condition.scope });
    } else if (typeof expiry === 'string') {
      found.set('validUntil', { kind: 'validUntil', date: expiry });
    } else {
      return { open: 'document.expiry' };
    }
  }
  return { conditions: [...found.values()] };
}

function isFor({ documents, except }: PolicyCondition, seen: DocumentSeen): boolean {
  const meant = documents === null || documents.some((each) => takes(each, seen));
  return meant && !except.some((each) => takes(each, seen));
}

// A document whose last day is not known may be one of those: it is left to the condition to say so.
function endsWithin(months: number, expiry: Detail | undefined, at: Detail | undefined): boolean {
  if (typeof expiry !== 'string' || typeof at !== 'string') return true;
  const [year = 0, month = 1] = at.split('-').map(Number);
  const later = year * 12 + (month - 1) + months;
  const last = `${String(Math.floor(later / 12)).padStart(4, '0')}-${String((later % 12) + 1).padStart(2, '0')}-${at.slice(8)}`;
  return expiry <= last;
}
