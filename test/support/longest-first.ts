/** The order of files: those that take longest begin first, so that the two workers end together; a fresh clone knows no times of its own. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Longest first, as measured; a file that is not here comes after them. */
const LONGEST = [
  'browser/public',
  'flow/backup',
  'flow/faults',
  'delivery/digest',
  'browser/desk',
  'browser/my-desk',
  'browser/office',
  'browser/review',
  'delivery/engine',
  'browser/editor',
  'browser/incident',
  'browser/readers',
  'publication/turns',
  'flow/story',
  'cli/bundle',
  'cli/doctor',
  'browser/accounts',
  'delivery/stand-in',
  'flow/policy',
  'publication/by-hand',
  'publication/model',
]
const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
  return at < 0 ? LONGEST.length : at
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
