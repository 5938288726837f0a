import { Type } from 'typebox'
import { closedObject, component, omittable, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { appId, productId } from '#http/schemas/contracts/catalogue.ts'
import { SEAT_LINE_REASONS } from '#domain/vocabulary.ts'

export const connections = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'How many connections (接続) are in use. Only `data_link` counts them (R4).',
  examples: [0],
})

export const appIds = (options: object) =>
  Type.Array(appId, {
    description: 'The apps (アプリ) and options (オプション) in use. An app that is listed twice counts once (R9).',
    examples: [['attendance', 'attendance_gap_option', 'man_hours']],
    ...options,
  })

const SeatLine = component(
  'SeatLine',
  Type.Object(
    {
      reason: openList(SEAT_LINE_REASONS, { description: 'Why the line adds seats, or no seat.', examples: ['app'] }),
      app_id: Type.Optional(
        Type.String({
          description: 'The app or option of the line, if any.',
          examples: ['attendance'],
        }),
      ),
      connections: Type.Optional(
        Type.Integer({ description: 'The number of connections, if the line is about connections.', examples: [2] }),
      ),
      seats: Type.Integer({ description: 'How many seats the line adds.', examples: [1] }),
    },
    { description: 'One line of a seat calculation (R7).' },
  ),
)

export const Seats = component(
  'Seats',
  Type.Object(
    {
      limit: Type.Integer({
        description: 'How many contacts may be registered (登録可能人数): the sum of the lines.',
        examples: [6],
      }),
      used: Type.Integer({
        description:
          'How many contacts are registered. Each person takes a seat, also people who share a mailbox (R9).',
        examples: [2],
      }),
      available: Type.Integer({ description: 'How many more may be registered.', examples: [4] }),
      over: Type.Integer({
        description:
          'By how many the limit is exceeded. The contacts stay, but no new contact can be registered (R27).',
        examples: [0],
      }),
      lines: Type.Array(ref(SeatLine), { description: 'The explanation of the limit, line by line.' }),
    },
    { description: 'The seats (登録可能人数) of a contract: the limit, the number in use, and the explanation (R7).' },
  ),
)

export const SeatCalculation = component(
  'SeatCalculation',
  Type.Object(
    {
      product_id: productId,
      app_ids: appIds({}),
      connections,
      seats: ref(Seats),
    },
    { description: 'The seats that a planned contract would have. It uses no seat yet.' },
  ),
)

export const SeatCalculationInput = component(
  'SeatCalculationInput',
  closedObject(
    {
      product_id: productId,
      app_ids: omittable(appIds({ maxItems: 200 })),
      connections: omittable(connections),
    },
    {
      description: 'A planned contract. Without `app_ids` it has no apps, without `connections` no connections.',
    },
  ),
)

const manage = { product_id: 'manage', app_ids: ['attendance', 'attendance_gap_option', 'man_hours'], connections: 0 }
export const seatCalculationExamples = {
  input: {
    manage: { summary: '勤怠・入退差異オプション・工数 on manage: 2 extra seats, 6 in all', value: manage },
    data_link: {
      summary: 'データ連携 for manage with two connections: 4 seats',
      value: { product_id: 'data_link', connections: 2 },
    },
  },
  answer: {
    manage: {
      summary: '勤怠・入退差異オプション・工数 on manage',
      value: {
        ...manage,
        seats: {
          limit: 6,
          used: 0,
          available: 6,
          over: 0,
          lines: [
            { reason: 'base', seats: 4 },
            { reason: 'app', app_id: 'attendance', seats: 1 },
            { reason: 'option', app_id: 'attendance_gap_option', seats: 0 },
            { reason: 'app', app_id: 'man_hours', seats: 1 },
          ],
        },
      },
    },
    data_link: {
      summary: 'データ連携 for manage with two connections',
      value: {
        product_id: 'data_link',
        app_ids: [],
        connections: 2,
        seats: {
          limit: 4,
          used: 0,
          available: 4,
          over: 0,
          lines: [
            { reason: 'base', seats: 2 },
            { reason: 'connections', connections: 2, seats: 2 },
          ],
        },
      },
    },
  },
}

/** The named schemas of this file. */
export const seatsComponents: readonly NamedSchema[] = [SeatLine, Seats, SeatCalculation, SeatCalculationInput]
