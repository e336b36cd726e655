/** Words: issues. */
import type { Words } from './index.ts'

export const issueWords = {} satisfies Words
