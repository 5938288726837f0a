import { Type } from 'typebox'
import {
  closedObject,
  comparedWithPath,
  component,
  oneOfList,
  passedOver,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { LATER_FIELDS, masterId, moment, pageSchema } from '#http/schemas/common.ts'
import { APP_KINDS } from '#domain/vocabulary.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const productId = masterId("The product's id in the catalogue.", 'manage_ac_smart')
export const appId = masterId('The id of an app or an option in the catalogue.', 'attendance')

const name = (description: string, example: string) =>
  Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: PATTERNS.trimmed,
    description: `${description} 1–100 characters, stored as sent, without spaces at the beginning or end.`,
    examples: [example],
  })
const base_seats = Type.Integer({
  minimum: 0,
  maximum: 1000,
  description: 'Base seats ① (基本): how many contacts every contract of the product may register.',
  examples: [4],
})
const counts_apps = Type.Boolean({ description: 'Whether each app in use adds a seat (R1–R3).', examples: [true] })
const counts_connections = Type.Boolean({
  description: 'Whether each connection in use adds a seat (R4).',
  examples: [false],
})
const updated_at = moment('When one of its own fields last changed.', '2026-01-01T00:00:00.000Z')
const bundledAppIds = (maxItems?: number) =>
  Type.Array(appId, {
    ...(maxItems !== undefined && { maxItems }),
    description:
      'The apps that are part of the product and add a seat each (R2, R3), in display order. An option among ' +
      'them adds no seat.',
    examples: [['expenses', 'receivables_payables', 'journal_entry']],
  })

const productName = name('The name of the product.', 'ManageACスマート')
export const Product = component(
  'Product',
  Type.Object(
    {
      product_id: productId,
      name: productName,
      base_seats,
      bundled_app_ids: bundledAppIds(),
      counts_apps,
      counts_connections,
      updated_at,
    },
    { description: 'A product (製品) of the catalogue: what a contract is about, and how its seats are counted.' },
  ),
)

export const ProductInput = component(
  'ProductInput',
  closedObject(
    {
      name: productName,
      base_seats,
      bundled_app_ids: bundledAppIds(200),
      counts_apps,
      counts_connections,
      product_id: comparedWithPath(productId),
    },
    {
      description: `A product for the catalogue. Every field is required. ${LATER_FIELDS}`,
    },
    passedOver(Product, 'updated_at'),
  ),
)

const appName = name('The name of the app or option.', '勤怠')
export const App = component(
  'App',
  Type.Object(
    {
      app_id: appId,
      name: appName,
      kind: oneOfList(APP_KINDS, {
        description: 'Whether it can add a seat: an `option` never does (R1).',
        examples: ['app'],
      }),
      updated_at,
    },
    { description: 'An app (アプリ) or option (オプション) of the catalogue.' },
  ),
)

export const AppInput = component(
  'AppInput',
  closedObject(
    {
      name: appName,
      kind: oneOfList(APP_KINDS, {
        description: 'Whether it can add a seat: an `option` never does (R1).',
        examples: ['app'],
      }),
      app_id: comparedWithPath(appId),
    },
    {
      description: `An app or option for the catalogue. Every field is required. ${LATER_FIELDS}`,
    },
    passedOver(App, 'updated_at'),
  ),
)

export const ProductPage = pageSchema('ProductPage', Product, 'A page of products, in the order of their ids.')
export const AppPage = pageSchema('AppPage', App, 'A page of apps and options, in the order of their ids.')

const smart = {
  name: 'ManageACスマート',
  base_seats: 4,
  bundled_app_ids: ['expenses', 'receivables_payables', 'journal_entry'],
  counts_apps: true,
  counts_connections: false,
}
const UPDATED = { updated_at: '2026-01-01T00:00:00.000Z' }
export const productExamples = {
  input: { smart: { summary: 'ManageACスマート, as the catalogue has it', value: smart } },
  answer: { smart: { summary: 'ManageACスマート', value: { product_id: 'manage_ac_smart', ...smart, ...UPDATED } } },
  page: {
    first: {
      summary: 'The first of several pages',
      value: {
        items: [
          {
            product_id: 'data_link',
            name: 'データ連携 for manage',
            base_seats: 2,
            bundled_app_ids: [],
            counts_apps: false,
            counts_connections: true,
            ...UPDATED,
          },
        ],
        next_cursor: 'WyJbXCIvdjEvcHJvZHVjdHNcIixbXV0iLCJkYXRhX2xpbmsiXQ',
      },
    },
  },
}

export const appExamples = {
  input: {
    app: { summary: 'An app', value: { name: '勤怠', kind: 'app' } },
    option: { summary: 'An option', value: { name: '入退差異オプション', kind: 'option' } },
  },
  answer: {
    app: { summary: 'An app', value: { app_id: 'attendance', name: '勤怠', kind: 'app', ...UPDATED } },
    option: {
      summary: 'An option',
      value: { app_id: 'attendance_gap_option', name: '入退差異オプション', kind: 'option', ...UPDATED },
    },
  },
  page: {
    all: {
      summary: 'The only page',
      value: {
        items: [
          { app_id: 'attendance', name: '勤怠', kind: 'app', ...UPDATED },
          { app_id: 'attendance_gap_option', name: '入退差異オプション', kind: 'option', ...UPDATED },
        ],
        next_cursor: null,
      },
    },
  },
}

/** The named schemas of this file. */
export const catalogueComponents: readonly NamedSchema[] = [Product, ProductInput, App, AppInput, ProductPage, AppPage]
