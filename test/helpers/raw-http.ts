import { connect, type Socket } from 'node:net'

export type RawAnswer = { status: number; headers: Record<string, string>; body: any }

/** Opens a connection and sends nothing yet. What breaks it off is not an error of the test. */
export async function opened(port: number, localAddress?: string): Promise<Socket> {
  return await new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', ...(localAddress !== undefined && { localAddress }) }, () => {
      resolve(socket)
    })
    socket.on('error', () => {})
  })
}

/** Sends bytes as they are and reads what comes until the service closes the connection. */
export async function sendRaw(port: number, bytes: string | Buffer, localAddress?: string): Promise<RawAnswer> {
  const received: Buffer[] = []
  const socket = await opened(port, localAddress)
  await new Promise<void>(resolve => {
    socket
      .on('data', data => {
        received.push(data)
      })
      .on('close', () => {
        resolve()
      })
    socket.write(bytes) // a service that refuses may close before everything was sent
  })
  return parsed(Buffer.concat(received).toString())
}

function parsed(answer: string): RawAnswer {
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const headers = Object.fromEntries(
    fields.map(field => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
  )
  const text = rest.join('\r\n\r\n')
  const is_json = headers['content-type']?.includes('json') === true && text !== ''
  return { status: Number(line.split(' ')[1]), headers, body: is_json ? JSON.parse(text) : undefined }
}
