export type EventFilter = { types: readonly string[] | null; customer_id: string | null }

/** What decides whether a waiting client wants an event. */
export type EventHead = {
  event_id: number
  event: string
  customer_id: string | null
  former_customer_id: string | null
}

/** Whether an event fits a filter, as the statement of the feed decides it. */
export function isWanted(head: EventHead, { types, customer_id }: EventFilter): boolean {
  const isOfCustomer = customer_id === null || [head.customer_id, head.former_customer_id].includes(customer_id)
  return isOfCustomer && (types === null || types.includes(head.event))
}
