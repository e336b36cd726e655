/** The way out of an alarm that does not depend on what it is about: a configured webhook, a command, or both. */
import { spawn } from 'node:child_process'
import type { Outsider } from './http.ts'

/** `count` is 1 the first time; it rises while nobody has taken the alarm in hand. `owner`: id of the member it waits for. */
export type AlarmNotice = {
  id: string
  cause: string
  subject: string
  since: string
  count: number
  owner: string | null
}

/** Posts JSON to the webhook and runs the command with the notice in its environment. @throws when neither got through */
export async function tellAlarm(
  notice: AlarmNotice,
  to: { webhook?: string; command?: string },
  post: Outsider,
): Promise<void> {
  const ways: Promise<void>[] = []
  if (to.webhook) ways.push(byWebhook(notice, to.webhook, post))
  if (to.command) ways.push(byCommand(notice, to.command))
  if (ways.length === 0) return
  const ended = await Promise.allSettled(ways)
  if (ended.every((e) => e.status === 'rejected'))
    throw new Error(`alarm ${notice.id} could not be told`, { cause: (ended[0] as PromiseRejectedResult).reason })
}

async function byWebhook(notice: AlarmNotice, url: string, post: Outsider): Promise<void> {
  const { status } = await post(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(notice),
    timeoutMs: 5000,
  })
  if (status >= 300) throw new Error(`webhook answered ${status}`)
}

function byCommand(notice: AlarmNotice, command: string): Promise<void> {
  return new Promise((done, fail) => {
    const env = {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      ALARM_ID: notice.id,
      ALARM_CAUSE: notice.cause,
      ALARM_SUBJECT: notice.subject,
      ALARM_SINCE: notice.since,
      ALARM_COUNT: String(notice.count),
      ALARM_OWNER: notice.owner ?? '',
    }
    const child = spawn(command, { shell: true, stdio: 'ignore', timeout: 10_000, env })
    child.on('error', fail)
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`alarm command ended with ${code}`))))
  })
}
