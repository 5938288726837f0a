const decoder = new TextDecoder('shift_jis', { fatal: true })
const PAIRS = new Map<string, readonly number[]>()
for (let byte = 0; byte < 0x100; byte++) note([byte])
// What both NEC and IBM added, Windows writes with the bytes of IBM, which come last.
for (let lead = 0x81; lead <= 0xfc; lead++) for (let trail = 0x40; trail <= 0xfc; trail++) note([lead, trail])

/** A text in Shift_JIS as Windows writes it (CP932). Refuses letters that it does not have. */
export function shiftJis(text: string): Buffer {
  return Buffer.from(
    Array.from(text).flatMap(letter => {
      const bytes = PAIRS.get(letter)
      if (bytes === undefined) throw new Error(`Shift_JIS has no ${letter}`)
      return bytes
    }),
  )
}

/** Every letter that Shift_JIS has. */
export function lettersOfShiftJis(): string[] {
  return [...PAIRS.keys()]
}

function note(bytes: readonly number[]): void {
  try {
    const letter = decoder.decode(Buffer.from(bytes))
    if (Array.from(letter).length === 1) PAIRS.set(letter, bytes)
  } catch {
    // No letter has these bytes.
  }
}
