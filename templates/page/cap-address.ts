/** The name and path of an edition's CAP message: given once and never changed. */
import type { Edition, Mode } from '../../src/publication/edition.ts'
import { rootOf } from './site.ts'

export const capPath = (mode: Mode, identifier: string): string => `${rootOf(mode)}/cap/${identifier}.xml`

/** Names the edition. Letters, digits and hyphens only: CAP 1.2 §3.2.1 forbids spaces, commas, < and &. */
export const capIdentifier = (edition: Edition, number = edition.number): string =>
  `ortoo-${edition.mode === 'live' ? '' : `${edition.mode}-`}${edition.releaseNumber.replace(/[^\w.-]/g, '-')}-${number}`
