/** A subscriber: the states, the moves between them, and the addresses of their own pages. */
import type { SubscriberRow } from './store.ts'

export const STATES = ['pending', 'active', 'left', 'gone', 'complained'] as const
export type SubscriberState = (typeof STATES)[number]

/**
 * Which state may follow which. Who complained stays so: no letter goes to them again, also none that a stranger asks for
 * in their name. Who left, or whose address had died, may come back through a new confirmation.
 */
const MOVES: Record<SubscriberState, readonly SubscriberState[]> = {
  pending: ['pending', 'active', 'left', 'gone', 'complained'],
  active: ['left', 'gone', 'complained'],
  left: ['pending', 'active', 'complained'],
  gone: ['pending', 'active', 'left', 'complained'],
  complained: [],
}

export const mayMove = (from: string, to: SubscriberState): boolean =>
  (MOVES[from as SubscriberState] ?? []).includes(to)

/** 32 letters of base64url: what `newToken` makes. */
export const isToken = (token: string): boolean => /^[\w-]{32}$/.test(token)

export const pagesOf = (publicUrl: string, { token }: Pick<SubscriberRow, 'token'>) => ({
  preferences: `${publicUrl}/subscriptions/${token}/`,
  confirm: `${publicUrl}/subscriptions/${token}/confirm`,
  leave: `${publicUrl}/subscriptions/${token}/leave`,
})
