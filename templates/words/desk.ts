/** Words: desk. */
import type { Words } from './index.ts'

export const deskWords = {} satisfies Words
