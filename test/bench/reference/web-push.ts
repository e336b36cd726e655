/** The package everybody uses, as fast as it goes: `web-push` sendNotification, so many at once over kept-alive TLS. */
import { Agent } from 'node:https'
import webpush from 'web-push'
import type { SinkSubscription } from '../../support/push-sink.ts'

export type WebPushOptions = {
  vapid: { publicKey: string; privateKey: string; subject: string }
  /** The sink's certificate, PEM. */
  ca: string
  payload: Uint8Array
  atOnce?: number
}

/** One message to each endpoint; throws unless every one is taken. */
export async function webPush(endpoints: SinkSubscription[], options: WebPushOptions): Promise<{ perSecond: number }> {
  const { vapid, ca, payload, atOnce = 20 } = options
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce, ca })
  const settings = { vapidDetails: vapid, agent, TTL: 14_400, urgency: 'high', contentEncoding: 'aes128gcm' } as const
  const queue = endpoints.values()
  const work = async () => {
    for (const { endpoint, keys } of queue) {
      const { statusCode } = await webpush.sendNotification({ endpoint, keys }, Buffer.from(payload), settings)
      if (statusCode !== 201) throw new Error(`HTTP ${statusCode}`)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, work))
  const perSecond = (endpoints.length * 1000) / (performance.now() - began)
  agent.destroy()
  return { perSecond }
}
