/** Whether what a release says still holds at a time. Expired is not lifted: nobody has said that the danger is over. */
import type { Core } from '../../src/publication/edition.ts'

/** 有效期至, where one was given. */
export const validUntil = (core: Core): string | undefined => core.expiresAt ?? core.cap?.expires

/** `asOf` undefined: not looked at for any time, as at the desk. */
export function isOver(core: Core, asOf: string | undefined): boolean {
  const until = validUntil(core)
  return until !== undefined && asOf !== undefined && until <= asOf
}
