/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provider.mjs FOLDER ALGORITHM PERSON: an OpenID Connect issuer on a free port of loopback, which signs everybody in as PERSON without a
   word. FOLDER has oidc-provider in its node_modules. Writes its address on standard output when it is ready. */
import { generateKeyPairSync } from "node:crypto";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, algorithm, person] = process.argv.slice (2);
const { Provider } = await import (pathToFileURL (path.join (folder, "node_modules/oidc-provider/lib/index.js")));

function newKey (kind)
{
  const pair = kind === "RS256" ? generateKeyPairSync ("rsa", { modulusLength: 2048 })
                                : generateKeyPairSync ("ec", { namedCurve: "P-256" });

  return { ...pair.privateKey.export ({ format: "jwk" }), alg: kind, use: "sig", kid: kind };
}

const server = http.createServer ();
await new Promise (resolve => server.listen (0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address ().port}`;

const provider = new Provider (issuer, {
  clients: [{
    client_id: "likeness",
    application_type: "native",
    redirect_uris: ["http://127.0.0.1/signed-in"],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code"],
    response_types: ["code"],
    id_token_signed_response_alg: algorithm,
  }],
  jwks: { keys: [newKey ("RS256"), newKey ("ES256")] },
  cookies: { keys: ["for tests only"] },
  claims: { openid: ["sub", "employee_number"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, employee_number: `no-${id}` }) }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
});

/* Whoever is asked says yes. */
async function interact (request, response)
{
  const { prompt, params, session } = await provider.interactionDetails (request, response);

  if (prompt.name === "login")
    return provider.interactionFinished (request, response, { login: { accountId: person } });
  const grant = new provider.Grant ({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope (params.scope);
  return provider.interactionFinished (request, response, { consent: { grantId: await grant.save () } });
}

const callback = provider.callback ();
server.on ("request", (request, response) => {
  if (request.url.startsWith ("/interaction/"))
    interact (request, response).catch (error => { response.statusCode = 500; response.end (String (error)); });
  else
    callback (request, response);
});
console.log (issuer);
