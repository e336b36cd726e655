/** A CAP 1.2 alert as values (OASIS CAP-v1.2-os §3.2). Times as they stand in the file: 2026-11-23T14:12:03+08:00. */

export const STATUS = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const
export const MESSAGE = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const
export const SCOPE = ['Public', 'Restricted', 'Private'] as const
export const CATEGORY = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const
export const RESPONSE = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const
export const URGENCY = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export const SEVERITY = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export const CERTAINTY = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const

type One<T extends readonly string[]> = T[number]
export type Category = One<typeof CATEGORY>

export type Pair = { valueName: string; value: string }
export type Reference = { sender: string; identifier: string; sent: string }

export type CapAlert = {
  identifier: string
  sender: string
  sent: string
  status: One<typeof STATUS>
  msgType: One<typeof MESSAGE>
  source?: string
  scope: One<typeof SCOPE>
  restriction?: string
  addresses?: string
  code: string[]
  note?: string
  references: Reference[]
  incidents?: string
  info: CapInfo[]
}

export type CapInfo = {
  language: string
  category: Category[]
  event: string
  responseType: One<typeof RESPONSE>[]
  urgency: One<typeof URGENCY>
  severity: One<typeof SEVERITY>
  certainty: One<typeof CERTAINTY>
  audience?: string
  eventCode: Pair[]
  effective?: string
  onset?: string
  expires?: string
  senderName?: string
  headline?: string
  description?: string
  instruction?: string
  web?: string
  contact?: string
  parameter: Pair[]
  resource: CapResource[]
  area: CapArea[]
}

export type CapResource = {
  resourceDesc: string
  mimeType: string
  size?: string
  uri?: string
  derefUri?: string
  digest?: string
}

export type CapArea = {
  areaDesc: string
  /** "lat,lon lat,lon …", closed. */
  polygon: string[]
  /** "lat,lon radius", radius in kilometres. */
  circle: string[]
  geocode: Pair[]
  altitude?: string
  ceiling?: string
}

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2'
/** §3.3.2: no Z, no fractions; UTC is written -00:00. */
export const CAP_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d[+-]\d\d:\d\d$/
