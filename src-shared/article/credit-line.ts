import type { Contributor, Fields } from './fields.ts';

/** "A, B and C": items joined as English prints them, without a serial comma. */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}

function possessive(name: string): string {
  return /s$/i.test(name) ? `${name}’` : `${name}’s`;
}

/**
 * The credit line that contributors give, for example "VOA’s Fern Robinson, Patsy Widakuswara and VOA Kurdish Service
 * contributed to this report." An affiliation is named once, before the first of those who share it. Empty for none.
 */
export function generateCreditLine(contributors: readonly Contributor[]): string {
  if (contributors.length === 0) return '';
  let standing = '';
  const names = contributors.map(({ name, affiliation, kind }) => {
    const own = kind === 'person' ? affiliation.trim() : '';
    const prefix = own && own !== standing ? `${possessive(own)} ` : '';
    standing = own || standing;
    return prefix + name;
  });
  return `${joinNames(names)} contributed to this report.`;
}

/** The credit line as it prints: the override when there is one, else the generated line. */
export function creditLineOf(fields: Pick<Fields, 'contributors' | 'creditLine'>): string {
  return fields.creditLine ?? generateCreditLine(fields.contributors);
}
