import { expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { payloadOf, UnreadableBodyError } from './request-payload.js';
import { HeaderReader } from './schemes/header-reader.js';

function read(type: string | undefined, body: string | Buffer, payloadField?: string): unknown {
  return payloadOf({ headers: new HeaderReader(type === undefined ? {} : { 'content-type': type }), body: Buffer.from(body) }, payloadField).payload;
}

it.each([
  ['application/json', '{"a":1}', { a: 1 }],
  ['application/json; charset=utf-8', ' [1, "ü日本"] ', [1, 'ü日本']],
  ['Application/CloudEvents+JSON', '"text"', 'text'],
  [undefined, '{"a":1}', { a: 1 }],
  ['text/plain', '{"a":1}', { a: 1 }],
  ['text/plain', '{not json', '{not json'],
  ['text/plain; charset=utf-8', 'Grüße\n', 'Grüße\n'],
  ['application/x-www-form-urlencoded', 'a=1&b=x+y&a=%C3%BC', { a: ['1', 'ü'], b: 'x y' }],
  ['application/x-www-form-urlencoded', '{"a":1}', { a: 1 }],
  ['application/x-www-form-urlencoded', '__proto__=1&constructor=2', Object.fromEntries([['__proto__', '1'], ['constructor', '2']])],
  ['application/xml', '<a/>', '<a/>'],
  ['application/json', '', null],
  [undefined, '', null],
])('A body of type %s, %s, is read as it is meant', (type, body, payload) => {
  expect(read(type, body)).toEqual(payload);
});

test('The JSON that a provider puts into a field of a form is the payload', () => {
  expect(read('application/x-www-form-urlencoded', 'payload=%7B%22a%22%3A1%7D', 'payload')).toEqual({ a: 1 });
  expect(read('application/x-www-form-urlencoded', 'token=x', 'payload')).toEqual({ token: 'x' });
});

test('A body that is not what it is said to be is refused with why', () => {
  expect(() => read('application/json', '{"a":')).toThrow(UnreadableBodyError);
  expect(() => read('application/json', '{"a":')).toThrow('The body is not valid JSON: ');
  expect(() => read('application/json', Buffer.from([0x22, 0xff, 0x22]))).toThrow('The body is not UTF-8.');
  expect(() => read('application/x-www-form-urlencoded', 'payload=x', 'payload')).toThrow('The body is not valid JSON: ');
});

test('What the body itself says as JSON is told from what was made of it', () => {
  const headers = (type: string) => new HeaderReader({ 'content-type': type });
  const said = (type: string, body: string) => payloadOf({ headers: headers(type), body: Buffer.from(body) }, 'payload').bodyIsPayload;
  expect([said('application/json', '1'), said('text/plain', '{"a":1}')]).toEqual([true, true]);
  expect([read('application/json', '\ufeff1'), said('application/json', '\ufeff1')]).toEqual([1, false]);
  expect([said('text/plain', '1'), said('application/x-www-form-urlencoded', 'payload=1'), said('application/json', '')]).toEqual([false, false, false]);
});

test('Any JSON value comes out as it went in, and no body brings anything but a value or a refusal', () => {
  fc.assert(fc.property(fc.json(), (text) => expect(read('application/json', text)).toEqual(JSON.parse(text))));
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom(undefined, 'text/plain', 'application/json', 'application/x-www-form-urlencoded'), (bytes, type) => {
      try {
        read(type, Buffer.from(bytes), 'payload');
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableBodyError);
      }
    }),
  );
});
