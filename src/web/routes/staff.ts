/** Members, roster, tokens, changes by two people. */
import type { App } from '../env.ts'

export function mountStaff(_app: App): void {}
