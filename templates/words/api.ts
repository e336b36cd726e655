/** Words: api. */
import type { Words } from './index.ts'

export const apiWords = {} satisfies Words
