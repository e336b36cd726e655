/** Files of the public side given to the outlets that write them, outside any run: turns, issues of the gazette, a rebuild. */
import type { Channel, Target } from './channel.ts'

const EVERYONE: Target = { deliveryId: 0, subscriberId: 0, address: '', token: '', language: 'zh-CN', attempt: 1 }

/**
 * What each outlet prepares goes through its `send`; nothing prepared, nothing sent. `what` names it in the error: sequence 12.
 * @throws when an outlet does not take it
 */
export async function putOut(
  channels: Channel[],
  what: string,
  prepare: (channel: Channel) => Promise<unknown> | undefined,
): Promise<void> {
  for (const channel of channels) {
    const prepared = await prepare(channel)
    if (!prepared) continue
    const [outcome] = await channel.send(prepared, [EVERYONE], new AbortController().signal)
    if (outcome?.state !== 'accepted')
      throw new Error(`${channel.name} did not take ${what}: ${JSON.stringify(outcome)}`)
  }
}
