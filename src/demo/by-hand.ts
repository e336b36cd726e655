/** What software cannot reach: who signs for a release in the banners, and the channels the office works by hand. */
import type { Desk } from './desk.ts'
import { PHONE } from './seed.ts'

export async function byHand(desk: Desk): Promise<void> {
  for (const [name, role, area] of [
    ['旗值班联系人', '旗政府值班室', '159921'],
    ['苏木联系人', '苏木值班室', '159921200'],
    ['嘎查联系人', '嘎查委员会', '159921200200'],
  ])
    await desk.as('qinggele-drafter', 'POST', '/contacts', { name, role, phone: PHONE, areas: [area] })
  for (const name of ['政务微信', '应急广播（大喇叭）'])
    await desk.as('qinggele-drafter', 'POST', '/manual-channels', { name })
}
