import type { Document } from '#http/openapi/completed-document.ts'

type Named = Record<string, unknown>
type Place = { holder: Named; key: string; name: string }
type Component = 'parameters' | 'examples' | 'responses'

/**
 * Moves each parameter, example and response that the document has more than once to `components`, and refers to it
 * there. Its component is named after it, with a number where several have that name.
 */
export function shareParts(document: Document): void {
  const components = document.components as Record<Component, Named>
  const operations = Object.values(document.paths).flatMap(operations => Object.values(operations))
  const responses = [
    ...Object.values(components.responses),
    ...operations.flatMap(({ responses }) => Object.values(responses)),
  ]
  share(
    components,
    'parameters',
    // The page at /docs takes the examples out of the other operations' own parameters.
    operations
      .filter(operation => operation['x-no-prefill'] !== true)
      .flatMap(({ parameters }) => parametersOf(parameters as unknown as Named)),
  )
  share(components, 'examples', [...operations.map(({ requestBody }) => requestBody), ...responses].flatMap(examplesOf))
  share(
    components,
    'responses',
    operations.flatMap(({ responses }) => responsesOf(responses)),
  )
}

function parametersOf(holder: Named = {}): Place[] {
  return Object.entries(holder).map(([key, parameter]) => ({
    holder,
    key,
    name: (parameter as { name?: string }).name ?? '',
  }))
}

function examplesOf(part: unknown): Place[] {
  const { content = {} } = (part ?? {}) as { content?: Record<string, { examples?: Named }> }
  return Object.values(content).flatMap(({ examples: holder = {} }) =>
    Object.keys(holder).map(key => ({ holder, key, name: key })),
  )
}

function responsesOf(holder: Named): Place[] {
  return Object.entries(holder).map(([key, response]) => {
    const { content = {} } = response as { content?: Record<string, { examples?: object }> }
    const problems = Object.keys(content['application/problem+json']?.examples ?? {})
    return { holder, key, name: ['answer', key, ...problems].slice(0, 3).join('-') }
  })
}

function share(components: Record<Component, Named>, kind: Component, places: Place[]): void {
  const shared = (components[kind] ??= {})
  const byText = Map.groupBy(
    places.filter(({ holder, key }) => !('$ref' in (holder[key] as object))),
    ({ holder, key }) => JSON.stringify(holder[key]),
  )
  for (const [, [first, ...others]] of byText) {
    if (first === undefined || others.length === 0) continue
    const name = freeName(shared, pascalCase(first.name))
    shared[name] = first.holder[first.key]
    for (const { holder, key } of [first, ...others]) holder[key] = { $ref: `#/components/${kind}/${name}` }
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
