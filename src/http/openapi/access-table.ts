import type { FastifyInstance } from 'fastify'
import { CLIENT_PRESET_NAMES, CLIENT_PRESETS, type ClientPreset } from '#http/auth/client-presets.ts'
import { ALL_SCOPES, SCOPES, type Scope } from '#domain/api-clients/scopes.ts'

type DocumentedAccess = { operationId: string; security: { api_key?: [Scope] }[]; 'x-optional-scopes'?: Scope[] }
type GuardedAccess = DocumentedAccess & { scope: Scope }

/** Which preset may call which operation, as a page of Markdown made from the published document. */
export function accessPage(app: FastifyInstance): string {
  const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, DocumentedAccess>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, call: `${method.toUpperCase()} ${path}` })),
  )
  const guarded = operations.flatMap(operation =>
    operation.security.flatMap(({ api_key = [] }) => api_key.map(scope => ({ ...operation, scope }))),
  )
  return `# Who may do what

\`npm run access:write\` makes this page from the published document. It shows which preset of API clients may call
which operation. ✓: may call it. (✓): may call it, and gets a shorter answer than with the optional scope. A client with
its own list of scopes may call what these scopes allow. A person with an access token may call what the token's scopes
allow. The root credential may call everything. The page leaves out operations that need no credential.

${table(
  ['operation', 'scope', ...CLIENT_PRESET_NAMES],
  guarded.map(operation => [
    `\`${operation.call}\``,
    scopesOf(operation),
    ...CLIENT_PRESET_NAMES.map(preset => access(preset, operation)),
  ]),
)}

## The scopes

${table(
  ['scope', 'allows', ...CLIENT_PRESET_NAMES],
  ALL_SCOPES.map(scope => [
    `\`${scope}\``,
    SCOPES[scope],
    ...CLIENT_PRESET_NAMES.map(preset => (hasScope(preset, scope) ? '✓' : '')),
  ]),
)}
`
}

function access(preset: ClientPreset, operation: GuardedAccess): string {
  if (!hasScope(preset, operation.scope)) return ''
  return (operation['x-optional-scopes'] ?? []).every(scope => hasScope(preset, scope)) ? '✓' : '(✓)'
}

function hasScope(preset: ClientPreset, scope: Scope): boolean {
  return (CLIENT_PRESETS[preset] as readonly Scope[]).includes(scope)
}

function scopesOf(operation: GuardedAccess): string {
  return [
    `\`${operation.scope}\``,
    ...(operation['x-optional-scopes'] ?? []).map(scope => `optional \`${scope}\``),
  ].join(', ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}
