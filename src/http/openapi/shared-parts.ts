import type { Document } from '#http/openapi/document-types.ts'

type Named = Record<string, unknown>
type Components = { parameters?: Named; examples?: Named; responses?: Named }
/** Where a part is, its name, and what tells it from other parts of that name. */
type Place = { holder: Named; key: string; name: string; further: readonly string[] }

/**
 * Moves each parameter, example and response that the document has more than once to `components`, and refers to it
 * there. Its component is named after it, and after what further is known of it where several have that name.
 */
export function shareParts(document: Document): void {
  const components = document.components as Components
  const operations = Object.values(document.paths).flatMap(operations => Object.values(operations))
  share(components, 'responses', operations.flatMap(responsesOf))
  share(
    components,
    'parameters',
    // The page at /docs takes the examples out of the other operations' own parameters.
    Object.values(document.paths).flatMap(operations =>
      Object.entries(operations)
        .filter(([, operation]) => operation['x-no-prefill'] !== true)
        .flatMap(([method, { parameters }]) => parametersOf(method, parameters as unknown as Named)),
    ),
  )
  const bodies = [
    ...operations.map(({ requestBody }) => requestBody),
    ...operations.flatMap(({ responses }) => Object.values(responses)),
    ...Object.values(components.responses ?? {}),
  ]
  share(components, 'examples', bodies.flatMap(examplesOf))
}

function parametersOf(method: string, holder: Named = {}): Place[] {
  return Object.entries(holder).map(([key, parameter]) => {
    const { name = '', in: part = '' } = parameter as { name?: string; in?: string }
    return { holder, key, name, further: [part === 'header' ? method : part] }
  })
}

function examplesOf(part: unknown): Place[] {
  const { content = {} } = (part ?? {}) as { content?: Record<string, { examples?: Named }> }
  return Object.values(content).flatMap(({ examples: holder = {} }) =>
    Object.keys(holder).map(key => ({ holder, key, name: key, further: [] })),
  )
}

function responsesOf({ responses, parameters }: { responses: object; parameters?: object[] }): Place[] {
  const holder = responses as Record<string, SharedResponse>
  return Object.entries(holder).map(([key, response]) => ({
    holder,
    key,
    name: nameOf(key, response),
    further: [thingOf(parameters), ...furtherWords(response)],
  }))
}

type SharedResponse = {
  headers?: object
  content?: Record<string, { schema?: { $ref?: string }; examples?: Record<string, unknown> }>
}

function furtherWords(response: SharedResponse): string[] {
  return Object.entries(FURTHER)
    .filter(([, isMeant]) => isMeant(response))
    .map(([word]) => word)
}

const FURTHER: Record<string, (response: SharedResponse) => boolean> = {
  replayable: ({ headers = {} }) => 'Idempotent-Replayed' in headers,
  uncounted: ({ headers = {} }) => !('RateLimit' in headers),
  'without-body': ({ content }) => JSON.stringify(content ?? {}).includes('"in":"query"'),
}

/** A response is called after its problems, or after what it answers with. */
function nameOf(status: string, { content = {} }: SharedResponse): string {
  const { 'application/problem+json': problem, 'application/json': answer } = content
  if (status === '304') return 'not-modified'
  if (problem === undefined) return `${answer?.schema?.$ref?.split('/').at(-1) ?? 'empty'}-answer`
  const types = new Set(Object.keys(problem.examples ?? {}).map(name => name.replace(/\.|-ja$/, '')))
  return [...types].slice(0, 2).join('-or-')
}

/** What the path of an operation leads to: `contract` by its parameter `contract_id`. */
function thingOf(parameters: object[] = []): string {
  const path = parameters.find(parameter => 'in' in parameter && parameter.in === 'path') as
    { name: string } | undefined
  return path?.name.replace(/_(id|type)$/, '') ?? ''
}

/** Shares parts that occur more than once. Parts of one name are distinguished by further facts. */
function share(components: Components, kind: keyof Components, places: Place[]): void {
  const shared = (components[kind] ??= {})
  const byText = Map.groupBy(
    places.filter(({ holder, key }) => !('$ref' in (holder[key] as object))),
    ({ holder, key }) => JSON.stringify(holder[key]),
  )
  const repeated = [...byText.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length === 0 ? [] : [{ first, others }],
  )
  const names = Map.groupBy(repeated, ({ first }) => first.name)
  for (const [name, groups] of names) {
    for (const { first, others } of groups) {
      const { holder, key, further } = first
      const common = further.filter(word => others.every(place => place.further.includes(word)))
      const own_name = freeName(shared, pascalCase(groups.length > 1 ? [name, ...common].join('-') : name))
      shared[own_name] = holder[key]
      for (const place of [first, ...others]) {
        place.holder[place.key] = { $ref: `#/components/${kind}/${own_name}` }
      }
    }
  }
}

function freeName(taken: Named, name: string): string {
  if (!(name in taken)) return name
  for (let number = 2; ; number += 1) {
    if (!(`${name}${number}` in taken)) return `${name}${number}`
  }
}

function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
