/** Names of Word styles that carry a field of a release out and back. */

export const STYLES = {
  summary: 'Ortoo summary',
  addressees: 'Ortoo addressees',
  signature: 'Ortoo signature',
  claim: 'Ortoo claim',
  whenWhere: 'Ortoo when and where',
  facts: 'Ortoo facts',
  actions: 'Ortoo actions',
  cause: 'Ortoo cause',
  advice: 'Ortoo advice',
  /** Headings of those blocks, and what else is not a word of the release: left out when it comes back. */
  label: 'Ortoo label',
} as const
