/** The HTTP API, one file per resource. */
import type { App } from '../env.ts'

export function mountApi(_app: App): void {}
