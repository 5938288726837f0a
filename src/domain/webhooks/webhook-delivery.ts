export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'cancelled'] as const

type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why an attempt failed without a status. */
export const DELIVERY_ERRORS = ['forbidden_address', 'unresolved', 'timeout', 'tls', 'connection'] as const

export type DeliveryError = (typeof DELIVERY_ERRORS)[number]

export type WebhookDelivery = {
  delivery_id: string
  endpoint_id: string
  event_id: number | null
  type: string
  state: DeliveryState
  attempts: number
  created_at: string
  last_attempt_at: string | null
  next_attempt_at: string | null
  status: number | null
  error: DeliveryError | null
  duration_ms: number | null
}

/** How an attempt went: the status of the answer, or why there was none. */
export type AttemptOutcome = { status: number | null; error: DeliveryError | null; duration_ms: number }

/** Whether the receiver took the message: it answered 2xx. */
export function hasArrived({ status }: Pick<AttemptOutcome, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300
}

/** The receiver says that it is gone for good (410). */
export function isGone({ status }: Pick<AttemptOutcome, 'status'>): boolean {
  return status === 410
}
