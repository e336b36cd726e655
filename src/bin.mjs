#!/usr/bin/env node
/** `npx ortoo`: the bundled command line, built first where nobody has built it yet. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
if (!existsSync(join(root, 'dist', 'cli.js'))) {
  const built = spawnSync(process.execPath, [join(root, 'src', 'build.ts')], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(built.status ?? 1)
}
await import('../dist/cli.js')
