import type { Static } from 'typebox'
import type { NamedTerms } from '#actions/api-clients/create-api-client.ts'
import type { ApiClientUpdate } from '#actions/api-clients/update-api-client.ts'
import { ALL_SCOPES, type Scope } from '#domain/api-clients/scopes.ts'
import { CLIENT_PRESETS, namesRequester } from '#http/auth/client-presets.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { momentOf } from '#http/request/moment-of.ts'
import type { ApiClientInput, ApiClientPatch } from '#http/schemas/api-clients/api-client-input.ts'
import { isIpRange } from '#ip-ranges.ts'

/** The terms of a client to be created. Its body has exactly one of `preset` and `scopes`. */
export function apiClientTermsOf({
  name,
  preset,
  scopes,
  ip_ranges,
  expires_at,
  names_requester,
}: Static<typeof ApiClientInput>): NamedTerms {
  return {
    name,
    scopes: inOrder(preset == null ? (scopes ?? []) : CLIENT_PRESETS[preset]),
    ip_ranges: ip_ranges == null ? null : rangesOf(ip_ranges),
    expires_at: endOf(expires_at ?? null),
    names_requester: names_requester ?? null,
    preset_names_requester: preset != null && namesRequester(preset),
  }
}

/** The changes of a patch: only the fields that it has. */
export function apiClientPatchOf({
  name,
  scopes,
  ip_ranges,
  expires_at,
  names_requester,
}: Static<typeof ApiClientPatch>): ApiClientUpdate['patch'] {
  return {
    ...(name !== undefined && { name }),
    ...(scopes !== undefined && { scopes: inOrder(scopes) }),
    ...(ip_ranges !== undefined && { ip_ranges: rangesOf(ip_ranges ?? []) }),
    ...(expires_at !== undefined && { expires_at: endOf(expires_at) }),
    ...(names_requester !== undefined && { names_requester }),
  }
}

/** Twice counts once, and the order says nothing. */
function inOrder(scopes: readonly Scope[]): Scope[] {
  return ALL_SCOPES.filter(scope => scopes.includes(scope))
}

function rangesOf(ranges: readonly string[]): string[] {
  const errors = ranges.flatMap((range, index) =>
    isIpRange(range)
      ? []
      : [{ in: 'body' as const, pointer: `#/ip_ranges/${index}`, code: 'invalid-ip-range' as const }],
  )
  if (errors.length > 0) throw invalidRequest(...errors)
  return [...new Set(ranges)]
}

function endOf(expires_at: string | null): string | null {
  return expires_at === null ? null : momentOf(expires_at, 'expires_at')
}
