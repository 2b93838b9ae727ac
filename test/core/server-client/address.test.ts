import { describe, expect, it } from 'vitest';
import { isLoopback, serverAddresses } from '../../../src-main/core/server-client/index.ts';

describe('an address as people type it', () => {
  it.each([
    ['courier.example', ['https://courier.example']],
    ['  courier.example/ ', ['https://courier.example']],
    ['https://courier.example', ['https://courier.example']],
    ['HTTPS://Courier.Example:8443/', ['https://courier.example:8443']],
    ['http://courier.example', ['http://courier.example']],
    ['courier.example:8080', ['https://courier.example:8080']],
    [
      'https://courier.example/desk/stet/',
      ['https://courier.example/desk/stet', 'https://courier.example'],
    ],
    ['https://courier.example/v1/health', ['https://courier.example']],
    [
      'https://courier.example/stet/v1/health?x=1#top',
      ['https://courier.example/stet', 'https://courier.example'],
    ],
    ['https://courier.example/-/invitation#secret', ['https://courier.example']],
    ['localhost:4873', ['http://localhost:4873']],
    ['127.0.0.1:4873', ['http://127.0.0.1:4873']],
    ['[::1]:4873', ['http://[::1]:4873']],
    ['newsroom.localhost', ['http://newsroom.localhost']],
    ['', []],
    ['two words', []],
    ['ftp://courier.example', []],
    ['file:///etc/passwd', []],
    ['javascript://alert', []],
    ['https://user:secret@courier.example', []],
    ['https://', []],
  ])('"%s" gives %j', (typed, expected) => {
    expect(serverAddresses(typed)).toEqual(expected);
  });

  it('takes only this computer for loopback', () => {
    expect(isLoopback('http://127.0.0.1:80')).toBe(true);
    expect(isLoopback('http://localhost.example')).toBe(false);
    expect(isLoopback('http://127.0.0.1.example')).toBe(false);
  });
});
