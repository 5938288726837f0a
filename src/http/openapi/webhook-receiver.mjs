// Receives webhooks, and needs no package: `SECRETS=whsec_… HOST=127.0.0.1 PORT=8080 node webhook-receiver.mjs`
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const secrets = process.env.SECRETS.split(' ') // two while a secret is rotated
const seen = new Set() // keep these in your database

const server = createServer((request, response) => {
  receive(request, response).catch(() => response.destroy()) // the sender went away, and will send it again
})
const { HOST, PORT } = process.env
server.listen(PORT, HOST, () => process.stdout.write(`listening on port ${server.address().port}\n`))

async function receive(request, response) {
  const body = Buffer.concat(await Array.fromAsync(request)) // the bytes as they came
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = request.headers
  const age = Math.abs(Date.now() / 1000 - Number(time))
  const expected = secrets.map(secret => signatureOf(secret, `${id}.${time}.`, body))
  const isGenuine = signatures.split(' ').some(given => expected.some(one => isSame(one, given)))
  const isTaken = isGenuine && age < 300
  response.writeHead(isTaken ? 204 : 401).end() // answer first, work afterwards
  if (!isTaken || seen.has(id)) return
  seen.add(id)
  const { type, data } = JSON.parse(body)
  process.stdout.write(`${type} ${data.subject_id ?? 'a test'}\n`) // now read GET /v1/events from your cursor
}

function signatureOf(secret, head, body) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(head).update(body).digest('base64')}`
}

function isSame(expected, given) {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
