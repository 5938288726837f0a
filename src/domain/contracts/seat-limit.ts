import type { AppKind, SeatLineReason } from '#domain/vocabulary.ts'

export type SeatProduct = {
  base_seats: number
  bundled_app_ids: readonly string[]
  counts_apps: boolean
  counts_connections: boolean
}

/** The kind of every app that the product bundles or the contract uses, by app id. */
export type AppKinds = ReadonlyMap<string, AppKind>

export type SeatUse = { app_ids: readonly string[]; connections: number }

type SeatLine = { reason: SeatLineReason; seats: number; app_id?: string; connections?: number }

export type SeatCalculation = { limit: number; lines: SeatLine[] }

export type SeatCount = { limit: number; used: number; available: number; over: number }

export type Seats = SeatCount & { lines: SeatLine[] }

/**
 * The seats of a contract, line by line (R1–R7): base seats, each bundled app, each further app in use, each
 * thing that adds none and why, and connections where the product counts them. Lines come in that order, apps
 * in the order given; an app named twice counts once (R9). The limit is the sum of the lines.
 *
 * Every app must be in `kinds`: whether the catalogue knows it is settled before (R9), so an unknown one throws.
 */
export function calculateSeats(product: SeatProduct, use: SeatUse, kinds: AppKinds): SeatCalculation {
  const bundled = new Set(product.bundled_app_ids)
  const lines: SeatLine[] = [
    { reason: 'base', seats: product.base_seats },
    ...[...bundled].map(app_id => bundledLine(app_id, kindOf(app_id, kinds))),
    ...[...new Set(use.app_ids)].map(app_id => appLine(product, app_id, kindOf(app_id, kinds), bundled)),
    ...connectionLines(product, use.connections),
  ]
  return { limit: lines.reduce((sum, line) => sum + line.seats, 0), lines }
}

/** The seats that are free, or the number by which the limit is exceeded (R7, R27). */
export function seatCount(limit: number, used: number): SeatCount {
  return { limit, used, available: Math.max(limit - used, 0), over: Math.max(used - limit, 0) }
}

/** The seat count of a calculated limit, with the lines that explain the limit (R7). */
export function seatsOf({ limit, lines }: SeatCalculation, used: number): Seats {
  return { ...seatCount(limit, used), lines }
}

function bundledLine(app_id: string, kind: AppKind): SeatLine {
  return kind === 'option' ? { reason: 'option', app_id, seats: 0 } : { reason: 'bundled_app', app_id, seats: 1 }
}

function appLine(product: SeatProduct, app_id: string, kind: AppKind, bundled: ReadonlySet<string>): SeatLine {
  if (bundled.has(app_id)) return { reason: 'already_bundled', app_id, seats: 0 }
  if (kind === 'option') return { reason: 'option', app_id, seats: 0 }
  if (!product.counts_apps) return { reason: 'app_not_counted', app_id, seats: 0 }
  return { reason: 'app', app_id, seats: 1 }
}

function connectionLines(product: SeatProduct, connections: number): SeatLine[] {
  if (connections === 0) return []
  if (!product.counts_connections) return [{ reason: 'connections_not_counted', connections, seats: 0 }]
  return [{ reason: 'connections', connections, seats: connections }]
}

function kindOf(app_id: string, kinds: AppKinds): AppKind {
  const kind = kinds.get(app_id)
  if (kind === undefined) throw new Error(`app ${app_id} is not in the catalogue facts`)
  return kind
}
