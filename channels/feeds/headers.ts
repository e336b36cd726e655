/** Response headers of files made for machines: any page may read them, and they name themselves and their hub. */
import type { ChannelConfig } from '../../src/delivery/channel.ts'

/** Readers that run inside another site's page read them too; nothing here depends on who asks. */
export const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag, link' }

/**
 * Link header of a feed (WebSub §4): exactly one self, equal to the one inside the document, and the hub where there is one.
 * @param self absolute and percent-encoded, as a header carries it
 */
export const feedHeaders = (config: ChannelConfig, self: string, current: boolean): Record<string, string> => {
  const hub = current && config.hubUrl ? `, <${config.hubUrl}>; rel="hub"` : ''
  return { ...OPEN, link: `<${self}>; rel="self"${hub}` }
}
