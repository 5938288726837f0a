export const HEAD = 'Host: madoguchi\r\nAuthorization: Bearer test-key\r\nConnection: close\r\n'

export const post = (fields: string, body: string) =>
  `POST /v1/seat-calculations HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n${fields}\r\n${body}`

/** What no client of HTTP sends, and the problem that it gets. */
export const REFUSED: Record<string, [bytes: string | Buffer, status: number, type: string]> = {
  'no HTTP at all': ['hello\r\n\r\n', 400, 'invalid-request'],
  'an unknown method': [`FOO /v1/customers HTTP/1.1\r\n${HEAD}\r\n`, 400, 'invalid-request'],
  TLS: [Buffer.from('160301020001000301aabb', 'hex'), 400, 'invalid-request'],
  'HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'invalid-request'],
  'a tunnel': [`CONNECT example.com:443 HTTP/1.1\r\n${HEAD}\r\n`, 400, 'invalid-request'],
  'no Host': [
    'GET /v1/customers HTTP/1.1\r\nAuthorization: Bearer test-key\r\nConnection: close\r\n\r\n',
    400,
    'invalid-request',
  ],
  'a space in the path': [`GET /v1/customers/a b HTTP/1.1\r\n${HEAD}\r\n`, 400, 'invalid-request'],
  'bytes above ASCII in the path': [
    Buffer.from(`GET /v1/customers/\xe9\xff HTTP/1.1\r\n${HEAD}\r\n`, 'latin1'),
    400,
    'invalid-request',
  ],
  'a control character in a header': [
    `GET /v1/customers HTTP/1.1\r\n${HEAD}X-A: a\u0000b\r\n\r\n`,
    400,
    'invalid-request',
  ],
  'a header of 20 kB': [
    `GET /v1/customers HTTP/1.1\r\n${HEAD}X-A: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
    'header-fields-too-large',
  ],
  'a hundred headers too many': [
    `GET /v1/customers HTTP/1.1\r\n${HEAD}${'a: 1\r\n'.repeat(100)}\r\n`,
    431,
    'header-fields-too-large',
  ],
  'thousands of headers': [
    `GET /v1/customers HTTP/1.1\r\n${HEAD}${'a: 1\r\n'.repeat(5000)}\r\n`,
    431,
    'header-fields-too-large',
  ],
  'a path of 20 kB': [`GET /v1/${'a'.repeat(20_000)} HTTP/1.1\r\n${HEAD}\r\n`, 431, 'header-fields-too-large'],
  'a path of 9 kB': [`GET /v1/customers/${'a'.repeat(9000)} HTTP/1.1\r\n${HEAD}\r\n`, 414, 'uri-too-long'],
  'a query of 9 kB': [`GET /v1/customers?cursor=${'a'.repeat(9000)} HTTP/1.1\r\n${HEAD}\r\n`, 414, 'uri-too-long'],
  'a path part of 8 kB': [`GET /v1/customers/${'a'.repeat(8000)} HTTP/1.1\r\n${HEAD}\r\n`, 400, 'invalid-request'],
  'a path of 4,000 parts': [`GET /v1${'/a'.repeat(4000)} HTTP/1.1\r\n${HEAD}\r\n`, 404, 'not-found'],
  'an unknown transfer coding': [post('Transfer-Encoding: foo\r\n', ''), 400, 'invalid-request'],
  'a length that is no number': [post('Content-Length: abc\r\n', ''), 400, 'invalid-request'],
  'two lengths': [post('Content-Length: 2\r\nContent-Length: 3\r\n', '{}'), 400, 'invalid-request'],
  'a length and a transfer coding': [
    post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    400,
    'invalid-request',
  ],
  'a chunk that is none': [post('Transfer-Encoding: chunked\r\n', 'ZZ\r\n'), 400, 'invalid-request'],
  'a length of two megabytes': [post('Content-Length: 2000000\r\n', '{'), 413, 'payload-too-large'],
  'two megabytes in chunks': [
    post('Transfer-Encoding: chunked\r\n', `8000\r\n${'x'.repeat(0x8000)}\r\n`.repeat(64) + '0\r\n\r\n'),
    413,
    'payload-too-large',
  ],
  'broken JSON in chunks': [post('Transfer-Encoding: chunked\r\n', '1\r\n{\r\n0\r\n\r\n'), 400, 'invalid-request'],
  ...Object.fromEntries(
    ['http://other', 'http://madoguchi:8080', 'https://user@madoguchi', 'HTTP://'].map(named => [
      `another host in the URL, ${named}`,
      [`GET ${named}/v1/apps HTTP/1.1\r\n${HEAD}\r\n`, 400, 'invalid-request'] as [string, number, string],
    ]),
  ),
  'two Hosts': [`GET /v1/apps HTTP/1.1\r\n${HEAD}Host: other\r\n\r\n`, 400, 'invalid-request'],
  'the same Host twice': [`GET /v1/apps HTTP/1.1\r\n${HEAD}host: madoguchi\r\n\r\n`, 400, 'invalid-request'],
  'two Authorizations': [`GET /v1/apps HTTP/1.1\r\n${HEAD}Authorization: Bearer other\r\n\r\n`, 400, 'invalid-request'],
  'two Content-Types': [post('Content-Type: text/plain\r\nContent-Length: 2\r\n', '{}'), 400, 'invalid-request'],
  'the same length twice': [post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'), 400, 'invalid-request'],
  'two Idempotency-Keys': [
    post('Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 2\r\n', '{}'),
    400,
    'invalid-request',
  ],
  'two Origins': [
    `GET /v1/apps HTTP/1.1\r\n${HEAD}Origin: https://a.example\r\nOrigin: https://b.example\r\n\r\n`,
    400,
    'invalid-request',
  ],
  'chunks on HTTP/1.0': [
    post('Transfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n').replace('HTTP/1.1', 'HTTP/1.0'),
    400,
    'invalid-request',
  ],
  'a coding before chunked': [post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'), 400, 'invalid-request'],
  'chunked twice': [
    post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
    400,
    'invalid-request',
  ],
  'HTTP/2.0 in words': [`GET /v1/apps HTTP/2.0\r\n${HEAD}\r\n`, 400, 'invalid-request'],
  'HTTP/1.2': [`GET /v1/apps HTTP/1.2\r\n${HEAD}\r\n`, 400, 'invalid-request'],
  'a folded field': [`GET /v1/apps HTTP/1.1\r\n${HEAD}X-A: a\r\n b\r\n\r\n`, 400, 'invalid-request'],
  'a space before a colon': [`GET /v1/apps HTTP/1.1\r\n${HEAD}X-A : a\r\n\r\n`, 400, 'invalid-request'],
  'lines without CR': [`GET /v1/apps HTTP/1.1\r\n${HEAD}\r\n`.replaceAll('\r', ''), 400, 'invalid-request'],
  ...Object.fromEntries(
    [
      '',
      'a b',
      'a,b',
      'user@madoguchi',
      'madoguchi/v1',
      'madoguchi:port',
      'madoguchi:1:2',
      '[::1',
      'http://a',
      '-',
    ].map(host => [
      `the Host "${host}"`,
      [`GET /v1/apps HTTP/1.1\r\n${HEAD}\r\n`.replace('Host: madoguchi', `Host: ${host}`), 400, 'invalid-request'] as [
        string,
        number,
        string,
      ],
    ]),
  ),
  TRACE: [`TRACE /v1/customers HTTP/1.1\r\n${HEAD}\r\n`, 405, 'method-not-allowed'],
}
