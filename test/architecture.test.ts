import { join, relative } from 'node:path'
import t from 'tap'
import { src, files, importsOf } from './source-files.ts'

// Who may import whom. A layer is a folder of src, or a file at its root; packages have layers too.
const LAYERS: Record<string, { layers: string[]; packages: string[] }> = {
  domain: { layers: [], packages: [] },
  db: { layers: ['domain'], packages: ['kysely', 'pg', 'rate-limiter-flexible'] },
  imports: { layers: ['domain'], packages: ['csv-parse'] },
  'clock.ts': { layers: [], packages: [] },
  'new-id.ts': { layers: [], packages: ['uuid'] },
  'ip-ranges.ts': { layers: [], packages: ['ipaddr.js'] },
  actions: {
    layers: ['db', 'domain', 'clock.ts', 'ip-ranges.ts', 'webhooks'],
    packages: ['email-providers'],
  },
  webhooks: { layers: ['domain', 'ip-ranges.ts'], packages: [] },
  jobs: { layers: ['actions', 'db', 'domain'], packages: ['pg-boss'] },
  http: {
    layers: ['actions', 'config', 'db', 'domain', 'imports', 'ip-ranges.ts', 'new-id.ts', 'webhooks'],
    packages: [
      'fastify',
      '@fastify/ajv-compiler',
      '@fastify/cors',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      '@fastify/type-provider-typebox',
      '@fastify/under-pressure',
      'ajv',
      'csv-stringify',
      'find-my-way',
      'helmet',
      'ipaddr.js',
      'jose',
      'marked',
      'rate-limiter-flexible',
      'secure-json-parse',
      'typebox',
      'uuid',
    ],
  },
  config: { layers: ['domain', 'ip-ranges.ts', 'webhooks'], packages: ['env-schema', 'typebox'] },
  'api-routes.ts': { layers: ['actions', 'http'], packages: [] },
  'app.ts': {
    layers: ['api-routes.ts', 'actions', 'config', 'http', 'webhooks'],
    packages: ['fastify', '@fastify/accepts', '@fastify/type-provider-typebox'],
  },
  demo: { layers: ['actions', 'app.ts', 'clock.ts', 'config', 'domain', 'http'], packages: ['fastify', 'uuid'] },
  start: {
    layers: ['actions', 'app.ts', 'clock.ts', 'config', 'db', 'demo', 'http', 'jobs', 'new-id.ts', 'webhooks'],
    packages: ['@madoguchi/embedded-postgres', 'pino'],
  },
  'main.ts': { layers: ['config', 'start'], packages: ['close-with-grace'] },
  cli: {
    layers: ['actions', 'app.ts', 'clock.ts', 'config', 'db', 'domain', 'http', 'start'],
    packages: ['pino'],
  },
}

// Layers that are divided into rooms: folders by area, in http by trade. The files outside of rooms are what all share.
const DIVIDED = ['domain', 'db', 'actions', 'actions/support', 'http']

// Rooms that import of their own layer only themselves and these files.
const CLOSED_ROOMS: Record<string, string[]> = {
  'db/driver': ['db/tables.ts'],
  'actions/support': [],
  'domain/names': ['domain/person-name.ts'],
}

// The only builtins that rules may use: they compute, and touch nothing.
const PURE_BUILTINS = ['node:crypto', 'node:url', 'node:zlib']
// Files of the rules that use a further builtin, and which. The word lists are text files next to their loader, which
// reads them when the program starts: they are part of the code as a constant would be.
const FURTHER_BUILTINS: Record<string, string[]> = { 'domain/names/lists.ts': ['node:fs'] }

t.test('every import goes the way that the table of layers allows', async t => {
  for (const file of files) {
    const layer = file.split('/')[0] ?? ''
    const allowed = LAYERS[layer]
    t.ok(allowed, `${file} belongs to a layer of the table`)
    const forbidden = importsOf(file).filter(specifier => !isAllowed(file, layer, allowed!, specifier))
    t.same(forbidden, [], `${file} imports nothing else`)
  }
})

