/** The folders returned mail, and mail to our own mailbox, are delivered into. */
import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Finding, fail, type Look, note, ok, reason } from './finding.ts'

export const mailbox: Look = {
  name: 'mailbox',
  async run({ bounceMaildir, canaryMail, smtp }) {
    const none = smtp?.bounceDomain && !bounceMaildir ? [note('doctor.mailbox-none')] : []
    const dirs = [bounceMaildir, canaryMail?.maildir].filter((dir): dir is string => Boolean(dir))
    return [...none, ...(await Promise.all(dirs.map(lookInto))).flat()]
  },
}

async function lookInto(dir: string): Promise<Finding[]> {
  for (const part of ['new', 'cur']) {
    const found = await unusable(join(dir, part))
    if (found) return [found]
  }
  const waiting = await readdir(join(dir, 'new'))
  const closed = waiting[0] ? await unreadable(join(dir, 'new', waiting[0])) : null
  if (closed) return [closed]
  const failed = await readdir(join(dir, '.failed', 'cur')).catch(() => [])
  return [
    ok('doctor.mailbox', { dir, n: waiting.length }),
    ...(failed.length ? [note('doctor.mailbox-failed', { dir: join(dir, '.failed'), n: failed.length })] : []),
  ]
}

/** Mails are moved from one folder to the other, so both must be writable. */
async function unusable(folder: string): Promise<Finding | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return fail('doctor.mailbox-no-folder', { folder })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return null
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'ENOENT'
      ? fail('doctor.mailbox-no-folder', { folder })
      : fail('doctor.mailbox-closed', { folder, why: reason(err) })
  }
}

/** The mail system writes each mail for its own account alone, unless it is told whose they are. */
const unreadable = (file: string): Promise<Finding | null> =>
  access(file, constants.R_OK).then(
    () => null,
    (err) => fail('doctor.mailbox-unreadable', { file, why: reason(err) }),
  )
