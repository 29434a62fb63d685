// An issuer of OpenID Connect for tests: oidc-provider with one client. Whoever types a name is that subject.
//
// In come a port (0 for any), the address that browsers come back to, and how tokens are signed; out comes a line with the issuer's address. Its keys are made
// anew each time that it starts.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [port, redirect, alg] = process.argv.slice(2);
const { privateKey } = alg === 'ES256'
  ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  : generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig' };

const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'mihenk',
      client_secret: 'a secret: of tests & nothing else',
      redirect_uris: [redirect],
      id_token_signed_response_alg: alg,
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    cookies: { keys: ['a key for cookies of tests'] },
    jwks: { keys: [jwk] },
    pkce: { required: () => true },
  });
  server.on('request', provider.callback());
  console.log(`issuer ${issuer}`);
});
