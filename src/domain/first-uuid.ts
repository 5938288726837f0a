/** The nil UUID (RFC 9562 §5.9), before every other: a list in the order of UUIDs starts after it. */
export const FIRST_UUID = '00000000-0000-0000-0000-000000000000'
