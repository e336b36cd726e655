import { readFileSync, statfsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/**
 * Databases and sites here wait for the disk at every commit, which is most of what the suites took. Nobody cuts the power of a
 * test: a process killed in the middle leaves in memory what it had written. Not where a TMPDIR is given, room is scarce, or no
 * program may be run (some tests install one).
 */
function temporary(): Record<string, string> {
  const ROOM = 4 * 2 ** 30
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    const noexec = / \/dev\/shm \S+ \S*\bnoexec\b/.test(readFileSync('/proc/mounts', 'utf8'))
    return process.env['TMPDIR'] || noexec || bavail * bsize < ROOM ? {} : { TMPDIR: '/dev/shm' }
  } catch {
    return {}
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Long suites are asked for by name: npm run test:long.
    exclude: [...(process.env['LONG'] === '1' ? [] : ['test/long/**']), 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    env: temporary(),
    sequence: { sequencer: LongestFirst },
  },
})
