/** The reference of P1b: `nodemailer` with its pool, sendMail for each recipient, as its handbook has it. Its own process. */
import nodemailer from 'nodemailer'

const [port = '0', connections = '20'] = process.argv.slice(2)

type Order = { mails: number; text: string; html: string; domain: string }

process.on('message', async ({ mails, text, html, domain }: Order) => {
  const transport = nodemailer.createTransport({
    pool: true,
    host: '127.0.0.1',
    port: Number(port),
    secure: false,
    ignoreTLS: true,
    maxConnections: Number(connections),
    maxMessages: Number.POSITIVE_INFINITY,
  })
  let given = 0
  const began = performance.now()
  const lane = async () => {
    while (given < mails) {
      const n = given++
      const token = String(n).padStart(32, '0')
      await transport.sendMail({
        from: 'Press Office <press@league.example>',
        to: `n${n}@${domain}`,
        subject: 'A release',
        text: text.replaceAll('TOKEN', token),
        html: html.replaceAll('TOKEN', token),
        list: { unsubscribe: `https://press.example/subscriptions/${token}/leave` },
      })
    }
  }
  // As many at once as there are connections, and as many again waiting behind them.
  await Promise.all(Array.from({ length: Number(connections) * 2 }, lane))
  process.send?.({ perSecond: (mails * 1000) / (performance.now() - began) })
  transport.close()
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: 1 })
