import type { Refusal } from '#domain/refusal.ts'

/**
 * A refusal of a description whose place in the request is another: pointers below `former` point below `#`. Other
 * pointers stay.
 */
export function placedAtRoot(refusal: Refusal, former: string): Refusal {
  return relocated(refusal, former) as Refusal
}

function relocated(value: unknown, former: string): unknown {
  if (Array.isArray(value)) return value.map(item => relocated(item, former))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => {
      if (field === 'pointer') return [field, atRoot(String(part), former)]
      if (field === 'pointers') return [field, (part as readonly string[]).map(pointer => atRoot(pointer, former))]
      return [field, relocated(part, former)]
    }),
  )
}

function atRoot(pointer: string, former: string): string {
  return pointer === former || pointer.startsWith(`${former}/`) ? `#${pointer.slice(former.length)}` : pointer
}
