/** Screens of the desk. */
import type { App } from '../env.ts'

export function mountDesk(_app: App): void {}
