/** Subscribing, confirming, choosing, leaving. */
import type { App } from '../env.ts'

export function mountSubscriptions(_app: App): void {}
