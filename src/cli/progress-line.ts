const WIDTH = 30

/** A line that shows how far something is. */
export type ProgressLine = { show: (share: number, words: string) => void; end: () => void }

/** A bar that is drawn over itself on a terminal; elsewhere nothing, so that no log fills with it. */
export function progressLine(output: NodeJS.WriteStream): ProgressLine {
  let shown = ''
  return {
    show: (share, words) => {
      if (!output.isTTY) return
      const filled = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH)
      const line = `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${words}`
      output.write(`\r${line.padEnd(shown.length)}`)
      shown = line
    },
    end: () => {
      if (shown !== '') output.write('\n')
      shown = ''
    },
  }
}