t.test('the table of layers allows nothing that no file needs', async t => {
  for (const [layer, { layers, packages }] of Object.entries(LAYERS)) {
    const imports = files.filter(file => file.split('/')[0] === layer).flatMap(importsOf)
    for (const other of layers)
      t.ok(
        imports.some(specifier => specifier === `#${other}` || specifier.startsWith(`#${other}/`)),
        `${layer} imports ${other}`,
      )
    for (const name of packages)
      t.ok(
        imports.some(specifier => specifier === name || specifier.startsWith(`${name}/`)),
        `${layer} imports ${name}`,
      )
  }
})

t.test('a closed room imports of its own layer only what the table allows', async t => {
  for (const [room, allowed] of Object.entries(CLOSED_ROOMS)) {
    const inRoom = files.filter(file => file.startsWith(`${room}/`))
    t.ok(inRoom.length > 5, room)
    const layer = `#${room.split('/')[0]}/`
    for (const file of inRoom)
      t.same(
        importsOf(file).filter(
          specifier =>
            specifier.startsWith(layer) && !specifier.startsWith(`#${room}/`) && !allowed.includes(specifier.slice(1)),
        ),
        [],
        file,
      )
  }
})

t.test('the rooms of a layer import each other one way, without a circle', async t => {
  for (const layer of DIVIDED) {
    const rooms = new Map([...Map.groupBy(files, file => roomOf(layer, file))].filter(([room]) => room !== undefined))
    const left = new Map(
      [...rooms].map(([room, inRoom]) => {
        const imported = inRoom.flatMap(importsOf).map(specifier => roomOf(layer, specifier.slice(1)))
        return [room, new Set(imported.filter(other => other !== undefined && other !== room))]
      }),
    )
    t.ok(left.size > 5, layer)
    t.same(inCircles(left), [], `rooms of ${layer} in circles`)
  }
})

t.test('no files import each other in a circle, types included', async t => {
  const imported = files.map(file => {
    const others = importsOf(file).map(specifier => specifier.slice(1))
    return [file, new Set(others.filter(other => files.includes(other)))] as const
  })
  t.same(inCircles(new Map(imported)), [])
})

/** What imports itself by way of others: what imports nothing that is left, or is imported by nothing that is, goes. */
function inCircles(imports: ReadonlyMap<string | undefined, ReadonlySet<string | undefined>>): unknown[] {
  const left = new Map(imports)
  for (let before = -1; before !== left.size;) {
    before = left.size
    const needed = new Set([...left.values()].flatMap(others => [...others]))
    for (const [one, others] of left)
      if (!needed.has(one) || ![...others].some(other => left.has(other))) left.delete(one)
  }
  return [...left.keys()]
}

/** The folder of a layer that a file is in; undefined if the file is in none, or in another layer. */
function roomOf(layer: string, file: string): string | undefined {
  return file.startsWith(`${layer}/`) ? file.slice(layer.length + 1).match(/^([^/]+)\//)?.[1] : undefined
}

t.test('no layer becomes one crowded room', async t => {
  for (const layer of DIVIDED) {
    const loose = files.filter(file => file.startsWith(`${layer}/`) && !file.slice(layer.length + 1).includes('/'))
    t.ok(loose.length <= 30, `${layer} has ${loose.length} files outside of rooms`)
  }
})

t.test('source files import each other by their layer, not by relative paths', async t => {
  for (const file of files)
    t.same(
      importsOf(file).filter(specifier => specifier.startsWith('.')),
      [],
      file,
    )
})

t.test('every layer of the table exists', async t => {
  const layers = new Set(files.map(file => file.split('/')[0]))
  t.same(
    Object.keys(LAYERS).filter(layer => !layers.has(layer)),
    [],
  )
})

function isAllowed(
  file: string,
  layer: string,
  allowed: { layers: string[]; packages: string[] },
  specifier: string,
): boolean {
  if (specifier.startsWith('node:'))
    return layer !== 'domain' || [...PURE_BUILTINS, ...(FURTHER_BUILTINS[file] ?? [])].includes(specifier)
  if (specifier.startsWith('#') || specifier.startsWith('.')) {
    const target = specifier.startsWith('#') ? specifier.slice(1) : relative(src, join(src, file, '..', specifier))
    const targetLayer = target.split('/')[0] ?? ''
    return targetLayer === layer || allowed.layers.includes(targetLayer)
  }
  return allowed.packages.some(name => specifier === name || specifier.startsWith(`${name}/`))
}
