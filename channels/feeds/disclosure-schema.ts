/** JSON Schema (2020-12) of the catalogue, published beside it so that a portal can check what it takes. */

const text = { type: 'string' } as const
const time = { type: 'string', format: 'date-time' } as const
const day = { type: 'string', format: 'date' } as const
const address = { type: 'string', format: 'uri' } as const
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] })
const named = {
  type: 'object',
  required: ['slug', 'name'],
  properties: { slug: text, name: text },
  additionalProperties: false,
}
const head = { id: text, release: { type: 'string', pattern: '^\\d{4}-\\d{6,}$' }, url: address, updated: time }

const shown = {
  type: 'object',
  required: [
    ...Object.keys(head),
    'state',
    'indexNumber',
    'title',
    'summary',
    'language',
    'formedOn',
    'documentNumber',
    'agency',
    'topics',
    'kind',
    'publishedAt',
    'edition',
    'disclosure',
    'validity',
    'translations',
  ],
  properties: {
    ...head,
    state: { const: 'public' },
    indexNumber: { ...orNull(text), description: '索引号' },
    title: { ...text, description: '名称' },
    summary: { ...text, description: '内容概述' },
    language: text,
    formedOn: { ...day, description: '生成日期' },
    documentNumber: { ...orNull(text), description: '发文字号' },
    agency: { ...named, description: '发布机构' },
    topics: { type: 'array', items: named, description: '主题分类' },
    kind: text,
    publishedAt: { ...time, description: '发布时间' },
    edition: { type: 'integer', minimum: 1 },
    disclosure: { const: '主动公开', description: '公开属性' },
    validity: {
      ...orNull({
        type: 'object',
        required: ['state', 'name'],
        properties: {
          state: { enum: ['valid', 'amended', 'repealed', 'expired'] },
          name: { enum: ['有效', '已修改', '废止', '失效'] },
          since: day,
          by: address,
        },
        additionalProperties: false,
      }),
      description: '有效性',
    },
    translations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['language', 'url'],
        properties: { language: text, url: address },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
}

const gone = {
  type: 'object',
  required: [...Object.keys(head), 'state'],
  properties: { ...head, state: { enum: ['withdrawn', 'taken-down', 'display-ended'] } },
  additionalProperties: false,
}

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: '政府信息公开目录',
  type: 'object',
  required: ['title', 'publisher', 'updated', 'self', 'home', 'items'],
  properties: {
    $schema: address,
    title: text,
    publisher: text,
    updated: time,
    self: address,
    home: address,
    archive: { type: 'integer', minimum: 1 },
    current: address,
    previous: address,
    next: address,
    items: { type: 'array', items: { anyOf: [shown, gone] } },
  },
  additionalProperties: false,
}

export const SCHEMA = `${JSON.stringify(schema, null, 2)}\n`
