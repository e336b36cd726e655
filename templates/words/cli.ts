/** Words: cli. */
import type { Words } from './index.ts'

export const cliWords = {} satisfies Words
