import type { Figures } from './figures.ts'
import type { Comparison, Results } from './results.ts'

const WIDTH = 760
const LEFT = 250
const ROW = 22

/** What each target did, as bars of one chart: answers a second, at each size of the registry. */
export function chartOf({ sizes, peers, taken_at, machine, rounds }: Results): string {
  const rows = [
    ...Object.entries(sizes).flatMap(([size, comparison]) =>
      rowsOf(`${Number(size).toLocaleString('en')} contacts`, comparison),
    ),
    ...(peers === undefined ? [] : rowsOf(`${peers.contacts.toLocaleString('en')} contacts, beside peers`, peers)),
  ]
  const greatest = Math.max(...rows.flatMap(row => ('greatest' in row ? [row.greatest] : [])))
  const x = (value: number): number => LEFT + (value / greatest) * (WIDTH - LEFT - 90)
  const drawn = rows.map((row, index) => {
    const y = 56 + index * ROW
    if ('heading' in row) return `<text x="12" y="${y + 14}" font-weight="600">${row.heading}</text>`
    const { name, median, least, greatest } = row
    const isOurs = !/Fastify|Kysely|pgbench|Directus|Prisma/.test(name)
    return `<text x="${LEFT - 8}" y="${y + 14}" text-anchor="end">${name}</text>
<rect x="${LEFT}" y="${y + 3}" width="${(x(median) - LEFT).toFixed(1)}" height="14"
  fill="${isOurs ? '#1f6feb' : '#8c959f'}"/>
<path d="M${x(least).toFixed(1)} ${y + 10}H${x(greatest).toFixed(1)}" stroke="#24292f"/>
<text x="${(x(greatest) + 6).toFixed(1)}" y="${y + 14}">${Math.round(median).toLocaleString('en')}</text>`
  })
  const height = 56 + rows.length * ROW + 16
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}"
  font-family="system-ui, sans-serif" font-size="12" fill="#24292f" role="img" aria-label="Answers a second">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="12" y="22" font-size="15" font-weight="600">
  Answers a second: Madoguchi (blue) and what it is measured by
</text>
<text x="12" y="40" fill="#57606a">
  Medians of ${rounds} alternating rounds, with the least and the greatest; ${taken_at.slice(0, 10)},
  ${machine.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}
</text>
${drawn.join('\n')}
</svg>
`
}

type Row = { heading: string } | ({ name: string } & Figures)

function rowsOf(heading: string, { targets }: Comparison): Row[] {
  return [
    { heading },
    ...Object.entries(targets).flatMap(([name, { per_second }]) =>
      per_second === undefined ? [] : [{ name, ...per_second }],
    ),
  ]
}
