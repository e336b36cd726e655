/** P1: publish → every message accepted by an SMTP relay and recorded, against a bare loop and against nodemailer's pool. */
import { child } from './far/child.ts'
import type { Measured } from './measured.ts'
import { assertExact, notice, publishAndWait, scene } from './scene.ts'

const MAILS = 50_000
const CONNECTIONS = 20

export async function p1(): Promise<Measured> {
  const relay = await child('far/smtp-server.js')
  const port = relay.ready['port'] as number
  const s = await scene({ readers: MAILS, smtpPort: port, connections: CONNECTIONS })
  try {
    const ours = await publishAndWait(s, notice('1'), 'email')
    const heard = await relay.ask<{ people: number; repeats: number; sample: string; bytes: number; mails: number }>({
      ask: 'stats',
    })
    assertExact(ours.run, MAILS, heard)
    await s.kill()
    const bare = await child('reference/bare-smtp.js', [port, CONNECTIONS])
    const loop = await bare.ask<{ perSecond: number }>(
      { mails: MAILS, message: heard.sample, domain: 'bare.example' },
      600_000,
    )
    await bare.end()
    const pool = await child('reference/nodemailer-pool.js', [port, CONNECTIONS])
    const half = 'x'
      .repeat(75)
      .concat('\r\n')
      .repeat(Math.round(heard.sample.length / 77 / 2))
    const nodemailer = await pool.ask<{ perSecond: number }>(
      { mails: MAILS / 10, text: `TOKEN\r\n${half}`, html: `<p>TOKEN</p>${half}`, domain: 'nodemailer.example' },
      600_000,
    )
    await pool.end()
    return {
      P1a: {
        ours: ours.perSecond,
        other: loop.perSecond,
        what: `mails a second of ${Math.round(heard.bytes / heard.mails)} bytes / bare loop`,
        goal: '≥ 0.7',
      },
      P1b: { ours: ours.perSecond, other: nodemailer.perSecond, what: 'mails a second / nodemailer pool', goal: '≥ 5' },
    }
  } finally {
    await s.close()
    await relay.end()
  }
}
