/** Words: public. */
import type { Words } from './index.ts'

export const publicWords = {} satisfies Words
